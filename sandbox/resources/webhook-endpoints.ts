import { atPath } from '@/sandbox/context'
import { listensTo } from '@/sandbox/events'
import { mergeMetadata, metadata, url } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, checked, clearable, list, oneOf, required, text, unbuilt } from '@/sandbox/http/params'
import { noteHeard } from '@/sandbox/resources/invoice-schedule'
import {
  createWebhookEndpoint,
  serializeWebhookEndpoint,
  type WebhookEndpointRecord,
} from '@/sandbox/resources/webhook-endpoint-record'
import { apiVersions } from '@/sandbox/webhooks/api-versions'
import { eventTypes } from '@/sandbox/webhooks/event-types'
import { forget } from '@/sandbox/webhooks/undelivered'
import type { Deleted } from '@/sandbox/wire'

/** Endpoints that an account may have. */
const most = 16

/** A type of event, `*`, or a family such as `invoice.*`. */
const eventPattern = checked(text(255), (pattern) =>
  eventTypes.some((type) => listensTo([pattern], type)) ? undefined : `Invalid event type: ${pattern}.`,
)

const enabledEvents = list(eventPattern)

export const webhookEndpointEndpoints = [
  endpoint({
    route: 'POST /v1/webhook_endpoints',
    returns: 'webhook_endpoint',
    params: {
      url: required(url),
      enabled_events: required(enabledEvents),
      description: clearable(text(5000)),
      metadata,
      api_version: oneOf(...apiVersions),
      connect: unbuilt((value) => value === 'false'),
    },
    run(ctx, { metadata: keys, ...params }) {
      if (ctx.store.table('webhookEndpoints').size >= most) {
        throw invalidRequest(`You have reached the maximum of ${most} test webhook endpoints.`)
      }
      const record = createWebhookEndpoint(ctx, { ...params, metadata: mergeMetadata({}, keys) })
      return { ...serializeWebhookEndpoint(record), secret: record.secret }
    },
  }),
  endpoint({
    route: 'GET /v1/webhook_endpoints',
    returns: 'list of webhook_endpoint',
    params: pageParams,
    run: (ctx, page) =>
      listPage(ctx, 'webhookEndpoints', page, {
        url: '/v1/webhook_endpoints',
        show: serializeWebhookEndpoint,
      }),
  }),
  endpoint({
    route: 'GET /v1/webhook_endpoints/:id',
    returns: 'webhook_endpoint',
    run: (ctx, _, id) => serializeWebhookEndpoint(atPath(ctx, 'webhookEndpoints', id)),
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
      return serializeWebhookEndpoint(changed)
    },
  }),
  endpoint({
    route: 'DELETE /v1/webhook_endpoints/:id',
    returns: 'webhook_endpoint',
    run(ctx, _, id) {
      atPath(ctx, 'webhookEndpoints', id)
      ctx.store.drop('webhookEndpoints', id)
      for (const row of ctx.store.table('undelivered').by('endpoint', id)) {
        forget(ctx, row)
        // Nobody waits any longer for an answer of this one.
        noteHeard(ctx, row.event)
      }
      return { id, object: 'webhook_endpoint', deleted: true } satisfies Deleted<'webhook_endpoint'>
    },
  }),
]
