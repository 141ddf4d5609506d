import 'server-only'
import { pool } from '@/lib/db/client'
import type { SyncTarget } from '@/lib/domain/sync-types'
import type { ParsedEvent } from '@/lib/stripe/parse-event'
import { onNewHint } from './leases'

/** An event to keep, with what was decided about it. */
export type KeptEvent = {
  event: ParsedEvent
  state: 'received' | 'ignored' | 'quarantined'
  reason: string | null
  /** The object to mark; null unless `received`. */
  target: SyncTarget | null
  /** The verified body, byte for byte. */
  body: Uint8Array
}

/**
 * Keeps events and marks their objects, all in one statement and so in one commit. Answers for each whether it is new; of
 * several with one id the first may be. Throws what the database threw, and then nothing was kept.
 */
export async function storeEvents(kept: KeptEvent[]): Promise<boolean[]> {
  const firsts = new Map<string, KeptEvent>()
  for (const one of kept) if (!firsts.has(one.event.id)) firsts.set(one.event.id, one)
  const rows = [...firsts.values()]
  const { rows: stored } = await pool().query<{ id: string }>({
    name: 'store-events',
    text: statement,
    values: [describeRows(rows), Buffer.concat(rows.map(({ body }) => body))],
  })
  const isStored = new Set(stored.map(({ id }) => id))
  return kept.map((one) => isStored.has(one.event.id) && firsts.get(one.event.id) === one)
}

/** Everything but the bodies; these travel beside it in one piece, because quoting them would cost more than storing them. */
function describeRows(rows: KeptEvent[]): string {
  let first = 1
  return JSON.stringify(
    rows.map(({ event, state, reason, target, body }) => {
      const row = {
        id: event.id,
        type: event.type,
        target_type: target?.type ?? null,
        target_id: target?.id ?? null,
        created_at: event.createdAt,
        livemode: event.livemode,
        account: event.account,
        api_version: event.apiVersion,
        state,
        reason,
        first,
        bytes: body.byteLength,
      }
      first += body.byteLength
      return row
    }),
  )
}

/**
 * A payment that is known to pay mirrored invoices marks these; of any other the PaymentIntent is marked, and a worker asks
 * Stripe whom it pays. Rows are locked in one order, events before objects, invoices and their charges last, because looking at other
 * objects ends with marking invoices, and at these with marking charges: so two processes, or a process and a worker, do not wait for each other in a circle.
 */
const statement = `
  with given as materialized (
    select * from json_to_recordset($1::json) as given (
      id text, type text, target_type text, target_id text, created_at timestamptz, livemode boolean,
      account text, api_version text, state event_state, reason text, first int, bytes int)
  ), target as materialized (
    select given.id as event_id, coalesce(paid.type, given.target_type) as type, coalesce(paid.id, given.target_id) as id
    from given left join lateral (
      select distinct 'invoice' as type, invoice_id as id from invoice_payments
      where given.target_type = 'payment_intent' and payment_id = given.target_id
    ) as paid on true
    where given.target_type is not null
  ), named as (
    select distinct on (event_id) event_id, type, id from target order by event_id, id
  ), event as (
    insert into stripe_events
      (id, type, object_type, object_id, created_at, livemode, account, api_version, state, reason, payload)
    select given.id, given.type, named.type, named.id, given.created_at, given.livemode, given.account,
      given.api_version, given.state, given.reason,
      convert_from(substring($2::bytea from given.first for given.bytes), 'UTF8')
    from given left join named on named.event_id = given.id
    order by given.id
    on conflict (id) do nothing
    returning id
  ), dirty as (
    insert into sync_objects as known (type, id, dirty_seq)
    select target.type, target.id, count(*) from target join event on event.id = target.event_id
    group by target.type, target.id
    order by array_position(array['invoice', 'charge'], target.type) nulls first, target.type, target.id
    ${onNewHint}
  )
  select id from event`
