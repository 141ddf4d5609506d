import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emit, emitUpdate } from '@/sandbox/events'
import {
  checkStep,
  currency,
  mergeMetadata,
  metadata,
  perCurrency,
  positiveAmount,
  range,
  timestamp,
} from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import {
  bool,
  checked,
  hash,
  integer,
  legacy,
  oneOf,
  type Params,
  required,
  text,
  unbuilt,
} from '@/sandbox/http/params'
import { type CouponRecord, isRedeemable, livingCoupon } from '@/sandbox/resources/coupon-record'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import {
  isActive,
  isStillGood,
  type PromotionCodeRecord,
  serializePromotionCode,
} from '@/sandbox/resources/promotion-code-record'

const options = perCurrency(hash({ minimum_amount: required(positiveAmount) }))

const restrictionsShape = {
  currency_options: options,
  first_time_transaction: bool,
  minimum_amount: positiveAmount,
  minimum_amount_currency: currency,
}

const createShape = {
  promotion: hash({ type: required(oneOf('coupon')), coupon: required(text(255)) }),
  // Where promotions were named before the API's version of 2025-09-30; `stripe trigger` still does.
  coupon: legacy(text(255)),
  active: bool,
  code: checked(text(500), (code) =>
    /^[A-Za-z0-9-]+$/.test(code) ? undefined : 'Codes consist of letters, digits and dashes.',
  ),
  customer: text(255),
  customer_account: unbuilt(),
  expires_at: timestamp,
  max_redemptions: integer({ min: 1, max: 2_147_483_647 }),
  metadata,
  restrictions: hash(restrictionsShape),
}

type Creation = Params<typeof createShape>

function couponOf(ctx: Ctx, { promotion, coupon: old }: Creation): CouponRecord {
  const [id, param] = promotion ? [promotion.coupon, 'promotion[coupon]'] : [old, 'coupon']
  if (id === undefined) throw missingParameter('promotion')
  if (promotion && old !== undefined) throw exclusiveParameters('promotion', 'coupon')
  const coupon = livingCoupon(ctx, id, param, 400)
  if (isRedeemable(ctx, coupon)) return coupon
  throw invalidRequest(`Coupon expired: ${id}`, { code: 'coupon_expired', param })
}

function checkLimits(ctx: Ctx, coupon: CouponRecord, params: Creation): void {
  const { expires_at: expires, max_redemptions: most } = params
  const refuse = (message: string, param: string) => invalidRequest(message, { param })
  if (expires !== undefined && expires <= ctx.now)
    throw refuse('`expires_at` must be in the future.', 'expires_at')
  if (expires !== undefined && coupon.redeem_by !== null && expires > coupon.redeem_by) {
    throw refuse("`expires_at` cannot be after the coupon's `redeem_by`.", 'expires_at')
  }
  if (most !== undefined && coupon.max_redemptions !== null && most > coupon.max_redemptions) {
    throw refuse("`max_redemptions` cannot be greater than the coupon's.", 'max_redemptions')
  }
}

function checkRestrictions(
  own: string | null | undefined,
  given: Params<typeof restrictionsShape> = {},
): void {
  const { minimum_amount: least, minimum_amount_currency: code } = given
  if (least !== undefined && code === undefined)
    throw missingParameter('restrictions[minimum_amount_currency]')
  if (least === undefined && code !== undefined) throw missingParameter('restrictions[minimum_amount]')
  if (least !== undefined) checkStep(least, code ?? '', 'restrictions[minimum_amount]')
  for (const [other, option] of Object.entries(given.currency_options ?? {})) {
    const param = `restrictions[currency_options][${other}]`
    if (!own) throw invalidRequest('Only codes with a minimum_amount have currency_options.', { param })
    if (other === own) throw invalidRequest(`${other} is the currency of minimum_amount itself.`, { param })
    checkStep(option.minimum_amount, other, `${param}[minimum_amount]`)
  }
}

/** Customers must not have to guess which code is meant, whatever its case. @throws StripeError when one is taken */
function checkUnique(
  ctx: Ctx,
  wanted: Pick<PromotionCodeRecord, 'id' | 'code' | 'customer' | 'lowerCode'>,
): void {
  const overlaps = (other: PromotionCodeRecord) =>
    other.customer === null || wanted.customer === null || other.customer === wanted.customer
  const taken = ctx.store
    .table('promotionCodes')
    .by('lowerCode', wanted.lowerCode)
    .some((other) => other.id !== wanted.id && overlaps(other) && isActive(ctx, other))
  if (taken) {
    throw invalidRequest(`An active promotion code with \`code: ${wanted.code}\` already exists.`, {
      param: 'code',
    })
  }
}

