import { readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { Journal } from '@/sandbox/store/journal'
import { type LiveRow, writeCopy } from '@/sandbox/store/journal-copy'
import { eachPlace, type HeadChange, type RowChange } from '@/sandbox/store/journal-format'
import { scanJournal } from '@/sandbox/store/journal-scan'
import { createShelf } from '@/sandbox/store/shelf'
import type { Replaced, Shelf, Table } from '@/sandbox/store/table'
import { createTables, type TableName, type Tables, tableNames } from '@/sandbox/store/tables'

/** A row belongs to the table beside it; `put` and `drop` are the only makers of changes. */
export type Change = { put: TableName; row: Tables[TableName] } | { drop: TableName; id: string }

/** Bytes below which a journal is not worth rewriting, however much of it has been overwritten. */
const worthRewriting = 8 * 1024 * 1024

type AnyTable = Table<Tables[TableName]>

/**
 * Everything the sandbox knows: tables in memory, and a journal on disk when it has a directory.
 * `transact` runs synchronously, so transactions follow one another and never see each other half done.
 */
export class Store {
  readonly #tables
  #journal: Journal | undefined
  #changes: Change[] = []
  #undo: (() => void)[] = []
  /** Bytes of the journal that rows take which have been overwritten or dropped since. */
  #garbage = 0
  #rewriting: Promise<void> | undefined
  #watcher: (name: TableName, id: string) => void = () => undefined

  private constructor(shelf: Shelf | undefined) {
    this.#tables = createTables(shelf)
  }

  /**
   * @param directory where the journal lies; undefined keeps everything in memory only
   * @param awake how many rows may be in memory at a time when there is a journal to read the others from
   */
  static async open(directory: string | undefined, awake = 20_000): Promise<{ store: Store; torn: boolean }> {
    if (directory === undefined) return { store: new Store(undefined), torn: false }
    const shelf = createShelf(() => store.#openJournal(), awake)
    const store: Store = new Store(shelf)
    const { journal, torn } = await Journal.open(directory, (changes, rowsAt) =>
      store.#replay(changes, rowsAt),
    )
    store.#journal = journal
    return { store, torn }
  }

  table<Name extends TableName>(name: Name): Table<Tables[Name]> {
    return this.#tables[name]
  }

  get<Name extends TableName>(name: Name, id: string): Tables[Name] | undefined {
    return this.#tables[name].get(id)
  }

  /** Tells of every row that is about to be written or dropped, while it still is what it was. */
  watch(watcher: (name: TableName, id: string) => void): void {
    this.#watcher = watcher
  }

  put<Name extends TableName>(name: Name, row: Tables[Name]): void {
    this.#watcher(name, row.id)
    this.#discard(this.#tables[name].put(row))
    this.#changes.push({ put: name, row })
  }

  drop(name: TableName, id: string): void {
    this.#watcher(name, id)
    const dropped = this.#tables[name].delete(id)
    if (!dropped) return
    this.#discard(dropped)
    this.#changes.push({ drop: name, id })
  }

  /** Runs `work` within a transaction and takes back what it wrote: what would come of something. */
  rehearse<T>(work: () => T): { value: T; changes: Change[] } {
    const [changes, undo] = [this.#changes, this.#undo]
    this.#changes = []
    this.#undo = []
    try {
      const value = work()
      return { value, changes: this.#changes }
    } finally {
      this.rollback()
      this.#changes = changes
      this.#undo = undo
    }
  }

  /** Forgets everything since the transaction, or the rehearsal in it, began. */
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
      const changes = lastPuts(this.#changes)
      if (this.#journal && changes.length > 0) this.#write(this.#journal, changes)
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
    if (!this.#journal) return
    await this.#journal.durable()
    if (this.#journal.size > worthRewriting && 2 * this.#garbage > this.#journal.size) void this.compact()
  }

  /**
   * Rewrites the journal as what is still true, while everything goes on. It happens by itself when more than half of
   * the journal has been overwritten. A failure leaves the old file in place and is tried again later.
   */
  async compact(): Promise<void> {
    if (!this.#journal) return
    this.#rewriting ??= this.#rewrite()
      .catch((error) => console.error('The journal could not be rewritten:', error))
      .finally(() => {
        this.#rewriting = undefined
      })
    await this.#rewriting
  }

  /** Writes everything as it is now to a file of its own. */
  async copyTo(path: string): Promise<void> {
    await this.#rewriting
    const rows = [...this.#liveRows()]
    const file = await open(path, 'w', 0o600)
    try {
      await writeCopy(file, rows, (place) => this.#openJournal().read(place))
    } finally {
      await file.close()
    }
  }

  /**
   * Exchanges everything for what `copyTo` wrote. Nobody may use the store meanwhile.
   * @throws Error for any other file; everything then stays as it was
   */
  async restoreFrom(path: string): Promise<void> {
    await this.#rewriting
    const file = await open(path, 'r')
    try {
      const { end, size } = scanJournal(file.fd, path, () => undefined)
      if (end === 0 || end < size) throw new Error(`${path} is not whole.`)
      await this.#journal?.replaceBy(path)
      for (const name of tableNames) this.#any(name).clear()
      this.#garbage = 0
      scanJournal(file.fd, path, (changes, rowsAt) => {
        if (this.#journal) this.#replay(changes, rowsAt)
        else this.#takeIn(file.fd, changes, rowsAt)
      })
    } finally {
      await file.close()
    }
  }

  async close(): Promise<void> {
    await this.#rewriting
    await this.#journal?.close()
  }

  #openJournal(): Journal {
    if (!this.#journal) throw new Error('The journal is still being read')
    return this.#journal
  }

  #write(journal: Journal, changes: readonly Change[]): void {
    const rows = changes.map((change): RowChange => {
      if ('drop' in change) return change
      const { put, row } = change
      return { put, id: row.id, keys: this.#any(put).keysOf(row), row: JSON.stringify(row) }
    })
    const places = journal.append(rows)
    for (const [index, change] of rows.entries()) {
      const place = places[index]
      if (place && 'put' in change) this.#any(change.put).settle(change.id, place)
    }
  }

  #replay(changes: readonly HeadChange[], rowsAt: number): void {
    eachPlace(
      changes,
      rowsAt,
      ({ put, id, keys }, place) => {
        this.#garbage += this.#any(put).putAsleep(id, keys, place)?.length ?? 0
      },
      ({ drop, id }) => {
        this.#garbage += this.#any(drop).delete(id)?.place?.length ?? 0
      },
    )
  }

  /** Puts the rows of a copy into memory. */
  #takeIn(descriptor: number, changes: readonly HeadChange[], rowsAt: number): void {
    eachPlace(
      changes,
      rowsAt,
      ({ put }, { offset, length }) => {
        const bytes = Buffer.allocUnsafe(length)
        readSync(descriptor, bytes, 0, length, offset)
        this.#any(put).put(JSON.parse(bytes.toString()))
      },
      ({ drop, id }) => this.#any(drop).delete(id),
    )
  }

  async #rewrite(): Promise<void> {
    const journal = this.#openJournal()
    const rows = [...this.#liveRows()]
    this.#garbage = 0
    await journal.rewrite(rows, (translate) => {
      for (const name of tableNames) this.#any(name).relocate(translate)
    })
  }

  *#liveRows(): Generator<LiveRow> {
    for (const put of tableNames) {
      const table = this.#any(put)
      for (const { id, keys, place } of table.places()) {
        const isWritten = place !== undefined && this.#journal?.holds(place)
        const unwritten = isWritten ? undefined : JSON.stringify(table.get(id))
        yield { put, id, keys: [...keys], place, unwritten }
      }
    }
  }

  /** The bytes of a row that is being overwritten are of no use any more, unless that is taken back. */
  #discard({ place, undo }: Replaced): void {
    const bytes = place?.length ?? 0
    this.#garbage += bytes
    this.#undo.push(() => {
      undo()
      this.#garbage -= bytes
    })
  }

  #any(name: TableName): AnyTable {
    return this.#tables[name] as AnyTable
  }
}

/** Of several puts of one row only the last is worth writing, in the place of the first. */
function lastPuts(changes: readonly Change[]): Change[] {
  const kept: Change[] = []
  const positions = new Map<string, number>()
  for (const change of changes) {
    const key = 'put' in change ? `${change.put} ${change.row.id}` : `${change.drop} ${change.id}`
    const position = positions.get(key)
    if ('put' in change && position !== undefined) kept[position] = change
    else kept.push(change)
    if ('drop' in change) positions.delete(key)
    else positions.set(key, position ?? kept.length - 1)
  }
  return kept
}
