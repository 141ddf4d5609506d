import { atPath } from '@/sandbox/context'
import {
  currency,
  mergeMetadata,
  metadata,
  nonNegativeAmount,
  perCurrency,
  range,
  taxBehavior,
} from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, hash } from '@/sandbox/http/params'
import {
  checkedOptions,
  createShippingRate,
  type ShippingRateRecord,
  serializeShippingRate,
  shippingAmountIn,
  shippingRateShape,
} from '@/sandbox/resources/shipping-rate-record'

const options = perCurrency(hash({ amount: nonNegativeAmount, tax_behavior: taxBehavior }))

export const shippingRateEndpoints = [
  endpoint({
    route: 'POST /v1/shipping_rates',
    returns: 'shipping_rate',
    params: shippingRateShape,
    run: (ctx, params) => serializeShippingRate(ctx, createShippingRate(ctx, params)),
  }),
  endpoint({
    route: 'GET /v1/shipping_rates/:id',
    returns: 'shipping_rate',
    run: (ctx, _, id) => serializeShippingRate(ctx, atPath(ctx, 'shippingRates', id, 'shipping_rate_token')),
  }),
  endpoint({
    route: 'POST /v1/shipping_rates/:id',
    returns: 'shipping_rate',
    params: {
      active: bool,
      fixed_amount: hash({ currency_options: options }),
      metadata,
      tax_behavior: taxBehavior,
    },
    run(ctx, { active, fixed_amount: fixed, metadata: keys, tax_behavior: behavior }, id) {
      const rate = atPath(ctx, 'shippingRates', id, 'shipping_rate_token')
      const settled = rate.tax_behavior !== 'unspecified'
      if (settled && behavior !== undefined && behavior !== rate.tax_behavior) {
        throw invalidRequest('The tax behavior cannot be changed once it is inclusive or exclusive.', {
          param: 'tax_behavior',
        })
      }
      const changes = fixed?.currency_options ?? {}
      const changed: ShippingRateRecord = {
        ...rate,
        active: active ?? rate.active,
        metadata: mergeMetadata(rate.metadata, keys),
        options: checkedOptions(rate.fixed_amount.currency, changes, rate.options, 'fixed_amount'),
        tax_behavior: behavior ?? rate.tax_behavior,
      }
      ctx.store.put('shippingRates', changed)
      return serializeShippingRate(ctx, changed)
    },
  }),
  endpoint({
    route: 'GET /v1/shipping_rates',
    returns: 'list of shipping_rate',
    params: { ...pageParams, active: bool, created: range, currency },
    run: (ctx, { active, created, currency: code, ...page }) =>
      listPage(ctx, 'shippingRates', page, {
        url: '/v1/shipping_rates',
        keep: (rate) =>
          (active === undefined || rate.active === active) &&
          (created === undefined || created(rate.created)) &&
          (code === undefined || shippingAmountIn(rate, code) !== undefined),
        show: (rate) => serializeShippingRate(ctx, rate),
      }),
  }),
]
