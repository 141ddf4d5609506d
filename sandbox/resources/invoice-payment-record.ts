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
