import 'server-only'
import { pool } from '@/lib/db/client'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { type ParsedEvent, parseEvent } from '@/lib/stripe/parse-event'
import { type SignatureProblem, verifySignature } from '@/lib/stripe/verify-signature'
import { onNewHint } from './leases'
import { wakeWorkers } from './wake'

/**
 * `stored`: its object will be looked at. `ignored`: kept, but it concerns nothing that is mirrored. `quarantined`: kept, but
 * it comes from another mode or account. `duplicate`: it is here already, nothing was done.
 */
export type Reception = 'stored' | 'ignored' | 'quarantined' | 'duplicate'
export type Rejection = SignatureProblem | 'not_text' | 'not_an_event'
export type Received = { accepted: true; as: Reception } | { accepted: false; because: Rejection }

/**
 * Takes a delivery by Stripe: checks the signature over the very bytes, then keeps the event and marks its object in one
 * statement. It asks Stripe nothing and decides nothing else. What is rejected leaves nothing behind. Throws what the
 * database threw; the event is then not here, and Stripe has to send it again.
 */
export async function receiveEvent(rawBody: Uint8Array, signatureHeader: string | null): Promise<Received> {
  const body = decode(rawBody)
  if (body === null) return { accepted: false, because: 'not_text' }
  const problem = verifySignature(body, signatureHeader)
  if (problem !== null) return { accepted: false, because: problem }
  const event = parseEvent(body)
  if (event === null) return { accepted: false, because: 'not_an_event' }
  return { accepted: true, as: await storeEvent(event, body) }
}

/** Keeps an event that is known to be Stripe's, whatever way it came. */
export async function storeEvent(event: ParsedEvent, body: string): Promise<Reception> {
  const foreign = whyForeign(event)
  const target = foreign === null ? event.concerns : null
  const as = foreign !== null ? 'quarantined' : target === null ? 'ignored' : 'stored'
  const { rows } = await pool().query({
    name: 'store-event',
    text: storeStatement,
    values: [
      event.id,
      event.type,
      target?.type ?? null,
      target?.id ?? null,
      event.createdAt,
      event.livemode,
      event.account,
      event.apiVersion,
      as === 'stored' ? 'received' : as,
      foreign ?? (as === 'ignored' ? 'nothing that is mirrored' : null),
      body,
    ],
  })
  if (!rows[0]?.is_new) return 'duplicate'
  if (as === 'stored') wakeWorkers()
  if (as === 'quarantined')
    log.warn({ event: event.id, type: event.type, reason: foreign }, 'quarantined an event')
  return as
}

/**
 * A payment that is known to pay mirrored invoices marks these; of any other the PaymentIntent is marked, and a worker asks
 * Stripe whom it pays. A duplicate is recognized before anything else is done.
 */
const storeStatement = `
  with invoice as (
    select distinct 'invoice' as type, invoice_id as id from invoice_payments
    where $3 = 'payment_intent' and payment_id = $4
  ), target as (
    select type, id from invoice
    union all
    select $3, $4 where $3 is not null and not exists (select from invoice)
  ), event as (
    insert into stripe_events
      (id, type, object_type, object_id, created_at, livemode, account, api_version, state, reason, payload)
    select $1, $2, (select type from target order by id limit 1), (select id from target order by id limit 1),
      $5, $6, $7, $8, $9::event_state, $10, $11
    on conflict (id) do nothing
    returning id
  ), dirty as (
    insert into sync_objects as known (type, id, dirty_seq)
    select target.type, target.id, 1 from target, event order by target.id
    ${onNewHint}
  )
  select exists (select from event) as is_new`

/** Why an event, although signed with our secret, must not touch this mirror. */
function whyForeign(event: ParsedEvent): string | null {
  const { livemode } = env().stripe
  if (event.livemode !== livemode)
    return `sent in ${event.livemode ? 'live' : 'test'} mode, our key is of the other`
  return event.account === null ? null : `sent for the connected account ${event.account}`
}

/** Strict, and without dropping a byte order mark: the signature is over these bytes and no others. */
function decode(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    return null
  }
}
