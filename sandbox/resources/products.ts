import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { mergeMetadata, metadata, range, taxCode, url } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, clearable, hash, list, oneOf, type Params, text } from '@/sandbox/http/params'
import { createPrice, defaultPriceShape } from '@/sandbox/resources/price-change'
import {
  changeProduct,
  createProduct,
  descriptor,
  dimensionsFrom,
  features,
  images,
  type Product,
  type ProductRecord,
  packageDimensions,
  productDataShape,
  productId,
  serializeProduct,
  taxDetails,
  taxFrom,
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
  package_dimensions: clearable(packageDimensions),
  tax_code: clearable(taxCode),
  tax_details: clearable(taxDetails),
}

function defaultPriceOf(ctx: Ctx, product: ProductRecord, id: string): string {
  const price = byParam(ctx, 'prices', id, 'default_price')
  if (price.product !== product.id) {
    throw invalidRequest(`The price ${id} does not belong to this product.`, { param: 'default_price' })
  }
  if (!price.active) {
    throw invalidRequest('An archived price cannot be the default price.', { param: 'default_price' })
  }
  return id
}

function changeOf(ctx: Ctx, product: ProductRecord, params: Params<typeof updateShape>): Partial<Product> {
  const {
    metadata: keys,
    default_price: price,
    images: pictures,
    marketing_features: points,
    package_dimensions: dimensions,
    tax_code: code,
    tax_details: details,
    ...plain
  } = params
  const change: Partial<Product> = { ...plain, metadata: mergeMetadata(product.metadata, keys) }
  if (pictures !== undefined) change.images = pictures ?? []
  if (points !== undefined) change.marketing_features = points ?? []
  if (price !== undefined) change.default_price = defaultPriceOf(ctx, product, price)
  if (dimensions !== undefined) change.package_dimensions = dimensions && dimensionsFrom(dimensions)
  return { ...change, ...taxFrom(product, { tax_code: code, tax_details: details }) }
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
      return serializeProduct(ctx, changeProduct(ctx, product, changeOf(ctx, product, params)))
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
      for (const { id: feature } of ctx.store.table('productFeatures').by('product', id)) {
        ctx.store.drop('productFeatures', feature)
      }
      ctx.store.drop('products', id)
      emit(ctx, 'product.deleted', serializeProduct(ctx, product))
      return { id, object: 'product', deleted: true } satisfies Deleted<'product'>
    },
  }),
]
