import type Stripe from 'stripe'
import type { Portion } from '@/sandbox/arithmetic/credits'
import { type Ctx, referred } from '@/sandbox/context'
import { documentPath } from '@/sandbox/document-links'
import { taxFrom } from '@/sandbox/resources/invoice-figures'
import { serializeTaxRate } from '@/sandbox/resources/tax-rate-record'
import type { Wire, WireList } from '@/sandbox/wire'

type WireNote = Wire<Stripe.CreditNote>
type NoteLine = Wire<Stripe.CreditNoteLineItem>
export type CreditNote = Omit<WireNote, 'lines'> & { lines: WireList<NoteLine> }

export type NoteLineRecord = Omit<NoteLine, 'tax_rates'> & { taxRates: string[] }

export type CreditNoteRecord = Omit<CreditNote, 'customer' | 'invoice' | 'lines' | 'metadata' | 'pdf'> & {
  customer: string
  invoice: string
  lines: NoteLineRecord[]
  metadata: Record<string, string>
  /** What went back to the customer's balance because the invoice had been covered by it. */
  balanceReturned: number
}

/** Lines embedded in a note; the rest is paged through `/lines`. */
const embeddedLines = 10

export function serializeCreditNote(ctx: Ctx, record: CreditNoteRecord) {
  const { balanceReturned: _, lines, ...note } = record
  return {
    ...note,
    lines: {
      object: 'list',
      data: lines.slice(0, embeddedLines).map((line) => serializeNoteLine(ctx, line)),
      has_more: lines.length > embeddedLines,
      url: `/v1/credit_notes/${note.id}/lines`,
    },
    pdf: `${ctx.origin}${documentPath(ctx, 'credit_notes', note.id)}/pdf?s=ap`,
  } satisfies CreditNote
}

export function serializeNoteLine(ctx: Ctx, { taxRates, ...line }: NoteLineRecord) {
  return {
    ...line,
    tax_rates: taxRates.map((id) => serializeTaxRate(ctx, referred(ctx, 'taxRates', id))),
  } satisfies NoteLine
}

/** The notes of an invoice that count, oldest first. */
export function issuedNotes(ctx: Ctx, invoiceId: string): CreditNoteRecord[] {
  return ctx.store
    .table('creditNotes')
    .by('invoice', invoiceId)
    .filter(({ status }) => status === 'issued')
}

/** A line of an invoice or of a note as it is calculated with. */
export function portionOf(line: {
  amount: number
  discount_amounts: NoteLine['discount_amounts'] | null
  taxes: NoteLine['taxes']
}): Portion {
  return {
    amount: BigInt(line.amount),
    discounts: (line.discount_amounts ?? []).map(({ discount, amount }) => ({
      discount,
      amount: BigInt(amount),
    })),
    taxes: (line.taxes ?? []).map(taxFrom),
  }
}

/** Discounts, as lines and notes show them; without those that took nothing. */
export function shownDiscounts(discounts: Portion['discounts']) {
  const shown = discounts
    .filter(({ amount }) => amount !== 0n)
    .map(({ discount, amount }) => ({ discount, amount: Number(amount) }))
  return {
    discount_amount: shown.reduce((sum, { amount }) => sum + amount, 0),
    discount_amounts: shown,
    pretax_credit_amounts: shown.map((one) => ({ ...one, type: 'discount' as const })),
  }
}
