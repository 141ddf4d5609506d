import type Stripe from 'stripe'
import { atPath, type Ctx } from '@/sandbox/context'
import { mergeMetadata, metadata, url } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, checked, clearable, list, oneOf, required, text } from '@/sandbox/http/params'
import { apiVersion } from '@/sandbox/http/version'
import type { Deleted, Wire } from '@/sandbox/wire'

type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>

export type WebhookEndpointRecord = Omit<WebhookEndpoint, 'status' | 'secret'> & {
  status: 'enabled' | 'disabled'
  secret: string
}

/** The secret is told once, in the answer to the creation. */
function serializeWebhookEndpoint(_ctx: Ctx, { secret: _, ...rest }: WebhookEndpointRecord) {
  return rest satisfies WebhookEndpoint
}

const enabledEvents = checked(list(text(255), 250), (types) =>
  types.length === 0 ? 'At least one event type is needed.' : undefined,
)

type NewEndpoint = { url: string; enabledEvents: string[]; secret?: string; description?: string | null }

export function createWebhookEndpoint(ctx: Ctx, { url, enabledEvents, ...rest }: NewEndpoint) {
  const record: WebhookEndpointRecord = {
    id: ctx.newId('we'),
    object: 'webhook_endpoint',
    api_version: apiVersion,
    application: null,
    created: ctx.now,
    description: rest.description ?? null,
    enabled_events: enabledEvents,
    livemode: false,
    metadata: {},
    secret: rest.secret ?? `whsec_${ctx.newToken(32)}`,
    status: 'enabled',
    url,
  }
  ctx.store.put('webhookEndpoints', record)
  return record
}

export const webhookEndpointEndpoints = [
  endpoint({
    route: 'POST /v1/webhook_endpoints',
    returns: 'webhook_endpoint',
    params: {
      url: required(url),
      enabled_events: required(enabledEvents),
      description: clearable(text(5000)),
      metadata,
      api_version: oneOf(apiVersion),
      connect: bool,
    },
    run(ctx, params) {
      const most = 16
      if (ctx.store.table('webhookEndpoints').size >= most) {
        throw invalidRequest(`You have reached the maximum of ${most} test webhook endpoints.`)
      }
      const record = createWebhookEndpoint(ctx, {
        url: params.url,
        enabledEvents: params.enabled_events,
        description: params.description,
      })
      const withMetadata = { ...record, metadata: mergeMetadata({}, params.metadata) }
      ctx.store.put('webhookEndpoints', withMetadata)
      return { ...serializeWebhookEndpoint(ctx, withMetadata), secret: record.secret }
    },
  }),
  endpoint({
    route: 'GET /v1/webhook_endpoints',
    returns: 'list of webhook_endpoint',
    params: pageParams,
    run: (ctx, page) =>
      listPage(ctx, 'webhookEndpoints', page, {
        url: '/v1/webhook_endpoints',
        show: (record) => serializeWebhookEndpoint(ctx, record),
      }),
  }),
  endpoint({
    route: 'GET /v1/webhook_endpoints/:id',
    returns: 'webhook_endpoint',
    run: (ctx, _, id) => serializeWebhookEndpoint(ctx, atPath(ctx, 'webhookEndpoints', id)),
  }),
  endpoint({
    route: 'POST /v1/webhook_endpoints/:id',
    returns: 'webhook_endpoint',
    params: {
      url,
      enabled_events: enabledEvents,
      disabled: bool,
      description: clearable(text(5000)),
      metadata,
    },
    run(ctx, { disabled, metadata: keys, ...change }, id) {
      const record = atPath(ctx, 'webhookEndpoints', id)
      const changed: WebhookEndpointRecord = {
        ...record,
        ...change,
        metadata: mergeMetadata(record.metadata, keys),
        status: disabled === undefined ? record.status : disabled ? 'disabled' : 'enabled',
      }
      ctx.store.put('webhookEndpoints', changed)
      return serializeWebhookEndpoint(ctx, changed)
    },
  }),
  endpoint({
    route: 'DELETE /v1/webhook_endpoints/:id',
    returns: 'webhook_endpoint',
    run(ctx, _, id) {
      atPath(ctx, 'webhookEndpoints', id)
      ctx.store.drop('webhookEndpoints', id)
      for (const row of ctx.store.table('undelivered').by('endpoint', id))
        ctx.store.drop('undelivered', row.id)
      return { id, object: 'webhook_endpoint', deleted: true } satisfies Deleted<'webhook_endpoint'>
    },
  }),
]
