import type Stripe from 'stripe'
import { atPath, byParam, type Ctx, referred } from '@/sandbox/context'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest, noSuch } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { required, text } from '@/sandbox/http/params'
import { serializeFeature } from '@/sandbox/resources/entitlement-features'
import type { Deleted, Wire } from '@/sandbox/wire'

/** That a product comes with a feature. */
export type ProductFeatureRecord = { id: string; product: string; feature: string }

function serializeProductFeature(ctx: Ctx, { id, feature }: ProductFeatureRecord) {
  return {
    id,
    object: 'product_feature',
    entitlement_feature: serializeFeature(ctx, referred(ctx, 'entitlementFeatures', feature)),
    livemode: false,
  } satisfies Wire<Stripe.ProductFeature>
}

function featureOf(ctx: Ctx, product: string, id: string): ProductFeatureRecord {
  const attached = atPath(ctx, 'productFeatures', id)
  if (attached.product !== product) throw noSuch('product_feature', id, 'id', 404)
  return attached
}

export const productFeatureEndpoints = [
  endpoint({
    route: 'POST /v1/products/:id/features',
    returns: 'product_feature',
    params: { entitlement_feature: required(text(255)) },
    run(ctx, { entitlement_feature: wanted }, id) {
      const product = atPath(ctx, 'products', id, 'product')
      const feature = byParam(ctx, 'entitlementFeatures', wanted, 'entitlement_feature')
      const known = ctx.store.table('productFeatures').by('product', id)
      if (!feature.active || known.some((attached) => attached.feature === feature.id)) {
        const reason = feature.active ? 'is attached to this product already' : 'is archived'
        throw invalidRequest(`The feature ${feature.id} ${reason}.`, { param: 'entitlement_feature' })
      }
      const attached = { id: ctx.newId('prodft'), product: product.id, feature: feature.id }
      ctx.store.put('productFeatures', attached)
      return serializeProductFeature(ctx, attached)
    },
  }),
  endpoint({
    route: 'GET /v1/products/:id/features/:feature',
    returns: 'product_feature',
    run: (ctx, _, id, feature) => serializeProductFeature(ctx, featureOf(ctx, id, feature)),
  }),
  endpoint({
    route: 'GET /v1/products/:id/features',
    returns: 'list of product_feature',
    params: pageParams,
    run: (ctx, page, id) =>
      listPage(ctx, 'productFeatures', page, {
        url: `/v1/products/${id}/features`,
        among: { product: atPath(ctx, 'products', id, 'product').id },
        show: (attached) => serializeProductFeature(ctx, attached),
      }),
  }),
  endpoint({
    route: 'DELETE /v1/products/:id/features/:feature',
    returns: 'product_feature',
    run(ctx, _, id, feature) {
      ctx.store.drop('productFeatures', featureOf(ctx, id, feature).id)
      return { id: feature, object: 'product_feature', deleted: true } satisfies Deleted<'product_feature'>
    },
  }),
]
