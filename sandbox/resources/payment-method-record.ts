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
  /** Once detached it can never be attached again. */
  isDetached: boolean
}

export function serializePaymentMethod(
  _ctx: Ctx,
  { cardToken: _, isDetached: __, ...method }: PaymentMethodRecord,
) {
  return method satisfies PaymentMethod
}
