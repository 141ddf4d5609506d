import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { isRedeemable, isUsedUp } from '@/sandbox/resources/coupon-record'
import type { Wire } from '@/sandbox/wire'

export type PromotionCode = Wire<Stripe.PromotionCode>

export type PromotionCodeRecord = Omit<
  PromotionCode,
  'customer' | 'metadata' | 'promotion' | 'restrictions'
> & {
  coupon: string
  customer: string | null
  /** The code in lower case, under which it is found. */
  lowerCode: string
  metadata: Record<string, string>
  restrictions: Omit<PromotionCode['restrictions'], 'currency_options'>
  /** Least amounts in further currencies. */
  options: Record<string, { minimum_amount: number }>
}

/** `restrictions.currency_options` is absent unless asked for by `expand`. */
export function serializePromotionCode(ctx: Ctx, code: PromotionCodeRecord) {
  const { coupon, lowerCode: _l, options: _o, ...fields } = code
  return {
    ...fields,
    active: isActive(ctx, code),
    promotion: { coupon, type: 'coupon' },
  } satisfies PromotionCode
}

/** A code that was not switched off is active as long as it, and the coupon behind it, can be redeemed. */
export function isActive(ctx: Ctx, code: PromotionCodeRecord): boolean {
  return code.active && isStillGood(ctx, code)
}

export function isStillGood(ctx: Ctx, code: PromotionCodeRecord): boolean {
  const inTime = code.expires_at === null || ctx.now < code.expires_at
  return inTime && !isUsedUp(code) && isRedeemable(ctx, referred(ctx, 'coupons', code.coupon))
}

/** Least amounts by currency. */
export function minimumsOf({ restrictions, options }: PromotionCodeRecord): Record<string, number> {
  const { minimum_amount: least, minimum_amount_currency: currency } = restrictions
  if (least === null || currency === null) return {}
  const others = Object.entries(options).map(([code, option]) => [code, option.minimum_amount])
  return { [currency]: least, ...Object.fromEntries(others) }
}

/** What `expand` adds to the restrictions; undefined without a least amount. */
export function codeOptionsOf(ctx: Ctx, id: string): PromotionCode['restrictions']['currency_options'] {
  const minimums = Object.entries(minimumsOf(referred(ctx, 'promotionCodes', id)))
  if (minimums.length === 0) return undefined
  return Object.fromEntries(minimums.map(([currency, minimum]) => [currency, { minimum_amount: minimum }]))
}
