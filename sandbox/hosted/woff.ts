import { inflateSync } from 'node:zlib'

const SFNT_HEADER = 12
const SFNT_ENTRY = 16
const WOFF_HEADER = 44
const WOFF_ENTRY = 20

/**
 * Unpacks a WOFF 1.0 font (https://www.w3.org/TR/WOFF/) into the TrueType file that it wraps. pdfkit accepts web
 * fonts but cuts broken subsets out of them; from a TrueType file it embeds the few letters that a page needs.
 */
export function unpackWoff(woff: Buffer): Buffer {
  const tables = woff.readUInt16BE(12)
  const header = Buffer.alloc(SFNT_HEADER + tables * SFNT_ENTRY)
  woff.copy(header, 0, 4, 8)
  header.writeUInt16BE(tables, 4)
  const parts = [header]
  let offset = header.length
  for (let index = 0; index < tables; index += 1) {
    const entry = WOFF_HEADER + index * WOFF_ENTRY
    const at = woff.readUInt32BE(entry + 4)
    const packed = woff.readUInt32BE(entry + 8)
    const length = woff.readUInt32BE(entry + 12)
    const stored = woff.subarray(at, at + packed)
    const table = Buffer.alloc(Math.ceil(length / 4) * 4)
    const bytes = packed < length ? inflateSync(stored) : stored
    bytes.copy(table)
    const target = SFNT_HEADER + index * SFNT_ENTRY
    woff.copy(header, target, entry, entry + 4)
    woff.copy(header, target + 4, entry + 16, entry + 20)
    header.writeUInt32BE(offset, target + 8)
    header.writeUInt32BE(length, target + 12)
    parts.push(table)
    offset += table.length
  }
  return Buffer.concat(parts)
}
