import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

export type PaymentMethod = Wire<Stripe.PaymentMethod>

export type PaymentMethodRecord = Omit<PaymentMethod, 'customer' | 'card' | 'metadata'> & {
  customer: string | null
  metadata: Record<string, string>
  card: NonNullable<PaymentMethod['card']>
  /** Which test card it is. */
  cardToken: string
}

export function serializePaymentMethod(_ctx: Ctx, { cardToken: _, ...method }: PaymentMethodRecord) {
  return method satisfies PaymentMethod
}
