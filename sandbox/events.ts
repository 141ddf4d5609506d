import { isDeepStrictEqual } from 'node:util'
import type Stripe from 'stripe'
import type { Cause, Ctx } from '@/sandbox/context'
import { apiVersion } from '@/sandbox/http/version'
import type { Store } from '@/sandbox/store/store'
import { trimLater } from '@/sandbox/trimming'
import { deliver } from '@/sandbox/webhooks/undelivered'
import type { Wire } from '@/sandbox/wire'

type Json = Record<string, unknown>

type Identified = { id: string }

/** The one object without an id: it is its customer's. */
type CashBalance = { object: 'cash_balance'; customer: string }

/** Written once and never changed. */
export type EventRecord = {
  id: string
  type: string
  /** In the time of its object. */
  created: number
  /** On the world's clock. */
  written: number
  /** Id of the object it tells of. */
  about: string
  /** How many endpoints it was for: what deliveries say is pending, whenever they go out. */
  audience: number
  data: { object: object; previous_attributes?: Json }
  request: Cause
}

/** Writes an event with `object` as it is now; enabled endpoints that listen to `type` will get it. */
export function emit(
  ctx: Ctx,
  type: Stripe.Event.Type,
  object: Identified | CashBalance,
  previous?: Json,
): void {
  if (ctx.historyFrom !== undefined && ctx.worldNow < ctx.historyFrom) return
  const id = ctx.newId('evt')
  const audience = listeners(ctx, type)
  ctx.store.put('events', {
    id,
    type,
    created: ctx.now,
    written: ctx.worldNow,
    about: 'id' in object ? object.id : object.customer,
    audience: audience.length,
    data: { object, ...(previous ? { previous_attributes: previous } : {}) },
    request: ctx.cause,
  })
  trimLater(ctx, 'events')
  for (const endpoint of audience) deliver(ctx, id, endpoint.id)
}

export function isListenedTo(ctx: Ctx, type: Stripe.Event.Type): boolean {
  return listeners(ctx, type).length > 0
}

/** The enabled endpoints that want events of a type. */
export function listeners(ctx: Ctx, type: string) {
  if (ctx.historyFrom !== undefined) return []
  return [...ctx.store.table('webhookEndpoints').all()].filter(
    ({ status, enabled_events: patterns }) => status === 'enabled' && listensTo(patterns, type),
  )
}

/**
 * Writes an `*.updated` event whose `previous_attributes` are what differs between the two serializations, and no
 * event when nothing does.
 */
export function emitUpdate(ctx: Ctx, type: Stripe.Event.Type, before: Identified, after: Identified): void {
  const previous = previousAttributes(before as Json, after as Json)
  if (Object.keys(previous).length > 0) emit(ctx, type, after, previous)
}

/** Old values of changed keys: of hashes only the changed leaves, of arrays the whole. */
export function previousAttributes(before: Json, after: Json): Json {
  const changed = new Set([...Object.keys(before), ...Object.keys(after)])
  const entries = [...changed].flatMap((key): [string, unknown][] => {
    const [old, next] = [before[key], after[key]]
    if (isDeepStrictEqual(old, next)) return []
    if (isHash(old) && isHash(next)) return [[key, previousAttributes(old, next)]]
    return [[key, old ?? null]]
  })
  return Object.fromEntries(entries)
}

function isHash(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `enabled_events` and the `type` filter take exact names, `*` and `invoice.*`. */
export function listensTo(patterns: readonly string[], type: string): boolean {
  return patterns.some(
    (pattern) =>
      pattern === '*' ||
      pattern === type ||
      (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  )
}

type WireEvent = Wire<Omit<Stripe.EventBase, 'type'>>

export function serializeEvent(store: Store, event: EventRecord) {
  return shown(event, apiVersion, store.table('undelivered').by('event', event.id).length)
}

/** The body that tells an endpoint of an event: the same at every try. @param version the endpoint's own */
export function payloadOf(event: EventRecord, version: string): string {
  return JSON.stringify(shown(event, version, event.audience), null, 2)
}

function shown(event: EventRecord, version: string, pending: number) {
  return {
    id: event.id,
    object: 'event',
    api_version: version,
    created: event.created,
    data: event.data,
    livemode: false,
    pending_webhooks: pending,
    request: event.request,
    type: event.type,
  } satisfies WireEvent & { type: string }
}
