import { Index } from '@/sandbox/store/table-index'

export type Row = { id: string }

/** Where the JSON of a row lies in the journal, in bytes. */
export type Place = { offset: number; length: number }

/** Fetches a row that is not in memory, and hears of rows that are, so that it may let the oldest of them go. */
export type Shelf = {
  fetch(place: Place): unknown
  awake(sleeper: Sleeper): void
}

/** What rows have in indexed fields, null included; undefined asks for nothing. */
export type Match<T> = { readonly [Field in keyof T]?: T[Field] | undefined }

/** Where the row lies that has been replaced or deleted, and how to bring it back. */
export type Replaced = { place: Place | undefined; undo: () => void }

/** What a shelf may do with a row: forget it, as long as it lies somewhere. */
export type Sleeper = { readonly place: Place | undefined; sleep(): void }

class Entry<T extends Row> implements Sleeper {
  place: Place | undefined

  constructor(
    readonly id: string,
    readonly position: number,
    /** Values of the indexed fields, in their order. */
    readonly keys: readonly unknown[],
    public row: T | undefined,
  ) {}

  sleep(): void {
    this.row = undefined
  }
}

/**
 * Rows of one kind in the order of their creation, with lookups by id and by the indexed fields. Rows are values:
 * a change puts a new row in the old one's place, nobody edits a row that came out of a table. What is not looked
 * at may be asleep: only its id, its place in the journal and its indexed fields are in memory then.
 */
export class Table<T extends Row> {
  readonly #entries = new Map<string, Entry<T>>()
  readonly #order: (Entry<T> | undefined)[] = []
  /** In the order of `indexed`. Each is made when it is first asked: most tables of a start never are. */
  readonly #indexes: (Index<Entry<T>> | undefined)[] = []

  constructor(
    readonly indexed: readonly (keyof T)[] = [],
    private readonly shelf?: Shelf,
  ) {}

  get size(): number {
    return this.#entries.size
  }

  has(id: string): boolean {
    return this.#entries.has(id)
  }

  get(id: string): T | undefined {
    const entry = this.#entries.get(id)
    return entry && this.#rowOf(entry)
  }

  put(row: T): Replaced {
    const before = this.#place(row.id, this.keysOf(row), row, undefined)
    return {
      place: before?.place,
      undo: () => {
        this.delete(row.id)
        if (before) this.#enter(before)
      },
    }
  }

  /**
   * Puts a row that lies at `place`, without reading it, and answers where the one lies that it replaces.
   * @param keys values of the indexed fields, in their order
   */
  putAsleep(id: string, keys: readonly unknown[], place: Place): Place | undefined {
    return this.#place(id, keys, undefined, place)?.place
  }

