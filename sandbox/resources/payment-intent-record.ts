import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

export type PaymentIntent = Wire<Stripe.PaymentIntent>

export type PaymentIntentRecord = Omit<PaymentIntent, 'status'> & {
  status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'canceled' | 'succeeded'
  /** The invoice it was made for: then only the invoice may cancel it. */
  invoice: string | null
}

export function serializePaymentIntent(_ctx: Ctx, { invoice: _, ...intent }: PaymentIntentRecord) {
  return intent satisfies PaymentIntent
}
