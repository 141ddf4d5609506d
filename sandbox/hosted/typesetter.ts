import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { unpackWoff } from '@/sandbox/hosted/woff'

export type TextStyle = { size: number; isBold?: boolean; color?: string }

/** One printed line. `width` is in points. */
export type TextLine = { runs: TextRun[]; width: number; style: TextStyle }

type TextRun = { text: string; font: string; width: number }

export type Typesetter = {
  /** Breaks text at spaces, and inside a word that is wider than the line; line breaks in it stay. */
  wrap(text: string, style: TextStyle, maxWidth: number): TextLine[]
  /** Draws a line with its top left corner at the point. */
  draw(line: TextLine, x: number, y: number): void
}

/** How far apart the tops of two lines of this style are. */
export function leading({ size }: TextStyle): number {
  return size * 1.42
}

const require = createRequire(import.meta.url)
const PLEX = '@fontsource/ibm-plex-mono'
const PLEX_SUBSETS = ['latin-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese', 'latin']

/** What Helvetica's encoding has beyond Latin-1. */
const WIN_ANSI = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ')

/**
 * Sets text in Helvetica, which every PDF reader brings along, and embeds a few letters of IBM Plex Mono for what
 * Helvetica's encoding lacks: names like Łukasz or Київ, signs like ₹. Scripts that neither has print as `?`.
 */
export function createTypesetter(doc: PDFKit.PDFDocument): Typesetter {
  const registered = new Set<string>()

  function select(font: string, size: number): void {
    if (font.startsWith(PLEX) && !registered.has(font)) {
      doc.registerFont(font, unpackWoff(readFileSync(require.resolve(font))))
      registered.add(font)
    }
    doc.font(font).fontSize(size)
  }

  function measure(text: string, style: TextStyle): TextLine {
    const runs = splitByFont(text, style.isBold ?? false).map(({ text: part, font }): TextRun => {
      select(font, style.size)
      return { text: part, font, width: doc.widthOfString(part) }
    })
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0), style }
  }

  function fits(text: string, style: TextStyle, maxWidth: number): boolean {
    return measure(text, style).width <= maxWidth
  }

  return {
    wrap(text, style, maxWidth) {
      const paragraphs = text.normalize('NFC').split(/\r\n|[\r\n]/)
      return paragraphs
        .flatMap((paragraph) => breakLines(paragraph, (line) => fits(line, style, maxWidth)))
        .map((line) => measure(line, style))
    },
    draw(line, x, y) {
      let left = x
      for (const { text, font, width } of line.runs) {
        select(font, line.style.size)
        // Aligned by baseline, because the fonts differ in what they put above it.
        doc.fillColor(line.style.color ?? '#16211e').text(text, left, y + line.style.size * 0.95, {
          lineBreak: false,
          baseline: 'alphabetic',
        })
        left += width
      }
    },
  }
}

function breakLines(paragraph: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of paragraph.split(/[ \t]+/)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of word) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return [...lines, line]
}

function splitByFont(text: string, isBold: boolean): { text: string; font: string }[] {
  const runs: { text: string; font: string }[] = []
  for (const character of text) {
    const font = fontOf(character, isBold)
    const printed = font === null ? '?' : character
    const named = font ?? helvetica(isBold)
    const last = runs.at(-1)
    if (last?.font === named) last.text += printed
    else runs.push({ text: printed, font: named })
  }
  return runs
}

function helvetica(isBold: boolean): string {
  return isBold ? 'Helvetica-Bold' : 'Helvetica'
}

function fontOf(character: string, isBold: boolean): string | null {
  const code = character.codePointAt(0) ?? 0
  if ((code >= 0x20 && code < 0x7f) || (code >= 0xa0 && code <= 0xff) || WIN_ANSI.has(character)) {
    return helvetica(isBold)
  }
  const subset = PLEX_SUBSETS.find((name) => rangesOf(name).some(([from, to]) => code >= from && code <= to))
  return subset === undefined
    ? null
    : `${PLEX}/files/ibm-plex-mono-${subset}-${isBold ? 600 : 400}-normal.woff`
}

const ranges = new Map<string, [from: number, to: number][]>()

/** The package says which code points each of its files has, as CSS `unicode-range`. */
function rangesOf(subset: string): [from: number, to: number][] {
  const known = ranges.get(subset)
  if (known) return known
  const declared: Record<string, string> = require(`${PLEX}/unicode.json`)
  const parsed = (declared[subset] ?? '').split(',').map((range): [number, number] => {
    const [from = '', to = from] = range.replace('U+', '').split('-')
    return [Number.parseInt(from, 16), Number.parseInt(to, 16)]
  })
  ranges.set(subset, parsed)
  return parsed
}
