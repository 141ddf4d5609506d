import { addPortions, amountOfUnits, creditPart, nothing, type Portion } from '@/sandbox/arithmetic/credits'
import { type Tax, taxAmounts } from '@/sandbox/arithmetic/taxes'
import { byParam, type Ctx } from '@/sandbox/context'
import { asInteger, normalizeDecimal, parseDecimal } from '@/sandbox/decimal'
import { amount, checkStep, mergeMetadata, metadata, nonNegativeAmount } from '@/sandbox/http/common-params'
import { exclusiveParameters, invalidRequest, missingParameter, noSuch } from '@/sandbox/http/errors'
import {
  clearable,
  decimal,
  hash,
  integer,
  list,
  oneOf,
  type Params,
  required,
  text,
} from '@/sandbox/http/params'
import { type NoteLineRecord, portionOf, shownDiscounts } from '@/sandbox/resources/credit-note-record'
import { exemptionOf, wireTax } from '@/sandbox/resources/invoice-figures'
import { type Line, serializeLine } from '@/sandbox/resources/invoice-item-record'
import { type InvoiceRecord, itemsOf } from '@/sandbox/resources/invoice-record'
import { rateOf } from '@/sandbox/resources/tax-rate-record'
import { lineAmount } from '@/sandbox/totals'

const taxAmountShape = {
  amount: required(nonNegativeAmount),
  tax_rate: required(text(255)),
  taxable_amount: required(nonNegativeAmount),
}

export const noteLineShape = {
  amount,
  description: text(5000),
  invoice_line_item: text(255),
  metadata,
  quantity: integer({ min: 1, max: 1_000_000_000 }),
  tax_amounts: clearable(list(hash(taxAmountShape), 20)),
  tax_rates: clearable(list(text(255), 10)),
  type: required(oneOf('custom_line_item', 'invoice_line_item')),
  unit_amount: nonNegativeAmount,
  unit_amount_decimal: decimal({ places: 12 }),
}

type LineInput = Params<typeof noteLineShape>

/** Parameters that only one of the two kinds of lines has. */
const foreign = {
  custom_line_item: ['amount', 'invoice_line_item'],
  invoice_line_item: ['description', 'tax_rates', 'unit_amount', 'unit_amount_decimal'],
} as const

/**
 * The lines of a new note.
 * @param earlier lines of the invoice's issued notes: what they took cannot be credited again
 * @throws StripeError when a line is malformed or credits more than there is
 */
export function creditLines(
  ctx: Ctx,
  invoice: InvoiceRecord,
  inputs: readonly LineInput[],
  earlier: readonly NoteLineRecord[],
): NoteLineRecord[] {
  const lines = itemsOf(ctx, invoice).map((item) => serializeLine(ctx, item))
  const made: NoteLineRecord[] = []
  for (const [index, input] of inputs.entries()) {
    const at = `lines[${index}]`
    const misplaced = foreign[input.type].find((name) => input[name] !== undefined)
    if (misplaced !== undefined) {
      throw invalidRequest(`\`${misplaced}\` is not valid for a line of type \`${input.type}\`.`, {
        param: `${at}[${misplaced}]`,
      })
    }
    made.push(
      input.type === 'custom_line_item'
        ? customLine(ctx, invoice, input, at)
        : invoiceLine(ctx, lines, input, [...earlier, ...made], at),
    )
  }
  return made
}

/** The one line of a note that names nothing but its amount, taxes included. */
export function amountLine(ctx: Ctx, units: number): NoteLineRecord {
  const portion: Portion = { amount: BigInt(units), discounts: [], taxes: [] }
  return { ...lineOf(ctx, portion), ...unitsOf(String(units)), quantity: 1, type: 'custom_line_item' }
}

function customLine(ctx: Ctx, invoice: InvoiceRecord, input: LineInput, at: string): NoteLineRecord {
  const { unit_amount: whole, unit_amount_decimal: exact, quantity = 1 } = input
  if (whole !== undefined && exact !== undefined) {
    throw exclusiveParameters(`${at}[unit_amount]`, `${at}[unit_amount_decimal]`)
  }
  const unit = whole === undefined ? exact : String(whole)
  if (unit === undefined) throw missingParameter(`${at}[unit_amount]`)
  const gross = lineAmount(unit, String(quantity))
  checkStep(Number(gross), invoice.currency, `${at}[unit_amount]`)
  const rates = (input.tax_rates ?? []).map((id, index) => activeRate(ctx, id, `${at}[tax_rates][${index}]`))
  const [taxed] = taxAmounts(
    [{ amount: gross, rates: rates.map((id) => rateOf(ctx, id)) }],
    exemptionOf(invoice),
    'line',
  )
  const taxes = givenTaxes(ctx, input, at) ?? taxed?.taxes ?? []
  const portion = { amount: gross - (taxed?.backedOut ?? 0n), discounts: [], taxes }
  return {
    ...lineOf(ctx, portion),
    ...unitsOf(unit),
    description: input.description ?? null,
    metadata: mergeMetadata({}, input.metadata),
    quantity,
    type: 'custom_line_item',
  }
}

