import { crc32 } from 'node:zlib'
import type { Place } from '@/sandbox/store/table'
import type { TableName } from '@/sandbox/store/tables'

/**
 * The journal is text. Its first line says what it is. Then come records, one per transaction: a line of JSON that
 * lists what changed, followed by the new rows, each a line of JSON too. The list tells the length of each row and a
 * checksum over all of them, so a record that was not written to its end is recognized at whatever byte it ends; and
 * it repeats the indexed fields, so that a start needs to read the lists only and leaves the rows where they are.
 */
export const heading = '{"duebook sandbox journal":2}\n'

/** What one transaction changed, without the rows themselves. @see RowChange */
export type RecordHead = { crc: number; changes: HeadChange[] }
export type HeadChange = HeadPut | HeadDrop
type HeadPut = { put: TableName; id: string; keys: unknown[]; bytes: number }
type HeadDrop = { drop: TableName; id: string }

/** `row` is JSON, as text or as it was read. */
export type RowChange =
  | { put: TableName; id: string; keys: unknown[]; row: string | Buffer }
  | { drop: TableName; id: string }

const newline = 10

/** A record as it is written at `at`, in two pieces, and the place that each change's row has in it. */
export function encodeRecord(
  changes: readonly RowChange[],
  at: number,
): { head: Buffer; body: Buffer; places: (Place | undefined)[] } {
  const listed = changes.map((change): HeadChange => {
    if ('drop' in change) return change
    const { put, id, keys, row } = change
    return { put, id, keys, bytes: Buffer.byteLength(row) }
  })
  const body = encodeRows(changes, bodyLength(listed))
  const head = Buffer.from(`${JSON.stringify({ crc: crc32(body), changes: listed } satisfies RecordHead)}\n`)
  const places: (Place | undefined)[] = []
  eachPlace(
    listed,
    at + head.length,
    (_, place) => places.push(place),
    () => places.push(undefined),
  )
  return { head, body, places }
}

function encodeRows(changes: readonly RowChange[], size: number): Buffer {
  const body = Buffer.allocUnsafe(size)
  let end = 0
  for (const change of changes) {
    if ('drop' in change) continue
    end += typeof change.row === 'string' ? body.write(change.row, end) : change.row.copy(body, end)
    body[end++] = newline
  }
  return body
}

/** Bytes that follow the first line of a record. */
export function bodyLength(changes: readonly HeadChange[]): number {
  return changes.reduce((sum, change) => ('put' in change ? sum + change.bytes + 1 : sum), 0)
}

/** The first line of a record, or undefined when it is none. */
export function decodeHead(line: string): RecordHead | undefined {
  try {
    const head: unknown = JSON.parse(line)
    return isHead(head) ? head : undefined
  } catch {
    return undefined
  }
}

function isHead(value: unknown): value is RecordHead {
  return typeof value === 'object' && value !== null && 'crc' in value && 'changes' in value
}

/** Tells each change of a record, and of a put the place of its row. @param at where the rows begin */
export function eachPlace(
  changes: readonly HeadChange[],
  at: number,
  onPut: (change: HeadPut, place: Place) => void,
  onDrop: (change: HeadDrop) => void,
): void {
  let offset = at
  for (const change of changes) {
    if ('put' in change) {
      onPut(change, { offset, length: change.bytes })
      offset += change.bytes + 1
    } else onDrop(change)
  }
}