function createPromotionCode(ctx: Ctx, params: Creation): PromotionCodeRecord {
  const coupon = couponOf(ctx, params)
  checkLimits(ctx, coupon, params)
  const { currency_options: others, ...given } = params.restrictions ?? {}
  checkRestrictions(given.minimum_amount_currency, params.restrictions)
  if (params.customer !== undefined) livingCustomer(ctx, params.customer, 'customer', 400)
  const code = params.code ?? ctx.newToken(8).toUpperCase()
  const promotion: PromotionCodeRecord = {
    id: ctx.newId('promo'),
    object: 'promotion_code',
    active: params.active ?? true,
    code,
    coupon: coupon.id,
    created: ctx.now,
    customer: params.customer ?? null,
    customer_account: null,
    expires_at: params.expires_at ?? null,
    livemode: false,
    lowerCode: code.toLowerCase(),
    max_redemptions: params.max_redemptions ?? null,
    metadata: mergeMetadata({}, params.metadata),
    options: others ?? {},
    restrictions: {
      first_time_transaction: given.first_time_transaction ?? false,
      minimum_amount: given.minimum_amount ?? null,
      minimum_amount_currency: given.minimum_amount_currency ?? null,
    },
    times_redeemed: 0,
  }
  if (promotion.active) checkUnique(ctx, promotion)
  ctx.store.put('promotionCodes', promotion)
  emit(ctx, 'promotion_code.created', serializePromotionCode(ctx, promotion))
  return promotion
}

const updateShape = { active: bool, metadata, restrictions: hash({ currency_options: options }) }

function changed(
  ctx: Ctx,
  code: PromotionCodeRecord,
  { active, metadata: keys, restrictions }: Params<typeof updateShape>,
): PromotionCodeRecord {
  if (active && !code.active) {
    if (!isStillGood(ctx, code)) {
      throw invalidRequest('A promotion code that can no longer be redeemed cannot be made active.', {
        param: 'active',
      })
    }
    checkUnique(ctx, code)
  }
  checkRestrictions(code.restrictions.minimum_amount_currency, restrictions)
  return {
    ...code,
    active: active ?? code.active,
    metadata: mergeMetadata(code.metadata, keys),
    options: { ...code.options, ...restrictions?.currency_options },
  }
}

export const promotionCodeEndpoints = [
  endpoint({
    route: 'POST /v1/promotion_codes',
    returns: 'promotion_code',
    params: createShape,
    run: (ctx, params) => serializePromotionCode(ctx, createPromotionCode(ctx, params)),
  }),
  endpoint({
    route: 'GET /v1/promotion_codes/:id',
    returns: 'promotion_code',
    run: (ctx, _, id) => serializePromotionCode(ctx, atPath(ctx, 'promotionCodes', id, 'promotion_code')),
  }),
  endpoint({
    route: 'POST /v1/promotion_codes/:id',
    returns: 'promotion_code',
    params: updateShape,
    run(ctx, params, id) {
      const before = atPath(ctx, 'promotionCodes', id, 'promotion_code')
      const after = changed(ctx, before, params)
      ctx.store.put('promotionCodes', after)
      const shown = serializePromotionCode(ctx, after)
      emitUpdate(ctx, 'promotion_code.updated', serializePromotionCode(ctx, before), shown)
      return shown
    },
  }),
  endpoint({
    route: 'GET /v1/promotion_codes',
    returns: 'list of promotion_code',
    params: {
      ...pageParams,
      active: bool,
      code: text(500),
      coupon: text(255),
      created: range,
      customer: text(255),
      customer_account: unbuilt(),
    },
    run(ctx, { active, code, coupon, created, customer, ...page }) {
      if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
      return listPage(ctx, 'promotionCodes', page, {
        url: '/v1/promotion_codes',
        among: { lowerCode: code?.toLowerCase() },
        keep: (promotion) =>
          (active === undefined || isActive(ctx, promotion) === active) &&
          (coupon === undefined || promotion.coupon === coupon) &&
          (created === undefined || created(promotion.created)) &&
          (customer === undefined || promotion.customer === customer),
        show: (promotion) => serializePromotionCode(ctx, promotion),
      })
    },
  }),
]
