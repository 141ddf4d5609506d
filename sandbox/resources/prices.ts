import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { currency, mergeMetadata, metadata, range, taxBehavior } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, missingParameter } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, clearable, hash, list, oneOf, type Params, required, text } from '@/sandbox/http/params'
import {
  changePrice,
  createPrice,
  defaultPriceShape,
  freeLookupKey,
  interval,
  rhythmShape,
  transformShape,
} from '@/sandbox/resources/price-change'
import { changedBehavior, currencyOptions, optionsFrom, tiers } from '@/sandbox/resources/price-rate'
import { type Price, type PriceRecord, serializePrice } from '@/sandbox/resources/price-record'
import { createProduct, priceProductShape } from '@/sandbox/resources/product-record'

const createShape = {
  ...defaultPriceShape,
  active: bool,
  billing_scheme: oneOf('per_unit', 'tiered'),
  lookup_key: text(200),
  nickname: text(5000),
  product: text(255),
  product_data: hash(priceProductShape),
  recurring: hash({ ...rhythmShape, interval: required(interval) }),
  tiers,
  tiers_mode: oneOf('graduated', 'volume'),
  transfer_lookup_key: bool,
  transform_quantity: hash(transformShape),
}

const updateShape = {
  active: bool,
  currency_options: clearable(currencyOptions),
  lookup_key: clearable(text(200)),
  metadata,
  nickname: clearable(text(5000)),
  tax_behavior: taxBehavior,
  transfer_lookup_key: bool,
}

function updatePrice(ctx: Ctx, price: PriceRecord, params: Params<typeof updateShape>): PriceRecord {
  const {
    currency_options: options,
    metadata: keys,
    tax_behavior: behavior,
    transfer_lookup_key: transfer,
    ...change
  } = params
  const { lookup_key: key } = change
  const changed: Partial<Price> = {
    ...change,
    metadata: mergeMetadata(price.metadata, keys),
    tax_behavior: changedBehavior(price.tax_behavior, behavior),
  }
  if (options === null) changed.currency_options = undefined
  else if (options) changed.currency_options = optionsFrom(options, price, price.currency_options)
  if (typeof key === 'string' && key !== price.lookup_key) freeLookupKey(ctx, key, transfer ?? false)
  return changePrice(ctx, price, changed)
}

const listShape = {
  ...pageParams,
  active: bool,
  created: range,
  currency,
  lookup_keys: list(text(200), 10),
  product: text(255),
  recurring: hash({ interval, meter: text(255), usage_type: oneOf('licensed', 'metered') }),
  type: oneOf('one_time', 'recurring'),
}

function listPrices(ctx: Ctx, params: Params<typeof listShape>) {
  const {
    active,
    created,
    currency: code,
    lookup_keys: keys,
    product,
    recurring: rhythm,
    type,
    ...page
  } = params
  return listPage(ctx, 'prices', page, {
    url: '/v1/prices',
    among: { product },
    keep: (price) =>
      !price.adHoc &&
      (active === undefined || price.active === active) &&
      (created === undefined || created(price.created)) &&
      (code === undefined || price.currency === code) &&
      (keys === undefined || (price.lookup_key !== null && keys.includes(price.lookup_key))) &&
      (type === undefined || price.type === type) &&
      (rhythm === undefined || hasRhythm(price, rhythm)),
    show: (price) => serializePrice(ctx, price),
  })
}

function hasRhythm({ recurring }: PriceRecord, wanted: NonNullable<Params<typeof listShape>['recurring']>) {
  return (
    recurring !== null &&
    (wanted.interval === undefined || recurring.interval === wanted.interval) &&
    (wanted.meter === undefined || recurring.meter === wanted.meter) &&
    (wanted.usage_type === undefined || recurring.usage_type === wanted.usage_type)
  )
}

export const priceEndpoints = [
  endpoint({
    route: 'POST /v1/prices',
    returns: 'price',
    params: createShape,
    run(ctx, { product, product_data, ...params }) {
      if (product !== undefined && product_data) throw exclusiveParameters('product', 'product_data')
      if (product_data)
        return serializePrice(ctx, createPrice(ctx, createProduct(ctx, product_data).id, params))
      if (product === undefined) throw missingParameter('product')
      return serializePrice(ctx, createPrice(ctx, byParam(ctx, 'products', product, 'product').id, params))
    },
  }),
  endpoint({
    route: 'GET /v1/prices/:id',
    returns: 'price',
    run: (ctx, _, id) => serializePrice(ctx, atPath(ctx, 'prices', id, 'price')),
  }),
  endpoint({
    route: 'POST /v1/prices/:id',
    returns: 'price',
    params: updateShape,
    run: (ctx, params, id) =>
      serializePrice(ctx, updatePrice(ctx, atPath(ctx, 'prices', id, 'price'), params)),
  }),
  endpoint({ route: 'GET /v1/prices', returns: 'list of price', params: listShape, run: listPrices }),
]
