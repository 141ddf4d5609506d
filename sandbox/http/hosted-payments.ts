import { type Ctx, referred } from '@/sandbox/context'
import { documentPath } from '@/sandbox/document-links'
import type { PaymentView } from '@/sandbox/documents/invoice-view'
import { paidWith } from '@/sandbox/documents/paid-with'
import { receiptNumber } from '@/sandbox/receipt-number'
import type { InvoicePaymentRecord } from '@/sandbox/resources/invoice-payment-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'

/** The money that an invoice received, oldest first; what came outside of Stripe last. */
export function paymentsOf(ctx: Ctx, invoice: InvoiceRecord): PaymentView[] {
  const payments = ctx.store
    .table('invoicePayments')
    .by('invoice', invoice.id)
    .filter(({ status }) => status === 'paid')
    .map((payment) => paymentView(ctx, payment))
    .sort((one, other) => one.paidAt - other.paidAt)
  const otherwise = invoice.amount_paid_off_stripe ?? 0
  if (otherwise === 0) return payments
  const paidAt = invoice.status_transitions.paid_at ?? invoice.created
  return [...payments, { paidAt, amount: otherwise, refunded: 0, paidWith: 'otherwise', receipt: null }]
}

/** @param payment one that has been paid */
export function paymentView(ctx: Ctx, payment: InvoicePaymentRecord): PaymentView {
  const { latest_charge: chargeId } = referred(ctx, 'paymentIntents', payment.paymentIntent)
  const charge = chargeId ? referred(ctx, 'charges', chargeId) : undefined
  return {
    paidAt: payment.status_transitions.paid_at ?? payment.created,
    amount: payment.amount_paid ?? 0,
    refunded: charge?.amount_refunded ?? 0,
    paidWith: charge ? paidWith(charge) : 'otherwise',
    receipt: charge
      ? { number: receiptNumber(charge.id), pdf: `${documentPath(ctx, 'receipts', charge.id)}/pdf` }
      : null,
  }
}
