import { crc32 } from 'node:zlib'
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
export type HeadChange =
  | { put: TableName; id: string; keys: unknown[]; bytes: number }
  | { drop: TableName; id: string }

/** @param row JSON of the row */
export type RowChange =
  | { put: TableName; id: string; keys: unknown[]; row: Buffer }
  | { drop: TableName; id: string }

const newline = Buffer.from('\n')

/** A record as it is written, and how many bytes its first line has. */
export function encodeRecord(changes: readonly RowChange[]): { bytes: Buffer; headBytes: number } {
  const rows = changes.flatMap((change) => ('put' in change ? [change.row, newline] : []))
  const body = Buffer.concat(rows)
  const head: RecordHead = {
    crc: crc32(body),
    changes: changes.map((change) =>
      'put' in change
        ? { put: change.put, id: change.id, keys: change.keys, bytes: change.row.length }
        : change,
    ),
  }
  const line = Buffer.from(`${JSON.stringify(head)}\n`)
  return { bytes: Buffer.concat([line, body]), headBytes: line.length }
}

/** Bytes that follow the first line of a record. */
export function bodyLength({ changes }: RecordHead): number {
  return changes.reduce((sum, change) => ('put' in change ? sum + change.bytes + newline.length : sum), 0)
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

/** Calls `visit` with each change of a record and, for a put, the place of its row. @param at where the rows begin */
export function eachPlace(
  changes: readonly HeadChange[],
  at: number,
  visit: (change: HeadChange, offset: number) => void,
): void {
  let offset = at
  for (const change of changes) {
    visit(change, offset)
    if ('put' in change) offset += change.bytes + newline.length
  }
}
