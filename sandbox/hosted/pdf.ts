import PDFDocument from 'pdfkit'
import {
  dueWords,
  formatDate,
  formatPeriod,
  formatQuantity,
  type HostedInvoice,
  type HostedLine,
  type HostedParty,
  totalRows,
} from '@/sandbox/hosted/hosted-invoice'
import { formatMoney } from '@/sandbox/hosted/money'
import { createTypesetter, leading, type TextStyle, type Typesetter } from '@/sandbox/hosted/typesetter'

const MARGIN = 48
const FOOT = 36
const ACCENT = '#0c5c52'
const SOFT: TextStyle = { size: 9, color: '#5a6763' }
const BODY: TextStyle = { size: 9.5 }
const STRONG: TextStyle = { ...BODY, isBold: true }
const COLUMNS = { quantity: 64, unit: 84, amount: 92 }

/** The paper and where on it the next thing goes. All lengths are points from the top left corner. */
type Sheet = {
  doc: PDFKit.PDFDocument
  type: Typesetter
  left: number
  right: number
  bottom: number
  y: number
}

/**
 * The invoice as a PDF. The same invoice makes the same bytes.
 *
 * Contents follow https://docs.stripe.com/invoicing/customize: number, dates, both parties, lines, totals, memo,
 * footer, page numbers, and a link to the hosted page while there is something to pay.
 */
export async function invoicePdf(view: HostedInvoice): Promise<Buffer> {
  const doc = new PDFDocument({
    size: view.pageSize === 'a4' ? 'A4' : 'LETTER',
    margin: 0,
    bufferPages: true,
    lang: 'en-US',
    displayTitle: true,
    info: {
      Title: `Invoice ${view.number}`,
      Author: view.seller.name,
      CreationDate: new Date(view.issuedAt * 1000),
    },
  })
  const { width, height } = doc.page
  const type = createTypesetter(doc)
  const sheet: Sheet = {
    doc,
    type,
    left: MARGIN,
    right: width - MARGIN,
    bottom: height - MARGIN - FOOT,
    y: MARGIN,
  }
  head(sheet, view)
  parties(sheet, view)
  headline(sheet, view)
  lineTable(sheet, view)
  totals(sheet, view)
  if (view.footer !== null) {
    sheet.y += 18
    paragraph(sheet, view.footer, SOFT)
  }
  numberPages(sheet, view)
  doc.end()
  const chunks: Buffer[] = []
  for await (const chunk of doc) chunks.push(chunk)
  return Buffer.concat(chunks)
}

function room(sheet: Sheet, height: number): void {
  if (sheet.y + height <= sheet.bottom) return
  sheet.doc.addPage()
  sheet.y = MARGIN
}

/** Text over the whole width from `x` on, moving down and over to the next page as needed. */
function paragraph(sheet: Sheet, text: string, style: TextStyle, x = sheet.left, right = sheet.right): void {
  for (const line of sheet.type.wrap(text, style, right - x)) {
    room(sheet, leading(style))
    sheet.type.draw(line, x, sheet.y)
    sheet.y += leading(style)
  }
}

/** One line that ends at `right`. */
function flushRight({ type }: Sheet, text: string, style: TextStyle, right: number, y: number): void {
  for (const line of type.wrap(text, style, Number.POSITIVE_INFINITY)) type.draw(line, right - line.width, y)
}

function rule({ doc, left, right }: Sheet, y: number, color = '#d9dedb'): void {
  doc.lineWidth(0.75).strokeColor(color).moveTo(left, y).lineTo(right, y).stroke()
}

function head(sheet: Sheet, view: HostedInvoice): void {
  const { doc, left, right } = sheet
  doc.rect(0, 0, doc.page.width, 5).fill(ACCENT)
  flushRight(
    sheet,
    'Sandbox document, not a real invoice',
    { ...SOFT, color: '#8f4300', isBold: true },
    right,
    MARGIN + 6,
  )
  paragraph(sheet, 'Invoice', { size: 22, isBold: true })
  sheet.y += 8
  const facts: [string, string][] = [
    ['Invoice number', view.number],
    ['Date of issue', formatDate(view.issuedAt)],
    ...(view.dueAt === null ? [] : [['Date due', formatDate(view.dueAt)] satisfies [string, string]]),
    ...view.customFields.map(({ name, value }): [string, string] => [name, value]),
  ]
  for (const [label, value] of facts) {
    room(sheet, leading(STRONG))
    const top = sheet.y
    paragraph(sheet, label, STRONG, left, left + 128)
    const below = sheet.y
    sheet.y = top
    paragraph(sheet, value, BODY, left + 136, right)
    sheet.y = Math.max(sheet.y, below)
  }
}

function parties(sheet: Sheet, view: HostedInvoice): void {
  const { left, right } = sheet
  const middle = left + (right - left) / 2 + 8
  sheet.y += 20
  const top = sheet.y
  party(sheet, 'From', view.seller, left, middle - 16)
  const below = sheet.y
  sheet.y = top
  party(sheet, 'Bill to', view.customer, middle, right)
  sheet.y = Math.max(sheet.y, below)
}

