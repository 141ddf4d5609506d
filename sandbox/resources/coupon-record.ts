import type Stripe from 'stripe'
import type { DiscountTerms } from '@/sandbox/arithmetic/discounts'
import { atPath, byParam, type Ctx, referred } from '@/sandbox/context'
import { noSuch } from '@/sandbox/http/errors'
import type { Wire } from '@/sandbox/wire'

export type Coupon = Wire<Stripe.Coupon>

/** A deleted coupon stays as a tombstone, because the discounts that were made of it go on. */
export type CouponRecord = Omit<Coupon, 'applies_to' | 'currency_options' | 'metadata' | 'valid'> & {
  metadata: Record<string, string>
  /** Products it is limited to; null applies to all. */
  products: string[] | null
  /** Amounts off in further currencies. */
  options: Record<string, { amount_off: number }>
  gone: boolean
}

/** `applies_to` and `currency_options` are absent unless asked for by `expand`. */
export function serializeCoupon(ctx: Ctx, coupon: CouponRecord) {
  const { products: _p, options: _o, gone: _g, ...fields } = coupon
  return { ...fields, valid: isRedeemable(ctx, coupon) } satisfies Coupon
}

/** Whether it can still be made into a discount: it is there, in time, and not used up. */
export function isRedeemable(ctx: Ctx, coupon: CouponRecord): boolean {
  return !coupon.gone && (coupon.redeem_by === null || ctx.now <= coupon.redeem_by) && !isUsedUp(coupon)
}

/** What coupons and promotion codes have in common: how often they were used, and how often they may be. */
export function isUsedUp(counted: { times_redeemed: number; max_redemptions: number | null }): boolean {
  return counted.max_redemptions !== null && counted.times_redeemed >= counted.max_redemptions
}

/** The coupon that a path or a parameter names. @throws StripeError for a deleted one too */
export function livingCoupon(ctx: Ctx, id: string, param: string, status: 400 | 404): CouponRecord {
  const coupon = status === 404 ? atPath(ctx, 'coupons', id, param) : byParam(ctx, 'coupons', id, param)
  if (coupon.gone) throw noSuch('coupon', id, param, status)
  return coupon
}

/** What `expand` adds; undefined where the coupon applies to all products. */
export function appliesToOf(ctx: Ctx, id: string): Coupon['applies_to'] {
  const { products } = referred(ctx, 'coupons', id)
  return products === null ? undefined : { products }
}

/** What `expand` adds: the coupon's own currency comes first. Undefined for a percentage. */
export function couponOptionsOf(ctx: Ctx, id: string): Coupon['currency_options'] {
  return optionsOf(referred(ctx, 'coupons', id))
}

function optionsOf({ amount_off: off, currency, options }: CouponRecord): Coupon['currency_options'] {
  return off === null || currency === null ? undefined : { [currency]: { amount_off: off }, ...options }
}

/** What a discount of this coupon takes off. A percentage has four decimal places at most: its text is exact. */
export function couponTerms(coupon: CouponRecord): Omit<DiscountTerms, 'id'> {
  const amounts = Object.entries(optionsOf(coupon) ?? {})
  return {
    off:
      coupon.percent_off === null
        ? { amounts: Object.fromEntries(amounts.map(([code, { amount_off: off }]) => [code, BigInt(off)])) }
        : { percent: String(coupon.percent_off) },
    products: coupon.products,
  }
}
