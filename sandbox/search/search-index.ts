import { docOf, isSearchable, type Searchable, searchables } from '@/sandbox/search/docs'
import type { Doc } from '@/sandbox/search/match'
import { settingsOf } from '@/sandbox/settings'
import type { Change, Store } from '@/sandbox/store/store'
import { Table } from '@/sandbox/store/table'
import type { Tables } from '@/sandbox/store/tables'

/** A change that search may not know of yet. `doc` null takes the object out. */
type Update = { at: number; table: Searchable; id: string; doc: Doc | null }

/**
 * What search knows of the store: of each object only what can be asked for, in memory, and as late as the switch
 * `search_lag_seconds` wants it. A table is read when it is searched for the first time and kept up from then on.
 */
export class SearchIndex {
  readonly #docs = new Map<Searchable, Table<Doc>>()
  #waiting: Update[] = []

  constructor(private readonly store: Store) {}

  /** To be called before each transaction: what is to be seen late has to be known before it changes. */
  prepare(): void {
    if (this.#lag() > 0) for (const table of searchables) this.#read(table)
  }

  /** To be told of every transaction's changes. @param at on the world's clock */
  note(changes: readonly Change[], at: number): void {
    for (const change of changes) {
      const table = 'put' in change ? change.put : change.drop
      if (!isSearchable(table) || !this.#docs.has(table)) continue
      const [id, row] = 'put' in change ? [change.row.id, change.row] : [change.id, null]
      this.#waiting.push({ at, table, id, doc: row && docOf(table, row as Tables[Searchable]) })
    }
    this.#settle(at)
  }

  /** The objects of a table as search knows them at `now`. */
  at(table: Searchable, now: number): Table<Doc> {
    const docs = this.#read(table)
    this.#settle(now)
    return docs
  }

  /** To be told when the store's content was exchanged. */
  rebuild(): void {
    this.#docs.clear()
    this.#waiting = []
  }

  #read<Name extends Searchable>(name: Name): Table<Doc> {
    const known = this.#docs.get(name)
    if (known) return known
    const docs = new Table<Doc>()
    for (const row of this.store.table(name).all()) {
      const doc = docOf(name, row)
      if (doc) docs.put(doc)
    }
    this.#docs.set(name, docs)
    return docs
  }

  #settle(now: number): void {
    const seen = now - this.#lag()
    const later = this.#waiting.findIndex(({ at }) => at > seen)
    for (const { table, id, doc } of this.#waiting.splice(0, later < 0 ? this.#waiting.length : later)) {
      if (doc) this.#docs.get(table)?.put(doc)
      else this.#docs.get(table)?.delete(id)
    }
  }

  #lag(): number {
    return settingsOf(this.store).sandbox.search_lag_seconds
  }
}
