import { type Ctx, referred } from '@/sandbox/context'
import type { CreditNoteView, LineView } from '@/sandbox/documents/invoice-view'
import { discountViews, inclusiveTax, taxPart, taxViews } from '@/sandbox/http/hosted-sums'
import { invoiceView } from '@/sandbox/http/hosted-view'
import type { CreditNoteRecord, NoteLineRecord } from '@/sandbox/resources/credit-note-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'

/** What the customer may see of a credit note. */
export function creditNoteView(ctx: Ctx, note: CreditNoteRecord): CreditNoteView {
  const invoice = referred(ctx, 'invoices', note.invoice)
  const refunded = note.refunds.reduce((sum, { amount_refunded }) => sum + amount_refunded, 0)
  const creditedOutside = note.out_of_band_amount ?? 0
  return {
    number: note.number,
    invoice: invoiceView(ctx, invoice),
    issuedAt: note.effective_at ?? note.created,
    isVoid: note.status === 'void',
    memo: note.memo,
    lines: note.lines.map((line) => lineView(ctx, line, invoice)),
    sums: {
      subtotal: note.subtotal,
      subtotalExcludingTax: note.subtotal_excluding_tax ?? note.subtotal,
      discounts: discountViews(ctx, note.discount_amounts, (id) => invoice.discounts.includes(id)),
      shipping: note.shipping_cost && {
        name: null,
        amount: note.shipping_cost.amount_total,
        amountExcludingTax: note.shipping_cost.amount_subtotal,
      },
      totalExcludingTax: note.total_excluding_tax ?? note.total,
      taxes: taxViews(ctx, (note.total_taxes ?? []).map(taxPart)),
      total: note.total,
      balanceApplied: 0,
      credited: [],
    },
    loweredAmountDue: note.pre_payment_amount,
    refunded,
    creditedToBalance: note.post_payment_amount - refunded - creditedOutside,
    creditedOutside,
  }
}

function lineView(ctx: Ctx, line: NoteLineRecord, invoice: InvoiceRecord): LineView {
  const taxes = line.taxes ?? []
  // A note over an amount alone names neither quantity nor price.
  const isBare = line.description === null
  return {
    description: line.description,
    quantity: isBare || line.quantity === null ? null : String(line.quantity),
    unitAmount: isBare ? null : line.unit_amount_decimal,
    amount: line.amount,
    inclusiveTax: inclusiveTax(taxes),
    period: { start: 0, end: 0 },
    discounts: discountViews(ctx, line.discount_amounts, (id) => !invoice.discounts.includes(id)),
    taxRates: taxViews(ctx, taxes.map(taxPart)).map(({ percentage }) => percentage),
  }
}
