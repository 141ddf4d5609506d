import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { mergeMetadata, metadata, range, url } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, clearable, hash, list, oneOf, text, unbuilt } from '@/sandbox/http/params'
import { createPrice, defaultPriceShape } from '@/sandbox/resources/price-change'
import {
  changeProduct,
  createProduct,
  descriptor,
  features,
  images,
  type Product,
  type ProductRecord,
  productDataShape,
  productId,
  serializeProduct,
} from '@/sandbox/resources/product-record'
import type { Deleted } from '@/sandbox/wire'

const createShape = {
  ...productDataShape,
  id: productId,
  default_price_data: hash(defaultPriceShape),
}

const updateShape = {
  name: text(5000),
  active: bool,
  default_price: text(255),
  description: clearable(text(40_000)),
  images: clearable(images),
  marketing_features: clearable(features),
  metadata,
  shippable: bool,
  statement_descriptor: descriptor,
  unit_label: clearable(text(12)),
  url: clearable(url),
  package_dimensions: unbuilt((value) => value === ''),
  tax_code: unbuilt((value) => value === ''),
  tax_details: unbuilt((value) => value === ''),
}

function defaultPriceOf(ctx: Ctx, product: ProductRecord, id: string): string {
  const price = byParam(ctx, 'prices', id, 'default_price')
  if (price.product !== product.id) {
    throw invalidRequest(`The price ${id} does not belong to this product.`, { param: 'default_price' })
  }
  return id
}

export const productEndpoints = [
  endpoint({
    route: 'POST /v1/products',
    returns: 'product',
    params: createShape,
    run(ctx, { default_price_data, ...params }) {
      const product = createProduct(ctx, params)
      if (!default_price_data) return serializeProduct(ctx, product)
      const price = createPrice(ctx, product.id, default_price_data, 'default_price_data')
      return serializeProduct(ctx, changeProduct(ctx, product, { default_price: price.id }))
    },
  }),
  endpoint({
    route: 'GET /v1/products/:id',
    returns: 'product',
    run: (ctx, _, id) => serializeProduct(ctx, atPath(ctx, 'products', id)),
  }),
  endpoint({
    route: 'POST /v1/products/:id',
    returns: 'product',
    params: updateShape,
    run(ctx, params, id) {
      const product = atPath(ctx, 'products', id)
      const {
        metadata: keys,
        default_price: price,
        images: pictures,
        marketing_features: points,
        ...rest
      } = params
      const change: Partial<Product> = {
        ...rest,
        ...(pictures === undefined ? {} : { images: pictures ?? [] }),
        ...(points === undefined ? {} : { marketing_features: points ?? [] }),
        ...(price === undefined ? {} : { default_price: defaultPriceOf(ctx, product, price) }),
        metadata: mergeMetadata(product.metadata, keys),
      }
      return serializeProduct(ctx, changeProduct(ctx, product, change))
    },
  }),
  endpoint({
    route: 'GET /v1/products',
    returns: 'list of product',
    params: {
      ...pageParams,
      active: bool,
      created: range,
      ids: list(text(255)),
      shippable: bool,
      type: oneOf('good', 'service'),
      url: text(5000),
    },
    run(ctx, { active, created, ids, shippable, type, url: address, ...page }) {
      if (ids && (page.starting_after ?? page.ending_before) !== undefined) {
        throw invalidRequest('You cannot combine ids with a cursor.', { param: 'ids' })
      }
      return listPage(ctx, 'products', page, {
        url: '/v1/products',
        keep: (product) =>
          !product.adHoc &&
          (active === undefined || product.active === active) &&
          (created === undefined || created(product.created)) &&
          (ids === undefined || ids.includes(product.id)) &&
          (shippable === undefined || product.shippable === shippable) &&
          (type === undefined || product.type === type) &&
          (address === undefined || product.url === address),
        show: (product) => serializeProduct(ctx, product),
      })
    },
  }),
  endpoint({
    route: 'DELETE /v1/products/:id',
    returns: 'product',
    run(ctx, _, id) {
      const product = atPath(ctx, 'products', id)
      if (ctx.store.table('prices').by('product', id).length > 0) {
        throw invalidRequest(
          'This product cannot be deleted because it has one or more user-created prices. Archive it instead by setting active=false.',
        )
      }
      ctx.store.drop('products', id)
      emit(ctx, 'product.deleted', serializeProduct(ctx, product))
      return { id, object: 'product', deleted: true } satisfies Deleted<'product'>
    },
  }),
]
