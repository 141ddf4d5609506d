import { Journal, readJournal } from '@/sandbox/store/journal'
import type { Table } from '@/sandbox/store/table'
import { createTables, type TableName, type Tables, tableNames } from '@/sandbox/store/tables'

/** A row belongs to the table beside it; `put` and `drop` are the only makers of changes. */
export type Change = { put: TableName; row: Tables[TableName] } | { drop: TableName; id: string }

/** What one request did, written to the journal in one piece: all of it survives a crash, or nothing. */
type JournalRecord = { changes: Change[] }

/**
 * Everything the sandbox knows: tables in memory, and a journal on disk when it has a directory.
 * `transact` runs synchronously, so transactions follow one another and never see each other half done.
 */
export class Store {
  readonly #tables = createTables()
  #journal: Journal | undefined
  #changes: Change[] = []
  #undo: (() => void)[] = []

  private constructor() {}

  /** @param directory where the journal lies; undefined keeps everything in memory only. */
  static async open(directory: string | undefined): Promise<{ store: Store; torn: boolean }> {
    const store = new Store()
    if (directory === undefined) return { store, torn: false }
    const { records, torn } = readJournal(directory)
    for (const record of records as JournalRecord[])
      for (const change of record.changes) store.#replay(change)
    store.#journal = await Journal.compact(directory, store.#snapshot())
    return { store, torn }
  }

  table<Name extends TableName>(name: Name): Table<Tables[Name]> {
    return this.#tables[name]
  }

  get<Name extends TableName>(name: Name, id: string): Tables[Name] | undefined {
    return this.#tables[name].get(id)
  }

  put<Name extends TableName>(name: Name, row: Tables[Name]): void {
    const before = this.#tables[name].get(row.id)
    this.#undo.push(() => {
      if (before) this.#tables[name].put(before)
      else this.#tables[name].delete(row.id)
    })
    this.#tables[name].put(row)
    this.#changes.push({ put: name, row })
  }

  drop(name: TableName, id: string): void {
    if (!this.#tables[name].get(id)) return
    this.#undo.push(this.#tables[name].delete(id))
    this.#changes.push({ drop: name, id })
  }

  /** Forgets everything since the transaction began. */
  rollback(): void {
    for (const undo of this.#undo.reverse()) undo()
    this.#changes = []
    this.#undo = []
  }

  /**
   * Runs `work` and appends what it changed to the journal as one record.
   * Answers the changes too: what they announce may go out once `durable()` has resolved.
   */
  transact<T>(work: () => T): { value: T; changes: Change[] } {
    try {
      const value = work()
      const changes = this.#changes
      if (changes.length > 0) this.#journal?.append({ changes } satisfies JournalRecord)
      return { value, changes }
    } catch (error) {
      this.rollback()
      throw error
    } finally {
      this.#changes = []
      this.#undo = []
    }
  }

  async durable(): Promise<void> {
    await this.#journal?.durable()
  }

  async close(): Promise<void> {
    await this.#journal?.close()
  }

  #replay(change: Change): void {
    if ('drop' in change) this.#tables[change.drop].delete(change.id)
    else (this.#tables[change.put] as Table<Tables[TableName]>).put(change.row)
  }

  *#snapshot(): Generator<JournalRecord> {
    for (const name of tableNames) {
      for (const row of this.#tables[name].all()) yield { changes: [{ put: name, row }] }
    }
  }
}
