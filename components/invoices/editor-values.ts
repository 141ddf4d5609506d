import type { PriceChoice } from '@/lib/domain/catalog-view'
import type { CustomerChoice } from '@/lib/domain/customer-view'
import type { CreateInvoiceInput } from '@/lib/domain/invoice-input'

/** What the editor holds while an invoice is being written: text as typed, and what was picked with its names. */
export type EditorValues = {
  customer: CustomerChoice | null
  currency: string
  /** Days as text, or `other`. */
  terms: string
  otherDays: string
  memo: string
  lines: LineValues[]
  /** How far the pressed button goes. */
  until: CreateInvoiceInput['until']
}

/** A catalog price times a quantity; without a price, a one-off amount. */
export type LineValues = {
  price: PriceChoice | null
  description: string
  quantity: string
  unitAmount: string
}

export const blankLine: LineValues = { price: null, description: '', quantity: '1', unitAmount: '' }

export function isBlank({ price, description, unitAmount }: LineValues): boolean {
  return price === null && description.trim() === '' && unitAmount.trim() === ''
}

export const termChoices = [
  { value: '0', label: 'On receipt' },
  { value: '7', label: 'In 7 days' },
  { value: '14', label: 'In 14 days' },
  { value: '30', label: 'In 30 days' },
  { value: '60', label: 'In 60 days' },
  { value: 'other', label: 'Other' },
] as const

export function startingValues(customer: CustomerChoice | null): EditorValues {
  return {
    customer,
    currency: customer?.currency ?? 'usd',
    terms: '30',
    otherDays: '',
    memo: '',
    lines: [{ ...blankLine }],
    until: 'draft',
  }
}

/** Days until due, or null while what is typed is no number of days. */
export function daysUntilDue({ terms, otherDays }: Pick<EditorValues, 'terms' | 'otherDays'>): number | null {
  const text = terms === 'other' ? otherDays.trim() : terms
  return /^\d{1,3}$/.test(text) ? Number(text) : null
}

/** The lines that are meant, each with its place in the form: blank ones are left out, unless there is nothing else. */
export function writtenLines(lines: readonly LineValues[]): { line: LineValues; index: number }[] {
  const placed = lines.map((line, index) => ({ line, index }))
  const written = placed.filter(({ line }) => !isBlank(line))
  return written.length === 0 ? placed.slice(0, 1) : written
}

/** The action's input, still to be checked by its schema. */
export function toInvoiceInput(values: EditorValues): Omit<CreateInvoiceInput, 'operationId'> {
  return {
    customerId: values.customer?.id ?? '',
    currency: values.currency,
    daysUntilDue: daysUntilDue(values) ?? Number.NaN,
    memo: orUndefined(values.memo),
    lines: writtenLines(values.lines).map(({ line }) => toLineInput(line)),
    until: values.until,
  }
}

function toLineInput(line: LineValues): CreateInvoiceInput['lines'][number] {
  const { price, description, quantity, unitAmount } = line
  if (price === null) return { kind: 'amount', description, quantity, unitAmount }
  return { kind: 'price', priceId: price.id, quantity, description: orUndefined(description) }
}

const orUndefined = (text: string) => (text.trim() === '' ? undefined : text)
