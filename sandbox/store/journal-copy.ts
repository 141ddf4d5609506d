import type { FileHandle } from 'node:fs/promises'
import { encodeRecord, heading, type RowChange } from '@/sandbox/store/journal-format'
import type { Place } from '@/sandbox/store/table'
import { writeAll } from '@/sandbox/store/write-all'

/** A row that is still true: where it lies, and its JSON when that is not on disk yet. */
export type LiveRow = Omit<Extract<RowChange, { put: unknown }>, 'row'> & {
  place?: Place
  unwritten?: string
}

/** Rows per record of a copy, and per turn of the event loop that copying takes. */
const batch = 200

/**
 * Writes a journal that says nothing but `rows`.
 * @returns its size in bytes, and where each row that lay somewhere lies in it
 */
export async function writeCopy(
  file: FileHandle,
  rows: readonly LiveRow[],
  read: (place: Place) => Buffer,
): Promise<{ size: number; relocated: Map<Place, Place> }> {
  const relocated = new Map<Place, Place>()
  await writeAll(file, Buffer.from(heading), 0)
  let size = heading.length
  for (let at = 0; at < rows.length; at += batch) {
    const part = rows.slice(at, at + batch).map(({ place, unwritten, ...change }) => {
      if (!place && unwritten === undefined) throw new Error(`The row ${change.id} lies nowhere`)
      return { ...change, row: unwritten ?? (place ? read(place) : '') }
    })
    const { head, body, places } = encodeRecord(part, size)
    for (const [index, to] of places.entries()) {
      const from = rows[at + index]?.place
      if (from && to) relocated.set(from, to)
    }
    await writeAll(file, Buffer.concat([head, body]), size)
    size += head.length + body.length
  }
  return { size, relocated }
}
