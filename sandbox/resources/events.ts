import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { type EventRecord, listeners, listensTo, serializeEvent } from '@/sandbox/events'
import { range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { exclusiveParameters, noSuch } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, list, text, unbuilt } from '@/sandbox/http/params'
import { isExpired } from '@/sandbox/trimming'

export const eventEndpoints = [
  endpoint({
    route: 'GET /v1/events/:id',
    returns: 'event',
    run(ctx, _, id) {
      return serializeEvent(ctx.store, readable(ctx, id))
    },
  }),
  endpoint({
    route: 'GET /v1/events',
    returns: 'list of event',
    params: {
      ...pageParams,
      created: range,
      delivery_success: bool,
      type: text(255),
      types: list(text(255), 20),
    },
    run(ctx, { created, delivery_success: delivered, type, types, ...page }) {
      if (type !== undefined && types) throw exclusiveParameters('type', 'types')
      const wanted = types ?? (type === undefined ? ['*'] : [type])
      const undelivered = ctx.store.table('undelivered')
      return listPage(ctx, 'events', page, {
        url: '/v1/events',
        keep: (event) =>
          !isExpired(ctx, 'events', event) &&
          listensTo(wanted, event.type) &&
          (created === undefined || created(event.created)) &&
          (delivered === undefined || (undelivered.by('event', event.id).length === 0) === delivered),
        show: (event) => serializeEvent(ctx.store, event),
      })
    },
  }),
  endpoint({
    route: 'POST /v1/events/:id/retry',
    returns: 'event',
    params: { webhook_endpoint: text(255), for_stripecli: bool, account: unbuilt() },
    run(ctx, { webhook_endpoint: only, for_stripecli: toListeners }, id) {
      const event = readable(ctx, id)
      if (only === undefined && toListeners) ctx.outbox.relay(event.id)
      else resendEvent(ctx, event, only)
      return serializeEvent(ctx.store, event)
    },
  }),
]

/**
 * Sends an event once more, to one endpoint or to all that want it.
 * @throws StripeError 400 for an endpoint that is not there
 */
export function resendEvent(ctx: Ctx, event: EventRecord, only?: string): void {
  const to =
    only === undefined
      ? listeners(ctx, event.type)
      : [byParam(ctx, 'webhookEndpoints', only, 'webhook_endpoint')]
  for (const { id } of to) ctx.outbox.resend(event.id, id)
}

/** An event that can still be read. @throws StripeError 404 */
export function readable(ctx: Ctx, id: string): EventRecord {
  const event = atPath(ctx, 'events', id)
  if (isExpired(ctx, 'events', event)) throw noSuch('event', id, 'id', 404)
  return event
}
