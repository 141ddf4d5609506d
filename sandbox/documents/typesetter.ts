import { breakLines } from '@/sandbox/documents/break-lines'
import { type Font, fontFile, fontOf } from '@/sandbox/documents/fonts'

export type TextStyle = { size: number; isBold?: boolean; color?: string }

/** One printed line. `width` is in points. */
export type TextLine = { runs: TextRun[]; width: number; style: TextStyle }

/** `font` is null for characters that no font has: they are drawn as boxes and can still be copied. */
type TextRun = { text: string; font: Font | null; width: number }

export type Typesetter = {
  /** Breaks text into lines of at most `maxWidth`; line breaks in it stay. */
  wrap(text: string, style: TextStyle, maxWidth: number): TextLine[]
  /** Draws a line with its top left corner at the point. */
  draw(line: TextLine, x: number, y: number): void
}

const ink = '#16211e'

/** How far apart the tops of two lines of this style are. */
export function leading({ size }: TextStyle): number {
  return size * 1.42
}

/** Half of the stroke that makes letters bold, in parts of their size. */
const boldness = 0.014
const boxWidth = 0.62

/**
 * Sets text in IBM Plex Sans, of which the letters that occur are embedded, and Chinese, Japanese and Korean in the
 * fonts that readers have for them. Bold is drawn with a thicker pen, because the package has one weight that pdfkit can cut.
 * @param tag the document's language
 */
export function createTypesetter(doc: PDFKit.PDFDocument, tag: string): Typesetter {
  const registered = new Set<string>()

  function select(subset: string, size: number): void {
    if (!registered.has(subset)) doc.registerFont(subset, fontFile(subset))
    registered.add(subset)
    doc.font(subset).fontSize(size)
  }

  function widthOf(text: string, font: Font | null, size: number): number {
    if (font?.kind === 'embedded') {
      select(font.name, size)
      return doc.widthOfString(text)
    }
    return [...text].length * size * (font ? 1 : boxWidth)
  }

  function measure(text: string, style: TextStyle): TextLine {
    const runs = splitByFont(text, tag).map((run) => ({
      ...run,
      width: widthOf(run.text, run.font, style.size),
    }))
    return { runs, width: runs.reduce((sum, run) => sum + run.width, 0), style }
  }

  return {
    wrap(text, style, maxWidth) {
      return printable(text)
        .split('\n')
        .flatMap((paragraph) => breakLines(paragraph, (line) => measure(line, style).width <= maxWidth))
        .map((line) => measure(line, style))
    },
    draw({ runs, style }, x, y) {
      const { size, color = ink, isBold } = style
      // Aligned by baseline, because the fonts differ in what they put above it.
      const baseline = y + size * 0.98
      const pen = isBold ? size * boldness * 2 : 0
      let left = x
      for (const { text, font, width } of runs) {
        doc.fillColor(color).strokeColor(color).lineWidth(pen)
        if (font === null) drawBoxes(doc, text, { left, baseline, size })
        else if (font.kind === 'named') drawNamed(doc, text, font, { left, baseline, size, pen })
        else {
          select(font.name, size)
          doc.text(text, left, baseline, {
            lineBreak: false,
            baseline: 'alphabetic',
            fill: true,
            stroke: isBold ?? false,
          })
        }
        left += width
      }
    },
  }
}

/** Line breaks as `\n`; narrow and other odd spaces as the fonts have them, and nothing that does not print. */
function printable(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n|[\r\u2028\u2029]/g, '\n')
    .replace(/[\u202f\u2007]/g, '\u00a0')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (character) =>
      character === '\n' || character === '\t' ? character : '',
    )
}

function splitByFont(text: string, tag: string): { text: string; font: Font | null }[] {
  const runs: { text: string; font: Font | null }[] = []
  for (const character of text) {
    const font = fontOf(character, tag)
    const last = runs.at(-1)
    if (last && last.font?.name === font?.name) last.text += character
    else runs.push({ text: character, font })
  }
  return runs
}

type Place = { left: number; baseline: number; size: number }

/** A box for each character; whoever copies it gets the character. */
function drawBoxes(doc: PDFKit.PDFDocument, text: string, { left, baseline, size }: Place): void {
  doc.markContent('Span', { actual: text })
  doc.lineWidth(size * 0.05)
  for (const [index] of [...text].entries()) {
    doc.rect(
      left + (index + 0.12) * size * boxWidth,
      baseline - size * 0.7,
      size * boxWidth * 0.76,
      size * 0.7,
    )
    doc.stroke()
  }
  // Readers look for the text of a span where text is drawn.
  doc
    .font('latin')
    .fontSize(size)
    .opacity(0)
    .text('.', left, baseline, { lineBreak: false, baseline: 'alphabetic' })
  doc.opacity(1).endMarkedContent()
}

const resources = new WeakMap<PDFKit.PDFDocument, Map<string, PDFKit.PDFKitReference>>()

/** Text in a font that is not embedded, by the character codes of its encoding, UTF-16. */
function drawNamed(
  doc: PDFKit.PDFDocument,
  text: string,
  font: Extract<Font, { kind: 'named' }>,
  { left, baseline, size, pen }: Place & { pen: number },
): void {
  doc.page.fonts[font.collection] = namedFont(doc, font)
  const codes = Buffer.from(text, 'utf16le').swap16().toString('hex')
  doc.save().transform(1, 0, 0, -1, 0, doc.page.height)
  doc.addContent(
    `BT /${font.collection} ${size} Tf ${pen > 0 ? 2 : 0} Tr 1 0 0 1 ${left} ${doc.page.height - baseline} Tm <${codes}> Tj ET`,
  )
  doc.restore()
}

/** The font's entry in the document, without any letters (PDF 32000-1, 9.7.5.2). */
function namedFont(doc: PDFKit.PDFDocument, font: Extract<Font, { kind: 'named' }>): PDFKit.PDFKitReference {
  const known = resources.get(doc) ?? new Map<string, PDFKit.PDFKitReference>()
  resources.set(doc, known)
  const made = known.get(font.name)
  if (made) return made
  const { name, collection, supplement, encoding } = font
  const descriptor = doc.ref({
    Type: 'FontDescriptor',
    FontName: name,
    Flags: 4,
    FontBBox: [0, -200, 1000, 900],
    ItalicAngle: 0,
    Ascent: 880,
    Descent: -120,
    CapHeight: 700,
    StemV: 80,
  })
  descriptor.end('')
  const cid = doc.ref({
    Type: 'Font',
    Subtype: 'CIDFontType0',
    BaseFont: name,
    CIDSystemInfo: {
      Registry: new String('Adobe'),
      Ordering: new String(collection),
      Supplement: supplement,
    },
    FontDescriptor: descriptor,
    DW: 1000,
  })
  cid.end('')
  const reference = doc.ref({
    Type: 'Font',
    Subtype: 'Type0',
    BaseFont: name,
    Encoding: encoding,
    DescendantFonts: [cid],
  })
  reference.end('')
  known.set(name, reference)
  return reference
}
