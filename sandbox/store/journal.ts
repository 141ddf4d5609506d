import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/**
 * An append-only file with one JSON record a line. `append` returns at once; `durable` resolves when everything
 * appended so far has reached the disk. Records that arrive while a flush runs share the next one.
 */
export class Journal {
  #file: FileHandle
  #waiting: string[] = []
  #flushing: Promise<void> | undefined
  #failure: unknown

  private constructor(file: FileHandle) {
    this.#file = file
  }

  /**
   * Opens `directory/journal.jsonl` for appending, after rewriting it as `snapshot`: the file shrinks to what is
   * still true, and a torn end is gone. The old file stays in place until the new one is on disk.
   */
  static async compact(directory: string, snapshot: Iterable<unknown>): Promise<Journal> {
    const path = pathIn(directory)
    mkdirSync(dirname(path), { recursive: true })
    const next = await open(`${path}.next`, 'w', 0o600)
    let lines: string[] = []
    for (const record of snapshot) {
      lines.push(`${JSON.stringify(record)}\n`)
      if (lines.length === 1000) {
        await next.appendFile(lines.join(''))
        lines = []
      }
    }
    await next.appendFile(lines.join(''))
    await next.datasync()
    renameSync(`${path}.next`, path)
    await syncDirectory(dirname(path))
    return new Journal(next)
  }

  append(record: unknown): void {
    this.#waiting.push(`${JSON.stringify(record)}\n`)
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

  async #flush(): Promise<void> {
    const text = this.#waiting.join('')
    this.#waiting = []
    try {
      await this.#file.appendFile(text)
      await this.#file.datasync()
    } catch (error) {
      // A journal with a hole must not answer for anything that came after the hole.
      this.#failure = error
    } finally {
      this.#flushing = undefined
    }
  }
}

type ReadJournal = { records: unknown[]; torn: boolean }

/**
 * Reads the journal of `directory`. A last line that was not written to its end (the machine died while appending)
 * is left out and reported as `torn`; its request was never answered.
 * @throws Error when an earlier line is unreadable: that is damage, not a torn end.
 */
export function readJournal(directory: string): ReadJournal {
  const path = pathIn(directory)
  if (!existsSync(path)) return { records: [], torn: false }
  const lines = readFileSync(path, 'utf8').split('\n')
  const rest = lines.pop()
  const records: unknown[] = []
  for (const [index, line] of lines.entries()) {
    const record = parse(line)
    if (record === undefined) {
      if (index === lines.length - 1 && rest === '') return { records, torn: true }
      throw new Error(`${path} is damaged at line ${index + 1}; move it away to begin anew.`)
    }
    records.push(record)
  }
  return { records, torn: rest !== '' }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function pathIn(directory: string): string {
  return join(directory, 'journal.jsonl')
}

/** A rename is durable only when the directory is. Windows cannot open directories and does not need it. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  await directory.sync()
  await directory.close()
}
