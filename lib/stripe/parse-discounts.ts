import type Stripe from 'stripe'
import { rawJson } from './raw'
import { idOrNull, instant, instantOrNull } from './read'

/* What takes something off an invoice, and the codes that customers know it by. */

export function parseCoupon(coupon: Stripe.Coupon) {
  return {
    id: coupon.id,
    name: coupon.name,
    percentOff: coupon.percent_off === null ? null : String(coupon.percent_off),
    amountOff: coupon.amount_off === null ? null : BigInt(coupon.amount_off),
    currency: coupon.currency,
    duration: coupon.duration,
    durationInMonths: coupon.duration_in_months,
    maxRedemptions: coupon.max_redemptions,
    timesRedeemed: coupon.times_redeemed,
    isValid: coupon.valid,
    redeemBy: instantOrNull(coupon.redeem_by),
    createdAt: instant(coupon.created),
    raw: rawJson(coupon),
  }
}

export function parsePromotionCode(code: Stripe.PromotionCode) {
  return {
    id: code.id,
    code: code.code,
    couponId: idOrNull(code.promotion.coupon),
    customerId: idOrNull(code.customer),
    isActive: code.active,
    maxRedemptions: code.max_redemptions,
    timesRedeemed: code.times_redeemed,
    expiresAt: instantOrNull(code.expires_at),
    createdAt: instant(code.created),
    raw: rawJson(code),
  }
}
