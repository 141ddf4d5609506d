import type { FileHandle } from 'node:fs/promises'
import { encodeRecord, heading, type RowChange } from '@/sandbox/store/journal-format'
import type { Place } from '@/sandbox/store/table'

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
  let size = (await file.write(heading)).bytesWritten
  for (let at = 0; at < rows.length; at += batch) {
    const part = rows.slice(at, at + batch).map(({ place, unwritten, ...change }) => {
      if (!place && unwritten === undefined) throw new Error(`The row ${change.id} lies nowhere`)
      const row = place && unwritten === undefined ? read(place) : Buffer.from(unwritten ?? '')
      return { ...change, row, place }
    })
    const { bytes, headBytes } = encodeRecord(part)
    let offset = size + headBytes
    for (const { place, row } of part) {
      if (place) relocated.set(place, { offset, length: row.length })
      offset += row.length + 1
    }
    await file.write(bytes, 0, bytes.length, size)
    size += bytes.length
  }
  return { size, relocated }
}
