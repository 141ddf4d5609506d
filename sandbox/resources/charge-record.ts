import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

/** `refunds` is absent unless asked for by `expand`. */
export type ChargeRecord = Wire<Stripe.Charge>

export function serializeCharge(_ctx: Ctx, charge: ChargeRecord) {
  return charge satisfies ChargeRecord
}
