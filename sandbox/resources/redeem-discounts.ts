import { byParam, type Ctx } from '@/sandbox/context'
import {
  exclusiveParameters,
  invalidRequest,
  missingParameter,
  type StripeError,
} from '@/sandbox/http/errors'
import { clearable, hash, list, type Params, text } from '@/sandbox/http/params'
import { type CouponRecord, isRedeemable, isUsedUp, livingCoupon } from '@/sandbox/resources/coupon-record'
import { type DiscountRecord, endOf } from '@/sandbox/resources/discount-record'
import { isActive, minimumsOf, type PromotionCodeRecord } from '@/sandbox/resources/promotion-code-record'

/** Discounts that one object can have. */
const mostDiscounts = 20

const discountShape = { coupon: text(255), discount: text(255), promotion_code: text(255) }

/** `discounts[]` of invoices, items and lines: what to redeem or to go on with; `""` is none. */
export const discountsRule = clearable(list(hash(discountShape), mostDiscounts))

/** What the discounts are for, with what its customer would pay for it, in minor units of `currency`. */
export type Discounted = {
  customer: string
  invoice: string | null
  invoiceItem: string | null
  currency: string
  amount(): number
  /** Discounts that it has, or that it can share with what it is part of. */
  known: readonly string[]
}

/**
 * The ids of the discounts that the entries ask for. A coupon or promotion code is redeemed, which makes a discount
 * and counts; an existing discount goes on.
 * @param at the parameter, for errors: `discounts` or `lines[0][discounts]`
 * @throws StripeError when one cannot be redeemed
 */
export function redeemDiscounts(
  ctx: Ctx,
  entries: readonly Params<typeof discountShape>[],
  target: Discounted,
  at: string,
): string[] {
  return entries.map((entry, index) => {
    const place = `${at}[${index}]`
    const [[kind, id] = [], second] = Object.entries(entry)
    if (kind === undefined || id === undefined) throw missingParameter(`${place}[coupon]`)
    if (second) throw exclusiveParameters(`${place}[${kind}]`, `${place}[${second[0]}]`)
    const param = `${place}[${kind}]`
    if (kind === 'discount') return existing(ctx, id, target, param).id
    if (kind === 'promotion_code') return redeemCode(ctx, id, target, param).id
    return redeemCoupon(ctx, id, target, param).id
  })
}

/** A discount of the coupon itself. @throws StripeError when it cannot be redeemed any more */
export function redeemCoupon(ctx: Ctx, id: string, target: Discounted, param: string): DiscountRecord {
  const coupon = livingCoupon(ctx, id, param, 400)
  if (!isRedeemable(ctx, coupon)) {
    throw invalidRequest(`Coupon expired: ${id}`, { code: 'coupon_expired', param })
  }
  return makeDiscount(ctx, coupon, null, target)
}

function redeemCode(ctx: Ctx, id: string, target: Discounted, param: string): DiscountRecord {
  const code = byParam(ctx, 'promotionCodes', id, param)
  const coupon = byParam(ctx, 'coupons', code.coupon, param)
  checkCode(ctx, code, coupon, target, (why) =>
    invalidRequest(`This promotion code cannot be redeemed because ${why}.`, { param }),
  )
  ctx.store.put('promotionCodes', { ...code, times_redeemed: code.times_redeemed + 1 })
  return makeDiscount(ctx, coupon, code.id, target)
}

function checkCode(
  ctx: Ctx,
  code: PromotionCodeRecord,
  coupon: CouponRecord,
  target: Discounted,
  refuse: (why: string) => StripeError,
): void {
  if (isUsedUp(code) || isUsedUp(coupon)) throw refuse('it has been used the maximum number of times')
  if (!isActive(ctx, code)) throw refuse('it is not active')
  if (code.customer !== null && code.customer !== target.customer) {
    throw refuse('it belongs to another customer')
  }
  if (code.restrictions.first_time_transaction && hasPaid(ctx, target.customer)) {
    throw refuse('the associated customer has prior transactions')
  }
  const minimums = minimumsOf(code)
  const minimum = minimums[target.currency]
  if (Object.keys(minimums).length > 0 && (minimum === undefined || target.amount() < minimum)) {
    throw refuse('the amount is below its minimum')
  }
}

/** Whether the customer has a paid invoice or a successful payment. */
function hasPaid({ store }: Ctx, customer: string): boolean {
  return (
    store.table('invoices').where({ customer, status: 'paid' }).length > 0 ||
    store
      .table('charges')
      .by('customer', customer)
      .some(({ status }) => status === 'succeeded')
  )
}

function makeDiscount(
  ctx: Ctx,
  coupon: CouponRecord,
  promotionCode: string | null,
  { customer, invoice, invoiceItem }: Discounted,
): DiscountRecord {
  const discount: DiscountRecord = {
    id: ctx.newId('di'),
    coupon: coupon.id,
    promotionCode,
    customer,
    invoice,
    invoiceItem,
    start: ctx.now,
    end: endOf(ctx, coupon),
    gone: false,
  }
  ctx.store.put('discounts', discount)
  ctx.store.put('coupons', { ...coupon, times_redeemed: coupon.times_redeemed + 1 })
  return discount
}

function existing(ctx: Ctx, id: string, { known }: Discounted, param: string): DiscountRecord {
  const discount = byParam(ctx, 'discounts', id, param)
  if (known.includes(id)) return discount
  throw invalidRequest(`The discount ${id} belongs to something else.`, { param })
}
