import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

type InvoicePayment = Wire<Stripe.InvoicePayment>

export type InvoicePaymentRecord = Omit<InvoicePayment, 'payment' | 'status' | 'invoice'> & {
  invoice: string
  status: 'open' | 'paid' | 'canceled'
  paymentIntent: string
}

export function serializeInvoicePayment(_ctx: Ctx, { paymentIntent, ...payment }: InvoicePaymentRecord) {
  return {
    ...payment,
    payment: { type: 'payment_intent', payment_intent: paymentIntent },
  } satisfies InvoicePayment
}

/** An open payment of `intent.amount` for an invoice; the caller writes it. */
export function newInvoicePayment(
  ctx: Ctx,
  invoice: { id: string; currency: string },
  intent: { id: string; amount: number },
  isDefault: boolean,
): InvoicePaymentRecord {
  return {
    id: ctx.newId('inpay'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: intent.amount,
    created: ctx.now,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: isDefault,
    livemode: false,
    paymentIntent: intent.id,
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  }
}
