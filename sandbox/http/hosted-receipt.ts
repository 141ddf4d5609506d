import { type Ctx, referred } from '@/sandbox/context'
import type { ReceiptView } from '@/sandbox/documents/invoice-view'
import { paymentView } from '@/sandbox/http/hosted-payments'
import { invoiceView } from '@/sandbox/http/hosted-view'
import { receiptNumber } from '@/sandbox/receipt-number'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'

/** An invoice's payment and what it was for; undefined for a charge that paid no invoice. */
export function receiptOf(
  ctx: Ctx,
  chargeId: string,
): { view: ReceiptView; invoice: InvoiceRecord } | undefined {
  const charge = ctx.store.get('charges', chargeId)
  const intent = charge?.payment_intent ?? undefined
  const payment =
    intent === undefined
      ? undefined
      : ctx.store
          .table('invoicePayments')
          .by('paymentIntent', intent)
          .find(({ status }) => status === 'paid')
  if (!payment) return undefined
  const invoice = referred(ctx, 'invoices', payment.invoice)
  const view = {
    invoice: invoiceView(ctx, invoice),
    payment: paymentView(ctx, payment),
    number: receiptNumber(chargeId),
  }
  return { view, invoice }
}
