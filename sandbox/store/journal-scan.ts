import { fstatSync, readSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import {
  bodyLength,
  decodeHead,
  type HeadChange,
  heading,
  type RecordHead,
} from '@/sandbox/store/journal-format'

/** Bytes read at a time: rows are passed over, so a head and a little more. */
const chunk = 64 * 1024

/**
 * How much of the end is compared with its checksums. What lies before it was on disk long before anything could have
 * torn it, and reading all of it would make a start several times as long; a row that is damaged all the same is noticed
 * when it is read.
 */
const compared = 64 * 1024 * 1024

type Found = { head: RecordHead; rowsAt: number; end: number }

/**
 * Shows each whole record of a journal to `visit`, in their order, without decoding the rows.
 * @returns where the last whole record ends, and the size of the file: what lies between was torn by a crash
 * @throws Error when a whole record follows an unreadable one (that is damage, not a torn end), or for another file
 */
export function scanJournal(
  descriptor: number,
  path: string,
  visit: (changes: readonly HeadChange[], rowsAt: number) => void,
): { end: number; size: number } {
  const window = new Window(descriptor)
  const first = window.bytes(0, heading.length).toString()
  if (first !== heading) {
    // Cut while it was begun: nothing had been answered yet.
    if (heading.startsWith(first)) return { end: 0, size: window.size }
    throw new Error(`${path} was not written by this version of the sandbox; move it away to begin anew.`)
  }
  let at = heading.length
  for (let found = recordAt(window, at); found; found = recordAt(window, at)) {
    visit(found.head.changes, found.rowsAt)
    at = found.end
  }
  if (at < window.size && isFollowedByRecord(window, at)) {
    throw new Error(`${path} is damaged at byte ${at}; move it away to begin anew.`)
  }
  return { end: at, size: window.size }
}

function recordAt(window: Window, at: number): Found | undefined {
  const lineEnd = window.indexOfNewline(at)
  if (lineEnd === undefined) return undefined
  const head = decodeHead(window.bytes(at, lineEnd - at).toString())
  if (!head) return undefined
  const rowsAt = lineEnd + 1
  const end = rowsAt + bodyLength(head.changes)
  if (end > window.size) return undefined
  if (end < window.size - compared) return { head, rowsAt, end }
  return crc32(window.bytes(rowsAt, end - rowsAt)) === head.crc ? { head, rowsAt, end } : undefined
}

function isFollowedByRecord(window: Window, at: number): boolean {
  for (let end = window.indexOfNewline(at); end !== undefined; end = window.indexOfNewline(end + 1)) {
    if (recordAt(window, end + 1)) return true
  }
  return false
}

/** A file of any size, of which a part is in memory at a time. */
class Window {
  readonly size: number
  #start = 0
  #bytes = Buffer.alloc(0)

  constructor(private readonly descriptor: number) {
    this.size = fstatSync(descriptor).size
  }

  /** As many bytes as there are, up to `length`. Valid until the next call. */
  bytes(at: number, length: number): Buffer {
    const end = Math.min(at + length, this.size)
    if (at < this.#start || end > this.#start + this.#bytes.length) this.#load(at, Math.max(end - at, chunk))
    return this.#bytes.subarray(at - this.#start, end - this.#start)
  }

  /** Where the next line ends at or after `at`; undefined when it has no end. */
  indexOfNewline(at: number): number | undefined {
    for (let from = at; from < this.size; ) {
      const rest = this.bytes(from, 1).length === 0 ? this.#bytes : this.#bytes.subarray(from - this.#start)
      const found = rest.indexOf(10)
      if (found >= 0) return from + found
      from += rest.length
    }
    return undefined
  }

  #load(at: number, length: number): void {
    const bytes = Buffer.allocUnsafe(Math.min(length, this.size - at))
    let got = 0
    while (got < bytes.length) {
      const read = readSync(this.descriptor, bytes, got, bytes.length - got, at + got)
      if (read === 0) break
      got += read
    }
    this.#start = at
    this.#bytes = bytes.subarray(0, got)
  }
}