  /** Taken back, the row has the position it had. Answers undefined when there is none. */
  delete(id: string): Replaced | undefined {
    const entry = this.#entries.get(id)
    if (!entry) return undefined
    this.#entries.delete(id)
    this.#order[entry.position] = undefined
    this.#unindex(entry)
    return { place: entry.place, undo: () => this.#enter(entry) }
  }

  clear(): void {
    this.#entries.clear()
    this.#order.length = 0
    this.#indexes.length = 0
  }

  keysOf(row: T): unknown[] {
    return this.indexed.map((field) => row[field])
  }

  /** The row has been written, or moved, to `place`. */
  settle(id: string, place: Place): void {
    const entry = this.#entries.get(id)
    if (!entry) return
    entry.place = place
    if (entry.row) this.shelf?.awake(entry)
  }

  /** Oldest first, without reading a row: what a copy of the table is made from. */
  *places(): Generator<{ id: string; keys: readonly unknown[]; place: Place | undefined }> {
    for (const entry of this.#order) if (entry) yield entry
  }

  /** The journal has been rewritten: every row lies somewhere else. */
  relocate(translate: (place: Place) => Place): void {
    for (const entry of this.#order) if (entry?.place) entry.place = translate(entry.place)
  }

  /** Whether the one was created before the other; neither of a row that is not there. */
  isOlder(id: string, other: string): boolean {
    const [one, two] = [this.#entries.get(id), this.#entries.get(other)]
    return one !== undefined && two !== undefined && one.position < two.position
  }

  newest(): T | undefined {
    for (const row of this.downFrom()) return row
    return undefined
  }

  /** Oldest first. */
  *all(): Generator<T> {
    for (const entry of this.#order) if (entry) yield this.#rowOf(entry)
  }

  /** Newest first, beginning below `after` when it is given. Rows that do not match are not read. */
  *downFrom(after?: string, match: Match<T> = {}): Generator<T> {
    const start = after === undefined ? this.#order.length : (this.#entries.get(after)?.position ?? 0)
    const { entries, fits } = this.#matching(match)
    // Nothing lies before the place that its position has: places of what is left out are fewer.
    for (let at = Math.min(start, entries.length) - 1; at >= 0; at--) {
      const entry = entries[at]
      if (entry && entry.position < start && fits(entry)) yield this.#rowOf(entry)
    }
  }

  /** Oldest first, beginning above `before` when it is given. Rows that do not match are not read. */
  *upFrom(before?: string, match: Match<T> = {}): Generator<T> {
    const start = before === undefined ? -1 : (this.#entries.get(before)?.position ?? this.#order.length)
    const { entries, fits } = this.#matching(match)
    for (let at = entries === this.#order ? start + 1 : 0; at < entries.length; at++) {
      const entry = entries[at]
      if (entry && entry.position > start && fits(entry)) yield this.#rowOf(entry)
    }
  }

  /** Rows that match, oldest first. */
  where(match: Match<T>): T[] {
    return [...this.upFrom(undefined, match)]
  }

  /** Rows whose indexed `field` is `value`, oldest first. */
  by<Field extends keyof T>(field: Field, value: NonNullable<T[Field]>): T[] {
    return [...this.#indexOn(field).get(value)]
      .sort((a, b) => a.position - b.position)
      .map((entry) => this.#rowOf(entry))
  }

  /** How many there are of them; no row is read for it. */
  count<Field extends keyof T>(field: Field, value: NonNullable<T[Field]>): number {
    return this.#indexOn(field).count(value)
  }

  #indexOn(field: keyof T): Index<Entry<T>> {
    const at = this.indexed.indexOf(field)
    if (at < 0) throw new Error(`No index on ${String(field)}`)
    const known = this.#indexes[at]
    if (known) return known
    const index = new Index<Entry<T>>()
    for (const entry of this.#order) if (entry) index.add(entry.keys[at], entry)
    this.#indexes[at] = index
    return index
  }

  /** Entries in order of position, from which those that match are to be taken. */
  #matching(match: Match<T>): {
    entries: readonly (Entry<T> | undefined)[]
    fits: (entry: Entry<T>) => boolean
  } {
    const wanted = this.indexed.flatMap((field, at) =>
      match[field] === undefined ? [] : [{ field, at, value: match[field] }],
    )
    const fits = ({ keys }: Entry<T>) => wanted.every(({ at, value }) => keys[at] === value)
    let few: Iterable<Entry<T>> | undefined
    // Of what is not rare, a walk through all finds a page sooner than a sort of those that match.
    let fewest = this.#order.length / 16
    for (const { field, value } of wanted) {
      if (value === null || this.count(field, value) >= fewest) continue
      fewest = this.count(field, value)
      few = this.#indexOn(field).get(value)
    }
    return {
      entries: few ? [...few].filter(fits).sort((a, b) => a.position - b.position) : this.#order,
      fits,
    }
  }

  #rowOf(entry: Entry<T>): T {
    if (entry.row) return entry.row
    if (!entry.place || !this.shelf) throw new Error(`The row ${entry.id} is neither in memory nor on disk`)
    entry.row = this.shelf.fetch(entry.place) as T
    this.shelf.awake(entry)
    return entry.row
  }

  /** Answers what it replaces. */
  #place(
    id: string,
    keys: readonly unknown[],
    row: T | undefined,
    place: Place | undefined,
  ): Entry<T> | undefined {
    const before = this.#entries.get(id)
    const entry = new Entry(id, before?.position ?? this.#order.length, keys, row)
    entry.place = place
    if (before) this.#unindex(before)
    this.#enter(entry)
    return before
  }

  #enter(entry: Entry<T>): void {
    this.#entries.set(entry.id, entry)
    this.#order[entry.position] = entry
    for (const [at, index] of this.#indexes.entries()) index?.add(entry.keys[at], entry)
  }

  #unindex(entry: Entry<T>): void {
    for (const [at, index] of this.#indexes.entries()) index?.remove(entry.keys[at], entry)
  }
}
