import { isDeepStrictEqual } from 'node:util'
import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { type InvoicePaymentRecord, newInvoicePayment } from '@/sandbox/resources/invoice-payment-record'
import { intentOptionsFor } from '@/sandbox/resources/invoice-payment-settings'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { toCanceled } from '@/sandbox/resources/payment-intent-moves'
import {
  newPaymentIntent,
  type PaymentIntentRecord,
  serializePaymentIntent,
} from '@/sandbox/resources/payment-intent-record'

/** Every invoice with money due gets a payment intent of its own at finalization. */
export function createDefaultPayment(ctx: Ctx, invoice: InvoiceRecord): void {
  const intent = newPaymentIntent(ctx, {
    amount: invoice.amount_remaining,
    currency: invoice.currency,
    customer: invoice.customer,
    description: 'Payment for Invoice',
    invoice: invoice.id,
    payment_method_options: intentOptionsFor(invoice),
  })
  ctx.store.put('paymentIntents', intent)
  ctx.store.put('invoicePayments', newInvoicePayment(ctx, invoice, intent, true))
  emit(ctx, 'payment_intent.created', serializePaymentIntent(ctx, intent))
}

/** The open default payment of an invoice, with its intent. */
export function defaultPaymentOf(
  ctx: Ctx,
  invoice: InvoiceRecord,
): { payment: InvoicePaymentRecord; intent: PaymentIntentRecord } | undefined {
  const payment = openPaymentsOf(ctx, invoice).find(({ is_default }) => is_default)
  return payment && { payment, intent: referred(ctx, 'paymentIntents', payment.paymentIntent) }
}

/** Money that is on its way: until it has arrived or failed, nothing else may be paid, credited or voided. */
export function isPaymentUnderway(ctx: Ctx, invoice: InvoiceRecord): boolean {
  return openPaymentsOf(ctx, invoice).some(
    ({ paymentIntent }) => ctx.store.get('paymentIntents', paymentIntent)?.status === 'processing',
  )
}

/**
 * Brings the default payment and its intent to what remains due and how it may be paid, or cancels both when nothing
 * remains. To be called after every change of `amount_remaining` and `payment_settings`.
 */
export function syncDefaultPayment(ctx: Ctx, invoice: InvoiceRecord): void {
  const open = defaultPaymentOf(ctx, invoice)
  if (!open) return
  const amount = invoice.amount_remaining
  if (amount === 0) {
    cancelDefaultPayment(ctx, invoice, 'automatic')
    return
  }
  const { payment, intent } = open
  const options = intentOptionsFor(invoice)
  if (payment.amount_requested !== amount) {
    ctx.store.put('invoicePayments', { ...payment, amount_requested: amount })
  }
  if (intent.amount !== amount || !isDeepStrictEqual(intent.payment_method_options, options)) {
    ctx.store.put('paymentIntents', { ...intent, amount, payment_method_options: options })
  }
}

/** Nothing is to be paid through it any more. */
function cancelDefaultPayment(ctx: Ctx, invoice: InvoiceRecord, reason: 'void_invoice' | 'automatic'): void {
  const open = defaultPaymentOf(ctx, invoice)
  if (!open) return
  cancelInvoicePayment(ctx, open.payment)
  toCanceled(ctx, open.intent, reason)
}

/** A void invoice takes no money: the intents that callers attached live on without it. */
export function cancelPaymentsOf(ctx: Ctx, invoice: InvoiceRecord): void {
  cancelDefaultPayment(ctx, invoice, 'void_invoice')
  for (const payment of openPaymentsOf(ctx, invoice)) cancelInvoicePayment(ctx, payment)
}

export function cancelInvoicePayment(ctx: Ctx, payment: InvoicePaymentRecord): void {
  ctx.store.put('invoicePayments', {
    ...payment,
    status: 'canceled',
    status_transitions: { ...payment.status_transitions, canceled_at: ctx.now },
  })
}

function openPaymentsOf(ctx: Ctx, { id }: InvoiceRecord): InvoicePaymentRecord[] {
  return ctx.store
    .table('invoicePayments')
    .by('invoice', id)
    .filter(({ status }) => status === 'open')
}
