import { atPath, byParam } from '@/sandbox/context'
import { currency, mergeMetadata, metadata, range, taxBehavior } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, clearable, hash, list, oneOf, text, unbuilt } from '@/sandbox/http/params'
import {
  changePrice,
  createPrice,
  defaultPriceShape,
  freeLookupKey,
  serializePrice,
} from '@/sandbox/resources/price-record'
import { createProduct, productDataShape } from '@/sandbox/resources/product-record'

const createShape = {
  ...defaultPriceShape,
  active: bool,
  billing_scheme: oneOf('per_unit'),
  lookup_key: text(200),
  nickname: text(5000),
  product: text(255),
  product_data: hash({ ...productDataShape, id: text(255) }),
  transfer_lookup_key: bool,
  tiers: unbuilt(),
  tiers_mode: unbuilt(),
  transform_quantity: unbuilt(),
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
    params: {
      active: bool,
      lookup_key: clearable(text(200)),
      metadata,
      nickname: clearable(text(5000)),
      tax_behavior: taxBehavior,
      transfer_lookup_key: bool,
      currency_options: unbuilt(),
    },
    run(ctx, { metadata: keys, transfer_lookup_key: transfer, ...change }, id) {
      const price = atPath(ctx, 'prices', id, 'price')
      const { lookup_key: key, tax_behavior: behavior } = change
      if (behavior !== undefined && behavior !== price.tax_behavior && price.tax_behavior !== 'unspecified') {
        throw invalidRequest('You cannot change the tax behavior of a price once it is specified.', {
          param: 'tax_behavior',
        })
      }
      if (typeof key === 'string' && key !== price.lookup_key) freeLookupKey(ctx, key, transfer ?? false)
      return serializePrice(
        ctx,
        changePrice(ctx, price, { ...change, metadata: mergeMetadata(price.metadata, keys) }),
      )
    },
  }),
  endpoint({
    route: 'GET /v1/prices',
    returns: 'list of price',
    params: {
      ...pageParams,
      active: bool,
      created: range,
      currency,
      lookup_keys: list(text(200), 10),
      product: text(255),
      recurring: hash({
        interval: oneOf('day', 'week', 'month', 'year'),
        usage_type: oneOf('licensed', 'metered'),
      }),
      type: oneOf('one_time', 'recurring'),
    },
    run(
      ctx,
      { active, created, currency: code, lookup_keys: keys, product, recurring: rhythm, type, ...page },
    ) {
      return listPage(ctx, 'prices', page, {
        url: '/v1/prices',
        among: product === undefined ? undefined : ctx.store.table('prices').by('product', product),
        keep: (price) =>
          !price.adHoc &&
          (active === undefined || price.active === active) &&
          (created === undefined || created(price.created)) &&
          (code === undefined || price.currency === code) &&
          (keys === undefined || (price.lookup_key !== null && keys.includes(price.lookup_key))) &&
          (type === undefined || price.type === type) &&
          (rhythm?.interval === undefined || price.recurring?.interval === rhythm.interval) &&
          (rhythm?.usage_type === undefined || price.recurring?.usage_type === rhythm.usage_type),
        show: (price) => serializePrice(ctx, price),
      })
    },
  }),
]
