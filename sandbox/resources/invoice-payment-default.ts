import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import type { InvoicePaymentRecord } from '@/sandbox/resources/invoice-payment-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
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
  })
  const payment: InvoicePaymentRecord = {
    id: ctx.newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_remaining,
    created: ctx.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    paymentIntent: intent.id,
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
  ctx.store.put('paymentIntents', intent)
  ctx.store.put('invoicePayments', payment)
  emit(ctx, 'payment_intent.created', serializePaymentIntent(ctx, intent))
}

/** The open default payment of an invoice, with its intent. */
export function defaultPaymentOf(
  ctx: Ctx,
  invoice: InvoiceRecord,
): { payment: InvoicePaymentRecord; intent: PaymentIntentRecord } | undefined {
  const payment = ctx.store
    .table('invoicePayments')
    .by('invoice', invoice.id)
    .find(({ is_default, status }) => is_default && status === 'open')
  return payment && { payment, intent: referred(ctx, 'paymentIntents', payment.paymentIntent) }
}

/** Nothing is to be paid through it any more. */
export function cancelDefaultPayment(
  ctx: Ctx,
  invoice: InvoiceRecord,
  reason: 'void_invoice' | 'automatic',
): void {
  const open = defaultPaymentOf(ctx, invoice)
  if (!open) return
  ctx.store.put('invoicePayments', {
    ...open.payment,
    status: 'canceled',
    status_transitions: { ...open.payment.status_transitions, canceled_at: ctx.now },
  })
  const canceled: PaymentIntentRecord = {
    ...open.intent,
    status: 'canceled',
    canceled_at: ctx.now,
    cancellation_reason: reason,
    next_action: null,
  }
  ctx.store.put('paymentIntents', canceled)
  emit(ctx, 'payment_intent.canceled', serializePaymentIntent(ctx, canceled))
}
