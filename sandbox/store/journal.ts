import { existsSync, mkdirSync, readSync, renameSync } from 'node:fs'
import { copyFile, type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type LiveRow, writeCopy } from '@/sandbox/store/journal-copy'
import { encodeRecord, type HeadChange, heading, type RowChange } from '@/sandbox/store/journal-format'
import { scanJournal } from '@/sandbox/store/journal-scan'
import type { Place } from '@/sandbox/store/table'
import { writeAll } from '@/sandbox/store/write-all'

/**
 * An append-only file with one record per transaction. `append` returns at once; `durable` resolves when everything
 * appended so far has reached the disk. Records that arrive while a flush runs share the next one.
 */
export class Journal {
  #file: FileHandle
  #waiting: Buffer[] = []
  #flushing: Promise<void> | undefined
  #failure: unknown
  /** Bytes on disk, and bytes including those that wait. */
  #flushed: number
  #size: number

  private constructor(
    private readonly path: string,
    file: FileHandle,
    size: number,
  ) {
    this.#file = file
    this.#flushed = size
    this.#size = size
  }

  /**
   * Opens `directory/journal.jsonl`, or begins it, and shows each record to `visit`. A last record that was not written
   * to its end (the machine died while appending) is cut off and reported as `torn`; its request was never answered.
   * @throws Error when the file is damaged anywhere else, or is none of ours
   */
  static async open(
    directory: string,
    visit: (changes: readonly HeadChange[], rowsAt: number) => void,
  ): Promise<{ journal: Journal; torn: boolean }> {
    mkdirSync(directory, { recursive: true })
    const path = join(directory, 'journal.jsonl')
    const isNew = !existsSync(path)
    const file = await open(path, isNew ? 'wx+' : 'r+', 0o600)
    try {
      const { end, size } = scanJournal(file.fd, path, visit)
      if (end < size) await file.truncate(end)
      if (end === 0) await file.write(heading, 0)
      await file.sync()
      if (isNew) await syncDirectory(directory)
      return { journal: new Journal(path, file, Math.max(end, heading.length)), torn: end < size }
    } catch (error) {
      await file.close()
      throw error
    }
  }

  /** Bytes that the file has or will have. */
  get size(): number {
    return this.#size
  }

  /** Answers the place that each change's row will have. */
  append(changes: readonly RowChange[]): (Place | undefined)[] {
    const { head, body, places } = encodeRecord(changes, this.#size)
    this.#waiting.push(head, body)
    this.#size += head.length + body.length
    return places
  }

  /** Whether `read` may be asked for it. */
  holds({ offset, length }: Place): boolean {
    return offset + length <= this.#flushed
  }

  read({ offset, length }: Place): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    const got = readSync(this.#file.fd, bytes, 0, length, offset)
    if (got !== length) throw new Error(`${this.path} is shorter than it was.`)
    return bytes
  }

  async durable(): Promise<void> {
    while (this.#waiting.length > 0 || this.#flushing) {
      this.#flushing ??= this.#flush()
      await this.#flushing
    }
    if (this.#failure) throw this.#failure
  }

  async close(): Promise<void> {
    await this.durable()
    await this.#file.close()
  }

  /**
   * Replaces the file by one that begins with `rows` and goes on with what has been appended since the call. Appending
   * goes on meanwhile. The old file stays in place until the new one is on disk.
   * @param moved called at the moment of the change, when old places stop being valid, with a way to translate them
   */
  async rewrite(
    rows: readonly LiveRow[],
    moved: (translate: (place: Place) => Place) => void,
  ): Promise<void> {
    const tailFrom = this.#size
    const next = await open(`${this.path}.next`, 'w+', 0o600)
    try {
      const { size, relocated } = await writeCopy(next, rows, (place) => this.read(place))
      while (this.#flushed < tailFrom) await this.durable()
      const release = await this.#holdFlushes()
      try {
        const tail = this.read({ offset: tailFrom, length: this.#flushed - tailFrom })
        await writeAll(next, tail, size)
        await next.datasync()
        const old = await this.#become(next)
        const shift = size - tailFrom
        this.#flushed += shift
        this.#size += shift
        moved((place) => relocated.get(place) ?? { ...place, offset: place.offset + shift })
        await old.close()
      } finally {
        release()
      }
    } catch (error) {
      if (this.#file !== next) await next.close()
      throw error
    }
  }

  /** Replaces what the journal says by a copy of another, whole one. Nothing may be appended meanwhile. */
  async replaceBy(path: string): Promise<void> {
    await this.durable()
    await copyFile(path, `${this.path}.next`)
    const next = await open(`${this.path}.next`, 'r+')
    await next.sync()
    const { size } = await next.stat()
    const old = await this.#become(next)
    this.#flushed = size
    this.#size = size
    await old.close()
  }

  /** The new file takes the old one's name. Answers the old one, which is of no use any more. */
  async #become(next: FileHandle): Promise<FileHandle> {
    renameSync(`${this.path}.next`, this.path)
    await syncDirectory(dirname(this.path))
    const old = this.#file
    this.#file = next
    return old
  }

  /** Resolves when no flush runs; none begins until the answer is called. */
  async #holdFlushes(): Promise<() => void> {
    while (this.#flushing) await this.#flushing
    let release = () => {}
    this.#flushing = new Promise((resolve) => {
      release = () => {
        this.#flushing = undefined
        resolve()
      }
    })
    return release
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#waiting)
    this.#waiting = []
    try {
      await writeAll(this.#file, bytes, this.#flushed)
      await this.#file.datasync()
      this.#flushed += bytes.length
    } catch (error) {
      // A journal with a hole must not answer for anything that came after the hole.
      this.#failure = error
    } finally {
      this.#flushing = undefined
    }
  }
}

/** A rename is durable only when the directory is. Windows cannot open directories and does not need it. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  await directory.sync()
  await directory.close()
}
