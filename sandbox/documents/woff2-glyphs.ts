import { ByteReader } from '@/sandbox/documents/byte-reader'

type Point = { dx: number; dy: number; isOnCurve: boolean }

/** The packed glyphs, taken apart by what each stream holds. */
type Streams = Record<
  'contours' | 'pointCounts' | 'flags' | 'glyphs' | 'composites' | 'boxes' | 'instructions',
  ByteReader
> & { hasBox: (index: number) => boolean }

type Glyphs = {
  glyf: Buffer
  /** With four bytes an offset. */
  loca: Buffer
  /** `xMin` of every glyph. */
  leftEdges: number[]
}

/** Undoes WOFF2's transformation of the `glyf` table (https://www.w3.org/TR/WOFF2/#glyf_table_format). */
export function rebuildGlyphs(packed: Buffer): Glyphs {
  const header = new ByteReader(packed)
  header.take(4)
  const count = header.u16()
  header.take(2)
  const sizes = Array.from({ length: 7 }, () => header.u32())
  const [contours, pointCounts, flags, glyphs, composites, boxes, instructions] = sizes.map((size) =>
    header.take(size),
  ) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]
  const bitmapLength = Math.ceil(count / 32) * 4
  const streams: Streams = {
    contours: new ByteReader(contours),
    pointCounts: new ByteReader(pointCounts),
    flags: new ByteReader(flags),
    glyphs: new ByteReader(glyphs),
    composites: new ByteReader(composites),
    boxes: new ByteReader(boxes.subarray(bitmapLength)),
    instructions: new ByteReader(instructions),
    hasBox: (index) => ((boxes[index >> 3] ?? 0) & (128 >> (index & 7))) !== 0,
  }
  const rebuilt = Array.from({ length: count }, (_, index) => rebuildGlyph(streams, index))
  const loca = Buffer.alloc((count + 1) * 4)
  let offset = 0
  for (const [index, { length }] of rebuilt.entries()) {
    loca.writeUInt32BE(offset, index * 4)
    offset += length
  }
  loca.writeUInt32BE(offset, count * 4)
  return {
    glyf: Buffer.concat(rebuilt),
    loca,
    leftEdges: rebuilt.map((glyph) => (glyph.length === 0 ? 0 : glyph.readInt16BE(2))),
  }
}

function rebuildGlyph(streams: Streams, index: number): Buffer {
  const contours = streams.contours.i16()
  if (contours === 0) return Buffer.alloc(0)
  const glyph = contours < 0 ? rebuildComposite(streams) : rebuildSimple(streams, contours, index)
  return Buffer.concat([glyph, Buffer.alloc((4 - (glyph.length % 4)) % 4)])
}

const hasInstructions = 0x100
const moreComponents = 0x20

function rebuildComposite({ composites, boxes, glyphs, instructions }: Streams): Buffer {
  const parts = [int16s([-1]), boxes.take(8)]
  let flags = moreComponents
  let hinted = false
  while (flags & moreComponents) {
    flags = composites.u16()
    hinted ||= (flags & hasInstructions) !== 0
    const places = flags & 1 ? 4 : 2
    const scale = flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0
    parts.push(int16s([flags]), composites.take(2 + places + scale))
  }
  if (hinted) {
    const length = glyphs.short()
    parts.push(int16s([length]), instructions.take(length))
  }
  return Buffer.concat(parts)
}

/** Written out without TrueType's own packing: what lands in a PDF is encoded once more. */
function rebuildSimple(streams: Streams, contours: number, index: number): Buffer {
  const counts = Array.from({ length: contours }, () => streams.pointCounts.short())
  let last = -1
  const ends = counts.map((count) => {
    last += count
    return last
  })
  const points = Array.from({ length: last + 1 }, () => readPoint(streams.flags.u8(), streams.glyphs))
  const hints = streams.instructions.take(streams.glyphs.short())
  return Buffer.concat([
    int16s([contours]),
    streams.hasBox(index) ? streams.boxes.take(8) : int16s(boxOf(points)),
    int16s(ends),
    int16s([hints.length]),
    hints,
    Buffer.from(points.map(({ isOnCurve }) => (isOnCurve ? 1 : 0))),
    int16s(points.map(({ dx }) => dx)),
    int16s(points.map(({ dy }) => dy)),
  ])
}

/** One point relative to the one before it, in one to four bytes (https://www.w3.org/TR/WOFF2/#triplet_decoding). */
function readPoint(flags: number, bytes: ByteReader): Point {
  const kind = flags & 127
  const isOnCurve = flags < 128
  const x = (size: number) => (flags & 1 ? size : -size)
  const y = (size: number) => (flags & 2 ? size : -size)
  if (kind < 10) return { dx: 0, dy: x(((kind & 14) << 7) + bytes.u8()), isOnCurve }
  if (kind < 20) return { dx: x((((kind - 10) & 14) << 7) + bytes.u8()), dy: 0, isOnCurve }
  if (kind < 84) {
    const [high, low] = [kind - 20, bytes.u8()]
    return {
      dx: x(1 + (high & 0x30) + (low >> 4)),
      dy: y(1 + ((high & 0x0c) << 2) + (low & 15)),
      isOnCurve,
    }
  }
  if (kind < 120) {
    const high = kind - 84
    const dx = x(1 + (Math.floor(high / 12) << 8) + bytes.u8())
    return { dx, dy: y(1 + (((high % 12) >> 2) << 8) + bytes.u8()), isOnCurve }
  }
  if (kind < 124) {
    const [first, second, third] = [bytes.u8(), bytes.u8(), bytes.u8()]
    return { dx: x((first << 4) + (second >> 4)), dy: y(((second & 15) << 8) + third), isOnCurve }
  }
  const dx = x(bytes.u16())
  return { dx, dy: y(bytes.u16()), isOnCurve }
}

function boxOf(points: readonly Point[]): [number, number, number, number] {
  let [x, y] = [0, 0]
  const box: [number, number, number, number] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ]
  for (const { dx, dy } of points) {
    x += dx
    y += dy
    box[0] = Math.min(box[0], x)
    box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x)
    box[3] = Math.max(box[3], y)
  }
  return box
}

/** Big-endian, of 16 bits whether signed or not. */
function int16s(values: readonly number[]): Buffer {
  const out = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) out.writeUInt16BE(value & 0xffff, index * 2)
  return out
}