function party(
  sheet: Sheet,
  label: string,
  { name, email, address }: HostedParty,
  x: number,
  right: number,
): void {
  paragraph(sheet, label, SOFT, x, right)
  paragraph(sheet, name, STRONG, x, right)
  for (const line of [...address, ...(email === null ? [] : [email])]) paragraph(sheet, line, BODY, x, right)
}

function headlineOf(view: HostedInvoice): string {
  const money = (amount: number) => `${formatMoney(amount, view.currency)} ${view.currency.toUpperCase()}`
  if (view.state === 'void') return 'This invoice is void'
  if (view.state !== 'paid') return `${money(view.amountRemaining)} ${dueWords(view).replace('Due', 'due')}`
  return `${money(view.amountDue)} paid${view.paidAt === null ? '' : ` on ${formatDate(view.paidAt)}`}`
}

function headline(sheet: Sheet, view: HostedInvoice): void {
  sheet.y += 26
  paragraph(sheet, headlineOf(view), { size: 16, isBold: true })
  if (view.state !== 'paid' && view.state !== 'void') {
    const top = sheet.y + 4
    sheet.y = top
    paragraph(sheet, 'Pay online', { ...STRONG, color: ACCENT })
    sheet.doc.link(sheet.left, top, 60, sheet.y - top, view.urls.page)
    paragraph(sheet, view.urls.page, SOFT)
  }
  if (view.memo !== null) {
    sheet.y += 10
    paragraph(sheet, view.memo, BODY)
  }
}

function columnEnds({ right }: Sheet): { quantity: number; unit: number; description: number } {
  const unit = right - COLUMNS.amount
  const quantity = unit - COLUMNS.unit
  return { unit, quantity, description: quantity - COLUMNS.quantity }
}

function tableHead(sheet: Sheet): void {
  const ends = columnEnds(sheet)
  const { y } = sheet
  flushRight(sheet, 'Qty', SOFT, ends.quantity, y)
  flushRight(sheet, 'Unit price', SOFT, ends.unit, y)
  flushRight(sheet, 'Amount', SOFT, sheet.right, y)
  paragraph(sheet, 'Description', SOFT)
  rule(sheet, sheet.y + 4, '#16211e')
  sheet.y += 12
}

function lineTable(sheet: Sheet, view: HostedInvoice): void {
  sheet.y += 26
  room(sheet, 80)
  tableHead(sheet)
  for (const line of view.lines) tableRow(sheet, line, view.currency)
}

function tableRow(sheet: Sheet, line: HostedLine, currency: string): void {
  const ends = columnEnds(sheet)
  const period = formatPeriod(line.period)
  const wrapped = sheet.type.wrap(line.description, BODY, ends.description - sheet.left)
  const height = wrapped.length * leading(BODY) + (period === null ? 0 : leading(SOFT)) + 12
  const pages = sheet.doc.bufferedPageRange().count
  room(sheet, Math.min(height, sheet.bottom - MARGIN - 40))
  if (sheet.doc.bufferedPageRange().count > pages) tableHead(sheet)
  const { y } = sheet
  if (line.quantity !== null) flushRight(sheet, formatQuantity(line.quantity), BODY, ends.quantity, y)
  if (line.unitAmount !== null) flushRight(sheet, formatMoney(line.unitAmount, currency), BODY, ends.unit, y)
  flushRight(sheet, formatMoney(line.amount, currency), BODY, sheet.right, y)
  paragraph(sheet, line.description, BODY, sheet.left, ends.description)
  if (period !== null) paragraph(sheet, period, SOFT, sheet.left, ends.description)
  rule(sheet, sheet.y + 5)
  sheet.y += 12
}

function totals(sheet: Sheet, view: HostedInvoice): void {
  const rows = totalRows(view)
  const x = sheet.left + (sheet.right - sheet.left) / 2 + 8
  room(sheet, rows.length * 20)
  for (const { label, amount, isStrong } of rows) {
    const style = isStrong ? STRONG : BODY
    const money = formatMoney(amount, view.currency)
    flushRight(
      sheet,
      isStrong ? `${money} ${view.currency.toUpperCase()}` : money,
      style,
      sheet.right,
      sheet.y,
    )
    paragraph(sheet, label, style, x, sheet.right - 110)
    sheet.y += 6
  }
}

function numberPages(sheet: Sheet, view: HostedInvoice): void {
  const { doc, type, left, right } = sheet
  const { start, count } = doc.bufferedPageRange()
  for (let index = start; index < start + count; index += 1) {
    doc.switchToPage(index)
    const y = doc.page.height - MARGIN - 10
    rule(sheet, y - 8)
    const [line] = type.wrap(`${view.number} · ${headlineOf(view)}`, SOFT, right - left - 80)
    if (line) type.draw(line, left, y)
    flushRight(sheet, `Page ${index + 1} of ${count}`, SOFT, right, y)
  }
}
