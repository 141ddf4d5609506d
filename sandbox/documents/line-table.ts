import { divideHalfUp, parseDecimal } from '@/sandbox/decimal'
import type { LineView } from '@/sandbox/documents/invoice-view'
import { body, type Sheet, soft, strong } from '@/sandbox/documents/sheet'
import { discountLabel, type SumRow } from '@/sandbox/documents/sum-rows'
import { leading } from '@/sandbox/documents/typesetter'
import type { Language } from '@/sandbox/languages/language'

type Prices = { currency: string; taxDisplay: 'included' | 'excluded' }

/** One printed row, everything written out. */
type Row = {
  description: string
  notes: string[]
  quantity: string
  unit: string
  tax: string
  amount: string
  /** What single discounts take off, under the amount. */
  discounts: { label: string; amount: string }[]
}

/** The lines of a document, with their heads repeated on every page. */
export function lineTable(
  sheet: Sheet,
  lines: readonly LineView[],
  prices: Prices,
  language: Language,
): void {
  const { words } = language
  const isNet = prices.taxDisplay === 'excluded'
  const rows = lines.map((line) => rowOf(line, prices, language))
  const heads = {
    quantity: words.quantity,
    unit: isNet ? words.unitPriceExcludingTax : words.unitPrice,
    tax: words.tax,
    amount: isNet ? words.amountExcludingTax : words.amount,
  }
  const ends = columnEnds(sheet, rows, heads)
  const head = () => {
    sheet.band(sheet.y, 20)
    const y = sheet.y + 4.5
    sheet.line(words.description, soft, sheet.left + 8, y)
    if (ends.quantity !== null) sheet.flushRight(heads.quantity, soft, ends.quantity, y)
    if (ends.unit !== null) sheet.flushRight(heads.unit, soft, ends.unit, y)
    if (ends.tax !== null) sheet.flushRight(heads.tax, soft, ends.tax, y)
    sheet.flushRight(heads.amount, soft, ends.amount, y)
    sheet.y += 28
  }
  sheet.y += 24
  sheet.room(90)
  head()
  for (const row of rows) tableRow(sheet, row, ends, head)
}

function rowOf(line: LineView, { currency, taxDisplay }: Prices, language: Language): Row {
  const { money, percent } = language
  const isNet = taxDisplay === 'excluded' && line.inclusiveTax !== 0
  const period = language.period(line.period)
  const unit = line.unitAmount === null ? '' : money(isNet ? netUnit(line) : line.unitAmount, currency)
  return {
    description: line.description ?? language.words.amount,
    notes: period === null ? [] : [period],
    quantity: line.quantity === null ? '' : language.quantity(line.quantity),
    unit,
    tax: line.taxRates.map(percent).join(', '),
    amount: money(isNet ? line.amount - line.inclusiveTax : line.amount, currency),
    discounts: line.discounts.map((discount) => ({
      label: discountLabel(discount, language),
      amount: money(-discount.amount, currency),
    })),
  }
}

/** The unit price without the tax inside it, to whole minor units. */
function netUnit({ amount, inclusiveTax, quantity }: LineView): string {
  const net = BigInt(amount - inclusiveTax)
  const { coefficient, scale } = parseDecimal(quantity ?? '1')
  return String(coefficient === 0n ? net : divideHalfUp(net * 10n ** BigInt(scale), coefficient))
}

type Ends = Record<'quantity' | 'unit' | 'tax', number | null> & { amount: number; description: number }

/** Columns are as wide as what stands in them; those that would be empty are left out. */
function columnEnds(
  sheet: Sheet,
  rows: readonly Row[],
  heads: Record<keyof Omit<Ends, 'description'>, string>,
): Ends {
  const gap = 18
  let end = sheet.right - 8
  const widthOf = (name: keyof typeof heads) => {
    const cells = rows.map((row) => row[name]).filter((cell) => cell !== '')
    const widest = Math.max(0, ...cells.map((cell) => sheet.widthOf(cell, body)))
    return cells.length === 0 && name !== 'amount' ? null : Math.max(widest, sheet.widthOf(heads[name], soft))
  }
  const place = (name: keyof typeof heads): number | null => {
    const width = widthOf(name)
    if (width === null) return null
    const at = end
    end -= width + gap
    return at
  }
  const amount = place('amount') ?? end
  const tax = place('tax')
  const unit = place('unit')
  const quantity = place('quantity')
  return { amount, tax, unit, quantity, description: end }
}

function tableRow(sheet: Sheet, row: Row, ends: Ends, head: () => void): void {
  const x = sheet.left + 8
  const width = ends.description - x
  const height =
    sheet.heightOf(row.description, body, width) +
    (row.notes.length + row.discounts.length) * leading(soft) +
    14
  if (sheet.room(height)) head()
  const { y } = sheet
  if (ends.quantity !== null) sheet.flushRight(row.quantity, body, ends.quantity, y)
  if (ends.unit !== null) sheet.flushRight(row.unit, body, ends.unit, y)
  if (ends.tax !== null) sheet.flushRight(row.tax, body, ends.tax, y)
  sheet.flushRight(row.amount, body, ends.amount, y)
  sheet.paragraph(row.description, body, x, ends.description)
  for (const note of row.notes) sheet.paragraph(note, soft, x, ends.description)
  for (const { label, amount } of row.discounts) {
    sheet.flushRight(amount, soft, ends.amount, sheet.y)
    sheet.paragraph(label, soft, x, ends.description)
  }
  sheet.rule(sheet.y + 5)
  sheet.y += 12
}

/** The sums under the lines; the last one is what the document comes down to. */
export function sumTable(sheet: Sheet, rows: readonly SumRow[], currency: string, language: Language): void {
  const { money, moneyWithCode } = language
  const right = sheet.right - 8
  const widest = Math.max(
    ...rows.map(({ amount, isStrong }) =>
      isStrong
        ? sheet.widthOf(moneyWithCode(amount, currency), strong)
        : sheet.widthOf(money(amount, currency), body),
    ),
  )
  const x = sheet.left + sheet.width * 0.42
  const labelEnd = right - widest - 16
  sheet.y += 4
  for (const { label, amount, isStrong } of rows) {
    const style = isStrong ? strong : body
    const height = sheet.heightOf(label, style, labelEnd - x)
    sheet.room(height + 8)
    if (isStrong) sheet.band(sheet.y - 2, height + 8, x - 8)
    const y = sheet.y + 2
    sheet.y = y
    sheet.flushRight(isStrong ? moneyWithCode(amount, currency) : money(amount, currency), style, right, y)
    sheet.paragraph(label, style, x, labelEnd)
    sheet.y += 4
  }
}
