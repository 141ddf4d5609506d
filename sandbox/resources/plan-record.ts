import type Stripe from 'stripe'
import { atPath, type Ctx } from '@/sandbox/context'
import { noSuch } from '@/sandbox/http/errors'
import type { PriceRecord } from '@/sandbox/resources/price-record'
import type { Wire } from '@/sandbox/wire'

type Plan = Wire<Stripe.Plan>

/** A price that recurs; its older name is plan, and both have the same id. */
export type RecurringPrice = PriceRecord & { recurring: NonNullable<PriceRecord['recurring']> }

export function isRecurring(price: PriceRecord): price is RecurringPrice {
  return price.recurring !== null
}

/** The same row as the price's, in the older words. `tiers` are absent unless asked for by `expand`. */
export function serializePlan(_ctx: Ctx, price: RecurringPrice) {
  const { interval, interval_count, meter, trial_period_days, usage_type } = price.recurring
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: price.billing_scheme,
    created: price.created,
    currency: price.currency,
    interval,
    interval_count,
    livemode: false,
    metadata: price.metadata,
    meter,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: price.tiers_mode,
    transform_usage: price.transform_quantity,
    trial_period_days,
    usage_type,
  } satisfies Plan
}

/** @throws StripeError 404 for one-time prices too */
export function planAtPath(ctx: Ctx, id: string): RecurringPrice {
  const price = atPath(ctx, 'prices', id, 'plan')
  if (!isRecurring(price)) throw noSuch('plan', id, 'plan', 404)
  return price
}
