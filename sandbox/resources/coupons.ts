import { byParam, type Ctx } from '@/sandbox/context'
import { emit, emitUpdate } from '@/sandbox/events'
import {
  checkStep,
  currency,
  fiveYears,
  mergeMetadata,
  metadata,
  perCurrency,
  percentage,
  positiveAmount,
  range,
  timestamp,
} from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { checked, hash, integer, list, oneOf, type Params, required, text } from '@/sandbox/http/params'
import { type CouponRecord, livingCoupon, serializeCoupon } from '@/sandbox/resources/coupon-record'
import type { Deleted } from '@/sandbox/wire'

const positive = integer({ min: 1, max: 2_147_483_647 })

/** A century: the end of a discount has to be a date. */
const mostMonths = 1200

const updateShape = {
  currency_options: perCurrency(hash({ amount_off: required(positiveAmount) })),
  metadata,
  name: text(40),
}

const createShape = {
  ...updateShape,
  amount_off: positiveAmount,
  applies_to: hash({ products: list(text(255)) }),
  currency,
  duration: oneOf('forever', 'once', 'repeating'),
  duration_in_months: integer({ min: 1, max: mostMonths }),
  id: checked(text(255), (id) =>
    /^[A-Za-z0-9_-]+$/.test(id) ? undefined : `Invalid coupon id: ${id}. Use letters, digits, - and _ only.`,
  ),
  max_redemptions: positive,
  percent_off: checked(percentage, (percent) =>
    percent === '0' ? 'This value must be greater than 0.' : undefined,
  ),
  redeem_by: timestamp,
}

type Creation = Params<typeof createShape>

function checkCreation(ctx: Ctx, params: Creation): void {
  const { amount_off: amount, percent_off: percent, duration = 'once', redeem_by: redeemBy } = params
  if (amount !== undefined && percent !== undefined) throw exclusiveParameters('amount_off', 'percent_off')
  if (amount === undefined && percent === undefined) throw missingParameter('percent_off')
  if (amount !== undefined && params.currency === undefined) throw missingParameter('currency')
  if (amount !== undefined) checkStep(amount, params.currency ?? '', 'amount_off')
  if (duration === 'repeating' && params.duration_in_months === undefined) {
    throw missingParameter('duration_in_months')
  }
  if (duration !== 'repeating' && params.duration_in_months !== undefined) {
    throw invalidRequest('`duration_in_months` can only be set when `duration` is `repeating`.', {
      param: 'duration_in_months',
    })
  }
  if (redeemBy !== undefined && (redeemBy <= ctx.now || redeemBy > ctx.now + fiveYears)) {
    throw invalidRequest('`redeem_by` must be in the future, at most five years ahead.', {
      param: 'redeem_by',
    })
  }
  const id = params.id === undefined ? undefined : ctx.store.get('coupons', params.id)
  if (id && !id.gone) {
    throw invalidRequest('Coupon already exists.', { code: 'resource_already_exists', param: 'id' })
  }
  params.applies_to?.products?.forEach((product, index) => {
    byParam(ctx, 'products', product, `applies_to[products][${index}]`)
  })
}

/** Further currencies need an amount off in one. */
function checkOptions(own: string | null | undefined, options: Creation['currency_options'] = {}): void {
  for (const [code, { amount_off: amount }] of Object.entries(options)) {
    const param = `currency_options[${code}]`
    if (!own) throw invalidRequest('Only coupons with an amount_off have currency_options.', { param })
    if (code === own) throw invalidRequest(`${code} is the currency of the coupon itself.`, { param })
    checkStep(amount, code, `${param}[amount_off]`)
  }
}

function createCoupon(ctx: Ctx, params: Creation): CouponRecord {
  checkCreation(ctx, params)
  checkOptions(params.amount_off === undefined ? null : params.currency, params.currency_options)
  const coupon: CouponRecord = {
    id: params.id ?? ctx.newToken(8).toUpperCase(),
    object: 'coupon',
    amount_off: params.amount_off ?? null,
    created: ctx.now,
    currency: params.currency ?? null,
    duration: params.duration ?? 'once',
    duration_in_months: params.duration_in_months ?? null,
    gone: false,
    livemode: false,
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    name: params.name ?? null,
    options: params.currency_options ?? {},
    percent_off: params.percent_off === undefined ? null : Number(params.percent_off),
    products: params.applies_to?.products ?? null,
    redeem_by: params.redeem_by ?? null,
    times_redeemed: 0,
  }
  ctx.store.put('coupons', coupon)
  emit(ctx, 'coupon.created', serializeCoupon(ctx, coupon))
  return coupon
}

export const couponEndpoints = [
  endpoint({
    route: 'POST /v1/coupons',
    returns: 'coupon',
    params: createShape,
    run: (ctx, params) => serializeCoupon(ctx, createCoupon(ctx, params)),
  }),
  endpoint({
    route: 'GET /v1/coupons/:id',
    returns: 'coupon',
    run: (ctx, _, id) => serializeCoupon(ctx, livingCoupon(ctx, id, 'coupon', 404)),
  }),
  endpoint({
    route: 'POST /v1/coupons/:id',
    returns: 'coupon',
    params: updateShape,
    run(ctx, { currency_options: options, metadata: keys, name }, id) {
      const coupon = livingCoupon(ctx, id, 'coupon', 404)
      checkOptions(coupon.amount_off === null ? null : coupon.currency, options)
      const changed: CouponRecord = {
        ...coupon,
        metadata: mergeMetadata(coupon.metadata, keys),
        name: name ?? coupon.name,
        options: { ...coupon.options, ...options },
      }
      ctx.store.put('coupons', changed)
      emitUpdate(ctx, 'coupon.updated', serializeCoupon(ctx, coupon), serializeCoupon(ctx, changed))
      return serializeCoupon(ctx, changed)
    },
  }),
  endpoint({
    route: 'GET /v1/coupons',
    returns: 'list of coupon',
    params: { ...pageParams, created: range },
    run: (ctx, { created, ...page }) =>
      listPage(ctx, 'coupons', page, {
        url: '/v1/coupons',
        keep: (coupon) => !coupon.gone && (created === undefined || created(coupon.created)),
        show: (coupon) => serializeCoupon(ctx, coupon),
      }),
  }),
  endpoint({
    route: 'DELETE /v1/coupons/:id',
    returns: 'coupon',
    run(ctx, _, id) {
      const coupon = livingCoupon(ctx, id, 'coupon', 404)
      ctx.store.put('coupons', { ...coupon, gone: true })
      emit(ctx, 'coupon.deleted', serializeCoupon(ctx, coupon))
      return { id, object: 'coupon', deleted: true } satisfies Deleted<'coupon'>
    },
  }),
]
