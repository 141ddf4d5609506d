import type Stripe from 'stripe'
import { atPath, type Ctx } from '@/sandbox/context'
import { mergeMetadata, metadata } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, required, text } from '@/sandbox/http/params'
import type { Wire } from '@/sandbox/wire'

export type EntitlementFeatureRecord = Wire<Stripe.Entitlements.Feature>

export function serializeFeature(_ctx: Ctx, feature: EntitlementFeatureRecord) {
  return feature satisfies EntitlementFeatureRecord
}

/** What a product can promise; no event tells of it. */
export const entitlementFeatureEndpoints = [
  endpoint({
    route: 'POST /v1/entitlements/features',
    returns: 'entitlements.feature',
    params: { lookup_key: required(text(80)), name: required(text(80)), metadata },
    run(ctx, { lookup_key, name, metadata: keys }) {
      if (ctx.store.table('entitlementFeatures').by('lookup_key', lookup_key).length > 0) {
        throw invalidRequest(`A feature with the lookup key ${lookup_key} exists already.`, {
          code: 'resource_already_exists',
          param: 'lookup_key',
        })
      }
      const feature: EntitlementFeatureRecord = {
        id: ctx.newId('feat_test'),
        object: 'entitlements.feature',
        active: true,
        livemode: false,
        lookup_key,
        metadata: mergeMetadata({}, keys),
        name,
      }
      ctx.store.put('entitlementFeatures', feature)
      return serializeFeature(ctx, feature)
    },
  }),
  endpoint({
    route: 'GET /v1/entitlements/features/:id',
    returns: 'entitlements.feature',
    run: (ctx, _, id) => serializeFeature(ctx, atPath(ctx, 'entitlementFeatures', id)),
  }),
  endpoint({
    route: 'POST /v1/entitlements/features/:id',
    returns: 'entitlements.feature',
    params: { active: bool, metadata, name: text(80) },
    run(ctx, { metadata: keys, ...change }, id) {
      const feature = atPath(ctx, 'entitlementFeatures', id)
      const changed = { ...feature, ...change, metadata: mergeMetadata(feature.metadata, keys) }
      ctx.store.put('entitlementFeatures', changed)
      return serializeFeature(ctx, changed)
    },
  }),
  endpoint({
    route: 'GET /v1/entitlements/features',
    returns: 'list of entitlements.feature',
    params: { ...pageParams, archived: bool, lookup_key: text(80) },
    run: (ctx, { archived, lookup_key: key, ...page }) =>
      listPage(ctx, 'entitlementFeatures', page, {
        url: '/v1/entitlements/features',
        among: { lookup_key: key },
        keep: ({ active }) => archived === undefined || active !== archived,
        show: (feature) => serializeFeature(ctx, feature),
      }),
  }),
]
