import { byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { currency, mergeMetadata, metadata, nonNegativeAmount, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import {
  bool,
  clearable,
  decimal,
  hash,
  oneOf,
  type Params,
  type Rule,
  required,
  text,
} from '@/sandbox/http/params'
import { isRecurring, planAtPath, serializePlan } from '@/sandbox/resources/plan-record'
import {
  changePrice,
  checkIsNoDefault,
  createPrice,
  interval,
  rhythmShape,
  transformShape,
} from '@/sandbox/resources/price-change'
import { tiers } from '@/sandbox/resources/price-rate'
import { serializePrice } from '@/sandbox/resources/price-record'
import { createProduct, priceProductShape } from '@/sandbox/resources/product-record'
import type { Deleted } from '@/sandbox/wire'

const newProduct = hash(priceProductShape)

/** The id of a product, or a description of a new one. */
const product: Rule<string | Params<typeof priceProductShape>> = {
  read: (value, at, reading) =>
    typeof value === 'string' ? text(255).read(value, at, reading) : newProduct.read(value, at, reading),
}

const createShape = {
  ...rhythmShape,
  active: bool,
  amount: nonNegativeAmount,
  amount_decimal: decimal({ places: 12 }),
  billing_scheme: oneOf('per_unit', 'tiered'),
  currency: required(currency),
  id: text(255),
  interval: required(interval),
  metadata,
  nickname: text(5000),
  product: required(product),
  tiers,
  tiers_mode: oneOf('graduated', 'volume'),
  transform_usage: hash(transformShape),
}

function createPlan(ctx: Ctx, params: Params<typeof createShape>) {
  const { amount, amount_decimal: exact, product: owner, transform_usage, ...input } = params
  const { id = ctx.newId('plan'), interval: unit, interval_count, trial_period_days } = params
  if (ctx.store.get('prices', id)) {
    throw invalidRequest('Plan already exists.', { code: 'resource_already_exists', param: 'id' })
  }
  if (amount !== undefined && exact !== undefined) throw exclusiveParameters('amount', 'amount_decimal')
  if (amount === undefined && exact === undefined && !input.tiers) throw missingParameter('amount')
  const productId =
    typeof owner === 'string' ? byParam(ctx, 'products', owner, 'product').id : createProduct(ctx, owner).id
  return createPrice(ctx, productId, {
    ...input,
    id,
    recurring: { interval: unit, interval_count, trial_period_days },
    transform_quantity: transform_usage,
    unit_amount: amount,
    unit_amount_decimal: exact,
  })
}

export const planEndpoints = [
  endpoint({
    route: 'POST /v1/plans',
    returns: 'plan',
    params: createShape,
    run: (ctx, params) => serializePlan(ctx, planAtPath(ctx, createPlan(ctx, params).id)),
  }),
  endpoint({
    route: 'GET /v1/plans/:id',
    returns: 'plan',
    run: (ctx, _, id) => serializePlan(ctx, planAtPath(ctx, id)),
  }),
  endpoint({
    route: 'POST /v1/plans/:id',
    returns: 'plan',
    params: {
      active: bool,
      metadata,
      nickname: clearable(text(5000)),
      product: text(255),
      trial_period_days: rhythmShape.trial_period_days,
    },
    run(ctx, { metadata: keys, product: owner, trial_period_days: trial, ...change }, id) {
      const plan = planAtPath(ctx, id)
      if (owner !== undefined && byParam(ctx, 'products', owner, 'product').id !== plan.product) {
        checkIsNoDefault(ctx, plan, 'moved')
      }
      changePrice(ctx, plan, {
        ...change,
        metadata: mergeMetadata(plan.metadata, keys),
        product: owner ?? plan.product,
        recurring: { ...plan.recurring, ...(trial === undefined ? {} : { trial_period_days: trial }) },
      })
      return serializePlan(ctx, planAtPath(ctx, id))
    },
  }),
  endpoint({
    route: 'GET /v1/plans',
    returns: 'list of plan',
    params: { ...pageParams, active: bool, created: range, product: text(255) },
    run: (ctx, { active, created, product: owner, ...page }) =>
      listPage(ctx, 'prices', page, {
        url: '/v1/plans',
        among: { product: owner },
        keep: (price) =>
          isRecurring(price) &&
          (active === undefined || price.active === active) &&
          (created === undefined || created(price.created)),
        show: (price) => serializePlan(ctx, planAtPath(ctx, price.id)),
      }),
  }),
  endpoint({
    route: 'DELETE /v1/plans/:id',
    returns: 'plan',
    run(ctx, _, id) {
      const plan = planAtPath(ctx, id)
      checkIsNoDefault(ctx, plan, 'deleted')
      ctx.store.drop('prices', id)
      emit(ctx, 'plan.deleted', serializePlan(ctx, plan))
      emit(ctx, 'price.deleted', serializePrice(ctx, plan))
      return { id, object: 'plan', deleted: true } satisfies Deleted<'plan'>
    },
  }),
]
