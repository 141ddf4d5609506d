import { brotliDecompressSync } from 'node:zlib'
import { ByteReader } from '@/sandbox/documents/byte-reader'
import { rebuildGlyphs } from '@/sandbox/documents/woff2-glyphs'

const knownTags = (
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT ' +
  'VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar ' +
  'fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
)
  .replaceAll('_', ' ')
  .split(/ (?=\S)/)

const headerLength = 48
const sfntHeader = 12
const sfntEntry = 16

type Entry = { tag: string; isTransformed: boolean; length: number }

/**
 * Unpacks a WOFF 2.0 font (https://www.w3.org/TR/WOFF2/) into the TrueType file that it wraps: pdfkit reads web fonts
 * but cuts broken subsets out of them, and cannot vary their weight.
 */
export function unpackWoff2(woff2: Buffer): Buffer {
  const header = new ByteReader(woff2)
  header.take(4)
  const flavor = header.u32()
  header.take(4)
  const count = header.u16()
  header.take(6)
  const packedLength = header.u32()
  header.take(headerLength - 24)
  const entries = Array.from({ length: count }, () => readEntry(header))
  const unpacked = new ByteReader(brotliDecompressSync(header.take(packedLength)))
  const tables = new Map(
    entries.map((entry) => [entry.tag, { ...entry, bytes: unpacked.take(entry.length) }]),
  )
  return assemble(flavor, restore(tables))
}

function readEntry(reader: ByteReader): Entry {
  const flags = reader.u8()
  const tag = (flags & 63) === 63 ? reader.take(4).toString('latin1') : (knownTags[flags & 63] ?? '')
  const version = flags >> 6
  const original = reader.base128()
  const isTransformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0
  return { tag, isTransformed, length: isTransformed ? reader.base128() : original }
}

type Tables = Map<string, Entry & { bytes: Buffer }>

/** The tables as TrueType has them; glyphs and their metrics are packed in a form of their own. */
function restore(tables: Tables): Map<string, Buffer> {
  const plain = new Map([...tables].map(([tag, { bytes }]) => [tag, bytes]))
  const fvar = plain.get('fvar')
  if (fvar) plain.set('fvar', withOwnNames(fvar))
  const glyf = tables.get('glyf')
  if (!glyf?.isTransformed) return plain
  const glyphs = rebuildGlyphs(glyf.bytes)
  plain.set('glyf', glyphs.glyf)
  plain.set('loca', glyphs.loca)
  const head = Buffer.from(plain.get('head') ?? [])
  head.writeInt16BE(1, 50)
  plain.set('head', head)
  const hmtx = tables.get('hmtx')
  const hhea = plain.get('hhea')
  if (hmtx?.isTransformed && hhea) {
    plain.set('hmtx', rebuildMetrics(hmtx.bytes, hhea.readUInt16BE(34), glyphs.leftEdges))
  }
  return plain
}

/**
 * Of the named weights of a variable font, the default one may borrow the name of the font's own style. fontkit, which
 * pdfkit asks for weights by name, stumbles over that, so it borrows another name that nobody asks for.
 */
function withOwnNames(fvar: Buffer): Buffer {
  const named = Buffer.from(fvar)
  const [offset, axes, axisSize] = [named.readUInt16BE(4), named.readUInt16BE(8), named.readUInt16BE(10)]
  const [instances, size] = [named.readUInt16BE(12), named.readUInt16BE(14)]
  const firstOwnName = 256
  for (let index = 0; index < instances; index += 1) {
    const at = offset + axes * axisSize + index * size
    named.writeUInt16BE(Math.max(named.readUInt16BE(at), firstOwnName), at)
  }
  return named
}

/** Left side bearings that equal the glyph's left edge are left out of the file. */
function rebuildMetrics(packed: Buffer, full: number, leftEdges: readonly number[]): Buffer {
  const reader = new ByteReader(packed)
  const flags = reader.u8()
  const widths = Array.from({ length: full }, () => reader.u16())
  const bearings = leftEdges.map((edge, index) => {
    const isLeftOut = (flags & (index < full ? 1 : 2)) !== 0
    return isLeftOut ? edge : reader.i16()
  })
  const out = Buffer.alloc(full * 2 + bearings.length * 2)
  let at = 0
  for (const [index, bearing] of bearings.entries()) {
    if (index < full) at = out.writeUInt16BE(widths[index] ?? 0, at)
    at = out.writeInt16BE(bearing, at)
  }
  return out
}

function assemble(flavor: number, tables: Map<string, Buffer>): Buffer {
  const sorted = [...tables].sort(([one], [other]) => (one < other ? -1 : 1))
  const directory = Buffer.alloc(sfntHeader + sorted.length * sfntEntry)
  directory.writeUInt32BE(flavor, 0)
  directory.writeUInt16BE(sorted.length, 4)
  const parts = [directory]
  let offset = directory.length
  for (const [index, [tag, bytes]] of sorted.entries()) {
    const entry = sfntHeader + index * sfntEntry
    directory.write(tag, entry, 'latin1')
    directory.writeUInt32BE(offset, entry + 8)
    directory.writeUInt32BE(bytes.length, entry + 12)
    const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4)
    bytes.copy(padded)
    parts.push(padded)
    offset += padded.length
  }
  return Buffer.concat(parts)
}
