import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A copy of everything at one moment. `at` is the sandbox's time then, in unix seconds. */
export type Snapshot = { name: string; at: number; path: string }

/** Where snapshots lie: beside the journal, or, for a sandbox that keeps nothing, in a place that goes with it. */
export class Snapshots {
  #directory: string | undefined
  #isTemporary = false

  /** @param directory the journal's, or null without one */
  constructor(directory: string | null) {
    this.#directory = directory === null ? undefined : join(directory, 'snapshots')
  }

  /** Oldest first. */
  all(): Snapshot[] {
    const files = this.#directory === undefined ? [] : filesIn(this.#directory)
    return files
      .flatMap((file): Snapshot[] => {
        const [, name, at] = /^([\w-]+)\.(\d+)\.jsonl$/.exec(file) ?? []
        return name && at ? [{ name, at: Number(at), path: join(this.#directory ?? '', file) }] : []
      })
      .sort((a, b) => a.at - b.at)
  }

  find(name: string): Snapshot | undefined {
    return this.all().findLast((snapshot) => snapshot.name === name)
  }

  /** The place for a new one; one of the same name is forgotten. @param name letters, digits, `-` and `_` */
  make(name: string, at: number): Snapshot {
    this.forget(name)
    if (this.#directory === undefined) {
      this.#directory = mkdtempSync(join(tmpdir(), 'sandbox-snapshots-'))
      this.#isTemporary = true
    }
    mkdirSync(this.#directory, { recursive: true })
    return { name, at, path: join(this.#directory, `${name}.${at}.jsonl`) }
  }

  forget(name: string): void {
    for (const snapshot of this.all()) if (snapshot.name === name) rmSync(snapshot.path)
  }

  close(): void {
    if (this.#isTemporary && this.#directory !== undefined) rmSync(this.#directory, { recursive: true })
  }
}

function filesIn(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
