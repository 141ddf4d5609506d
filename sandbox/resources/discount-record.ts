import type Stripe from 'stripe'
import type { DiscountTerms } from '@/sandbox/arithmetic/discounts'
import { type Ctx, referred } from '@/sandbox/context'
import { type CouponRecord, couponTerms } from '@/sandbox/resources/coupon-record'
import type { Wire } from '@/sandbox/wire'

type Discount = Wire<Stripe.Discount>
type DeletedDiscount = Wire<Stripe.DeletedDiscount>

/** A coupon at work. It outlives what it was taken off, because invoices go on naming it. */
export type DiscountRecord = {
  id: string
  coupon: string
  promotionCode: string | null
  customer: string | null
  /** The invoice that it belongs to alone, or the invoice item; both null for a customer's. */
  invoice: string | null
  invoiceItem: string | null
  start: number
  /** When a customer's discount of some months ends. */
  end: number | null
  /** It was taken off its customer. */
  gone: boolean
}

export function serializeDiscount(_ctx: Ctx, discount: DiscountRecord) {
  return { ...common(discount), end: discount.end } satisfies Discount
}

/** What expanding answers: the discount, or the stub of one that was taken off its customer. */
export function showDiscount(ctx: Ctx, discount: DiscountRecord) {
  return discount.gone ? deletedDiscount(discount) : serializeDiscount(ctx, discount)
}

export function deletedDiscount(discount: DiscountRecord) {
  return { ...common(discount), deleted: true } satisfies DeletedDiscount
}

function common(discount: DiscountRecord) {
  return {
    id: discount.id,
    object: 'discount',
    checkout_session: null,
    customer: discount.customer,
    customer_account: null,
    invoice: discount.invoice,
    invoice_item: discount.invoiceItem,
    promotion_code: discount.promotionCode,
    source: { coupon: discount.coupon, type: 'coupon' },
    start: discount.start,
    subscription: null,
    subscription_item: null,
  } as const
}

/** What the discount takes off. */
export function termsOf(ctx: Ctx, id: string): DiscountTerms {
  return { id, ...couponTerms(referred(ctx, 'coupons', referred(ctx, 'discounts', id).coupon)) }
}

/** When a discount that starts now is over; null unless its coupon lasts a number of months. */
export function endOf(ctx: Ctx, { duration_in_months: months }: CouponRecord): number | null {
  if (months === null) return null
  const start = new Date(ctx.now * 1000)
  const end = new Date(start)
  end.setUTCDate(1)
  end.setUTCMonth(start.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate()
  end.setUTCDate(Math.min(start.getUTCDate(), lastDay))
  return end.getTime() / 1000
}
