type Row = { id: string }

/**
 * Rows of one kind in the order of their creation, with lookups by id and by the indexed fields. Rows are values:
 * a change puts a new row in the old one's place, nobody edits a row that came out of a table.
 */
export class Table<T extends Row> {
  readonly #rows = new Map<string, T>()
  readonly #order: (string | undefined)[] = []
  readonly #position = new Map<string, number>()
  readonly #indexes = new Map<keyof T, Map<unknown, Set<string>>>()

  constructor(indexed: readonly (keyof T)[] = []) {
    for (const field of indexed) this.#indexes.set(field, new Map())
  }

  get size(): number {
    return this.#rows.size
  }

  get(id: string): T | undefined {
    return this.#rows.get(id)
  }

  put(row: T): void {
    this.#place(row, this.#position.get(row.id) ?? this.#order.length)
  }

  /** Answers how to bring the row back to the place it had. */
  delete(id: string): () => void {
    const row = this.#rows.get(id)
    const position = this.#position.get(id)
    if (!row || position === undefined) return () => undefined
    this.#rows.delete(id)
    this.#position.delete(id)
    this.#order[position] = undefined
    for (const [field, sets] of this.#indexes) sets.get(row[field])?.delete(id)
    return () => this.#place(row, position)
  }

  newest(): T | undefined {
    for (const row of this.downFrom()) return row
    return undefined
  }

  /** Oldest first. */
  *all(): Generator<T> {
    for (let at = 0; at < this.#order.length; at++) {
      const row = this.#at(at)
      if (row) yield row
    }
  }

  /** Newest first, beginning below `after` when it is given. */
  *downFrom(after?: string): Generator<T> {
    const start = after === undefined ? this.#order.length : (this.#position.get(after) ?? 0)
    for (let at = start - 1; at >= 0; at--) {
      const row = this.#at(at)
      if (row) yield row
    }
  }

  /** Oldest first, beginning above `before`. */
  *upFrom(before: string): Generator<T> {
    const start = this.#position.get(before) ?? this.#order.length
    for (let at = start + 1; at < this.#order.length; at++) {
      const row = this.#at(at)
      if (row) yield row
    }
  }

  /** Rows whose indexed `field` is `value`, oldest first. */
  by<Field extends keyof T>(field: Field, value: T[Field]): T[] {
    const place = ({ id }: T) => this.#position.get(id) ?? 0
    return [...this.having(field, value)].sort((a, b) => place(a) - place(b))
  }

  /** The same rows in no order, for those who look at many and take few. */
  *having<Field extends keyof T>(field: Field, value: T[Field]): Generator<T> {
    const sets = this.#indexes.get(field)
    if (!sets) throw new Error(`No index on ${String(field)}`)
    for (const id of sets.get(value) ?? []) {
      const row = this.#rows.get(id)
      if (row) yield row
    }
  }

  #place(row: T, position: number): void {
    const before = this.#rows.get(row.id)
    this.#order[position] = row.id
    this.#position.set(row.id, position)
    this.#rows.set(row.id, row)
    for (const [field, sets] of this.#indexes) {
      if (before) sets.get(before[field])?.delete(row.id)
      const set = sets.get(row[field])
      if (set) set.add(row.id)
      else sets.set(row[field], new Set([row.id]))
    }
  }

  #at(at: number): T | undefined {
    const id = this.#order[at]
    return id === undefined ? undefined : this.#rows.get(id)
  }
}
