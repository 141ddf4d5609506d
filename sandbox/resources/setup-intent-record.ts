import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

export type SetupIntent = Wire<Stripe.SetupIntent>

export type SetupIntentRecord = Omit<SetupIntent, 'customer' | 'metadata' | 'payment_method' | 'status'> & {
  customer: string | null
  metadata: Record<string, string>
  payment_method: string | null
  status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'succeeded' | 'canceled'
  /** Where its customer goes after authenticating, as the last confirmation said. */
  returnUrl?: string
}

export function serializeSetupIntent(_ctx: Ctx, { returnUrl: _, ...intent }: SetupIntentRecord) {
  return intent satisfies SetupIntent
}