function activeRate(ctx: Ctx, id: string, param: string): string {
  const rate = byParam(ctx, 'taxRates', id, param)
  if (!rate.active) throw invalidRequest(`The tax rate ${id} is archived.`, { param })
  return rate.id
}

function invoiceLine(
  ctx: Ctx,
  lines: readonly Line[],
  input: LineInput,
  earlier: readonly NoteLineRecord[],
  at: string,
): NoteLineRecord {
  const id = input.invoice_line_item
  if (id === undefined) throw missingParameter(`${at}[invoice_line_item]`)
  const line = lines.find((candidate) => candidate.id === id)
  if (!line) throw noSuch('line item', id, `${at}[invoice_line_item]`, 400)
  const before = earlier.filter((credited) => credited.invoice_line_item === id)
  const units = unitsToCredit(line, input, before, at)
  const part = creditPart(
    portionOf(line),
    before.reduce((sum, credited) => addPortions(sum, portionOf(credited)), nothing),
    units,
  )
  return {
    ...lineOf(ctx, { ...part, taxes: givenTaxes(ctx, input, at) ?? part.taxes }),
    description: line.description,
    invoice_line_item: id,
    metadata: mergeMetadata({}, input.metadata),
    quantity: input.quantity ?? null,
    type: 'invoice_line_item',
  }
}

/**
 * What is credited of a line, before discounts and exclusive taxes. A line goes by quantity or by amount, never by both.
 * @param before earlier credits of the line
 */
function unitsToCredit(line: Line, input: LineInput, before: readonly NoteLineRecord[], at: string): bigint {
  const { amount: asked, quantity } = input
  if (asked !== undefined && quantity !== undefined) {
    throw exclusiveParameters(`${at}[amount]`, `${at}[quantity]`)
  }
  const way = quantity === undefined ? 'amount' : 'quantity'
  const param = `${at}[${way}]`
  if (before.some((credited) => (credited.quantity === null ? 'amount' : 'quantity') !== way)) {
    const other = way === 'amount' ? 'quantity' : 'amount'
    throw invalidRequest(`The line item ${line.id} has been credited by ${other} before.`, { param })
  }
  const taken = BigInt(before.reduce((sum, credited) => sum + credited.amount, 0))
  if (quantity === undefined) return unitsByAmount(line, asked, taken, param)
  const takenUnits = BigInt(before.reduce((sum, credited) => sum + (credited.quantity ?? 0), 0))
  return unitsByQuantity(line, BigInt(quantity), { amount: taken, quantity: takenUnits }, param)
}

function unitsByAmount(line: Line, asked: number | undefined, taken: bigint, param: string): bigint {
  if (asked === undefined) throw missingParameter(param)
  const [units, left] = [BigInt(asked), BigInt(line.amount) - taken]
  const fits = left < 0n ? units < 0n && units >= left : units > 0n && units <= left
  if (!fits) throw tooMuch(line.id, `an amount of ${left}`, param)
  checkStep(asked, line.currency, param)
  return units
}

function unitsByQuantity(
  line: Line,
  units: bigint,
  before: { amount: bigint; quantity: bigint },
  param: string,
): bigint {
  const quantity = line.quantity_decimal ?? String(line.quantity ?? 1)
  const { coefficient, scale } = parseDecimal(quantity)
  if ((before.quantity + units) * 10n ** BigInt(scale) > coefficient) {
    throw tooMuch(line.id, `a quantity of ${quantity} less ${before.quantity}`, param)
  }
  return amountOfUnits({ amount: BigInt(line.amount), quantity }, before, units)
}

function tooMuch(id: string, left: string, param: string) {
  return invalidRequest(`The line item ${id} has ${left} left to credit.`, { param })
}

/** Taxes that were calculated elsewhere; undefined leaves them to the sandbox. */
function givenTaxes(
  ctx: Ctx,
  { tax_amounts: given, tax_rates: rates }: LineInput,
  at: string,
): Tax[] | undefined {
  if (!given) return undefined
  if (rates) throw exclusiveParameters(`${at}[tax_amounts]`, `${at}[tax_rates]`)
  return given.map(({ amount: tax, tax_rate: id, taxable_amount: taxable }, index) => {
    const { inclusive } = byParam(ctx, 'taxRates', id, `${at}[tax_amounts][${index}][tax_rate]`)
    return {
      rate: id,
      behavior: inclusive ? 'inclusive' : 'exclusive',
      amount: BigInt(tax),
      taxableAmount: BigInt(taxable),
      reason: 'not_available',
    }
  })
}

function unitsOf(unit: string) {
  return { unit_amount: asInteger(unit), unit_amount_decimal: normalizeDecimal(unit) }
}

function lineOf(ctx: Ctx, { amount: units, discounts, taxes }: Portion) {
  return {
    id: ctx.newId('cnli'),
    object: 'credit_note_line_item' as const,
    amount: Number(units),
    description: null,
    ...shownDiscounts(discounts),
    livemode: false,
    metadata: {},
    taxRates: taxes.map(({ rate }) => rate),
    taxes: taxes.map(wireTax),
    unit_amount: null,
    unit_amount_decimal: null,
  }
}
