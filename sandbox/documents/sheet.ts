import PDFDocument from 'pdfkit'
import { createTypesetter, leading, type TextStyle, type Typesetter } from '@/sandbox/documents/typesetter'
import type { Language } from '@/sandbox/languages/language'

const margin = 48
const foot = 36

export const accent = '#0c5c52'
const hairline = '#dce1df'
export const body: TextStyle = { size: 9.5 }
export const strong: TextStyle = { ...body, isBold: true }
export const soft: TextStyle = { size: 8.5, color: '#5a6763' }

type Paper = {
  title: string
  author: string
  /** Unix seconds. What a document is made of says when it was made: the same data makes the same bytes. */
  madeAt: number
  pageSize: 'a4' | 'letter'
}

/** Paper, and where on it the next thing goes. All lengths are points from the top left corner. */
export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly left = margin
  readonly right: number
  y = margin
  readonly #type: Typesetter
  readonly #bottom: number

  constructor({ title, author, madeAt, pageSize }: Paper, { tag }: Language) {
    this.doc = new PDFDocument({
      size: pageSize === 'a4' ? 'A4' : 'LETTER',
      margin: 0,
      bufferPages: true,
      lang: tag,
      displayTitle: true,
      info: { Title: title, Author: author, CreationDate: new Date(madeAt * 1000) },
    })
    this.right = this.doc.page.width - margin
    this.#bottom = this.doc.page.height - margin - foot
    this.#type = createTypesetter(this.doc, tag)
  }

  get width(): number {
    return this.right - this.left
  }

  /** Goes on to the next page unless this much is left on this one. @returns whether it did */
  room(height: number): boolean {
    if (this.y + Math.min(height, this.#bottom - margin) <= this.#bottom) return false
    this.doc.addPage()
    this.y = margin
    return true
  }

  heightOf(text: string, style: TextStyle, width: number): number {
    return this.#type.wrap(text, style, width).length * leading(style)
  }

  widthOf(text: string, style: TextStyle): number {
    return Math.max(0, ...this.#type.wrap(text, style, Number.POSITIVE_INFINITY).map(({ width }) => width))
  }

  /** Text from `x` to `right`, moving down and over to the next page as needed. */
  paragraph(text: string, style: TextStyle, x = this.left, right = this.right): void {
    for (const line of this.#type.wrap(text, style, right - x)) {
      this.room(leading(style))
      this.#type.draw(line, x, this.y)
      this.y += leading(style)
    }
  }

  /** One line that begins at `x`; what is too long for it is cut off. */
  line(text: string, style: TextStyle, x: number, y: number, right = this.right): void {
    const [line] = this.#type.wrap(text, style, right - x)
    if (line) this.#type.draw(line, x, y)
  }

  /** One line that ends at `right`. */
  flushRight(text: string, style: TextStyle, right = this.right, y = this.y): void {
    for (const line of this.#type.wrap(text, style, Number.POSITIVE_INFINITY)) {
      this.#type.draw(line, right - line.width, y)
    }
  }

  /** Runs each from the same height; the next thing goes below the longest. */
  sideBySide(parts: readonly (() => void)[]): void {
    const top = this.y
    let below = top
    for (const part of parts) {
      this.y = top
      part()
      below = Math.max(below, this.y)
    }
    this.y = below
  }

  rule(y: number, color = hairline): void {
    this.doc.lineWidth(0.75).strokeColor(color).moveTo(this.left, y).lineTo(this.right, y).stroke()
  }

  band(y: number, height: number, x = this.left, color = '#f2f5f3'): void {
    this.doc.roundedRect(x, y, this.right - x, height, 3).fill(color)
  }

  /** Writes the foot of every page and closes the document. @param pageOf "Page 1 of 2" */
  async finish(text: string, pageOf: (page: number, count: number) => string): Promise<Buffer> {
    const { doc } = this
    const { start, count } = doc.bufferedPageRange()
    for (let index = start; index < start + count; index += 1) {
      doc.switchToPage(index)
      const y = doc.page.height - margin - 6
      this.rule(y - 9)
      const number = pageOf(index + 1, count)
      this.line(text, soft, this.left, y, this.right - this.widthOf(number, soft) - 16)
      this.flushRight(number, soft, this.right, y)
    }
    doc.end()
    const chunks: Buffer[] = []
    for await (const chunk of doc) chunks.push(chunk)
    return Buffer.concat(chunks)
  }
}
