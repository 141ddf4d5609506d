import { setImmediate as nextTurn } from 'node:timers/promises'
import { docOf, isSearchable, type Searchable, searchables } from '@/sandbox/search/docs'
import type { Doc } from '@/sandbox/search/match'
import { settingsOf } from '@/sandbox/settings'
import type { Change, Store } from '@/sandbox/store/store'
import { Table } from '@/sandbox/store/table'
import type { TableName, Tables } from '@/sandbox/store/tables'

/** A change that search may not know of yet. `doc` null takes the object out. */
type Update = { at: number; id: string; doc: Doc | null }

type Kind = {
  name: Searchable
  docs: Table<Doc>
  /** Rows that have yet to be read, oldest first; undefined once all have been. */
  rest: Iterator<Tables[Searchable]> | undefined
  /** What rows were that changed before they had been read. */
  before: Map<string, Doc | null>
  /** Changes since the reading began, as far as they are not among the docs. */
  waiting: Update[]
  reading: Promise<void>
}

/** Rows that are read in one piece: a few milliseconds of everybody's time, when they lie on disk. */
const rowsInATurn = 100

/**
 * What search knows of the store: of each object only what can be asked for, in memory, and as late as the switch
 * `search_lag_seconds` wants it. A table is read when it is searched for the first time, in turns with whatever else
 * is to be done, and kept up from then on. Its rows are taken as they were when the reading began; what changes
 * meanwhile follows like any later change.
 */
export class SearchIndex {
  readonly #kinds = new Map<Searchable, Kind>()

  constructor(private readonly store: Store) {
    store.watch((table, id) => this.#remember(table, id))
  }

  /** To be called before each transaction: what is to be seen late has to be known before it changes. */
  prepare(): void {
    if (this.#lag() > 0) for (const table of searchables) this.#kindOf(table)
  }

  /** To be told of every transaction's changes. @param at on the world's clock */
  note(changes: readonly Change[], at: number): void {
    for (const change of changes) {
      const table = 'put' in change ? change.put : change.drop
      const kind = isSearchable(table) ? this.#kinds.get(table) : undefined
      if (!kind) continue
      const [id, row] = 'put' in change ? [change.row.id, change.row] : [change.id, null]
      kind.waiting.push({ at, id, doc: row && docOf(kind.name, row as Tables[Searchable]) })
    }
    for (const kind of this.#kinds.values()) this.#settle(kind, at)
  }

  /** Resolves when a table has been read, or the reading was given up. */
  ready(table: Searchable): Promise<void> {
    return this.#kindOf(table).reading
  }

  /** The objects of a table as search knows them at `now`. What is not `ready` is read at once. */
  at(table: Searchable, now: number): Table<Doc> {
    const kind = this.#kindOf(table)
    this.#read(kind, Number.POSITIVE_INFINITY)
    this.#settle(kind, now)
    return kind.docs
  }

  /** To be told when the store's content is exchanged, or closed. */
  forget(): void {
    this.#kinds.clear()
  }

  #kindOf(name: Searchable): Kind {
    const known = this.#kinds.get(name)
    if (known) return known
    const kind: Kind = {
      name,
      docs: new Table<Doc>(),
      rest: this.store.table(name).all(),
      before: new Map(),
      waiting: [],
      reading: Promise.resolve(),
    }
    this.#kinds.set(name, kind)
    kind.reading = this.#readInTurns(kind).catch((error) => {
      console.error(`Not all ${name} could be read for search:`, error)
    })
    return kind
  }

  async #readInTurns(kind: Kind): Promise<void> {
    do await nextTurn()
    while (this.#kinds.get(kind.name) === kind && !this.#read(kind, rowsInATurn))
  }

  /** Reads on. Answers whether everything has been read. */
  #read(kind: Kind, most: number): boolean {
    for (let count = 0; kind.rest; count++) {
      if (count === most) return false
      const { done, value: row } = this.#next(kind, kind.rest)
      if (done) {
        kind.rest = undefined
        kind.before.clear()
      } else {
        const doc = kind.before.get(row.id) ?? (kind.before.has(row.id) ? null : docOf(kind.name, row))
        if (doc) kind.docs.put(doc)
      }
    }
    return true
  }

  /** A reading that breaks off is begun anew by whoever searches next. */
  #next(kind: Kind, rest: Iterator<Tables[Searchable]>): IteratorResult<Tables[Searchable]> {
    try {
      return rest.next()
    } catch (error) {
      this.#kinds.delete(kind.name)
      throw error
    }
  }

  /** A row that is about to change and has not been read is taken as it is. */
  #remember(table: TableName, id: string): void {
    const kind = isSearchable(table) ? this.#kinds.get(table) : undefined
    if (!kind?.rest || kind.docs.has(id) || kind.before.has(id)) return
    const row = this.store.get(kind.name, id)
    kind.before.set(id, row ? docOf(kind.name, row) : null)
  }

  #settle({ docs, rest, waiting }: Kind, now: number): void {
    if (rest) return
    const seen = now - this.#lag()
    const later = waiting.findIndex(({ at }) => at > seen)
    for (const { id, doc } of waiting.splice(0, later < 0 ? waiting.length : later)) {
      if (doc) docs.put(doc)
      else docs.delete(id)
    }
  }

  #lag(): number {
    return settingsOf(this.store).sandbox.search_lag_seconds
  }
}
