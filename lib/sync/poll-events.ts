import 'server-only'
import type Stripe from 'stripe'
import { pool } from '@/lib/db/client'
import { log } from '@/lib/log/log'
import { parseEvent } from '@/lib/stripe/parse-event'
import { instant } from '@/lib/stripe/read'
import { isUnknownCursor } from '@/lib/stripe/to-app-error'
import { recordRepair } from './compare'
import { storeEvent } from './inbox'
import { beginPass } from './pass-store'
import { reader } from './reader'

/** Events may be listed late. What was seen before is recognized by its id. */
const overlapSeconds = 600
/** A webhook that has not come after this time is taken for lost. */
const deliverySeconds = 60
/** As far back as Stripe keeps events. */
const kept = `interval '30 days'`

type Status = { cursor: string | null; isExpired: boolean; since: Date | null; isFirst: boolean; now: Date }
type Cursor = { id: string; at: Date }

/**
 * Asks Stripe for the events since the last poll and puts into the inbox those that no webhook brought; returns how many had
 * been lost, and not only been slow. It goes on behind an event and not at a time, since many share a second; and that event
 * is ten minutes old, since some are listed late. When Stripe no longer knows it, events have been lost for good: then
 * everything is compared.
 */
export async function pollEvents(): Promise<{ missed: number }> {
  const status = await readStatus()
  if (status === null) return { missed: 0 }
  if (status.isFirst) await askForMails(status)
  try {
    if (status.isExpired) return await startAnew(status)
    return { missed: await poll(status) }
  } catch (error) {
    if (!isUnknownCursor(error, 'ending_before')) throw error
    return await startAnew(status)
  }
}

async function readStatus(): Promise<Status | null> {
  const { rows } = await pool().query(
    `select events_cursor as cursor, mirrors_since as since, events_polled_at is null as "isFirst", now() as now,
       events_cursor_at is not null and events_cursor_at < now() - ${kept} as "isExpired"
     from sync_status where id = 1`,
  )
  return rows[0] ?? null
}

async function poll(status: Status): Promise<number> {
  let missed = 0
  const seen: Cursor[] = []
  for await (const event of eventsAfter(status)) {
    seen.push({ id: event.id, at: instant(event.created) })
    if (await keep(event, status)) missed += 1
  }
  await moveOn(oldEnough(seen), status.now)
  // In a healthy installation this is zero: every repair here is a webhook that did not arrive.
  if (missed > 0) log.warn({ missed }, 'found events that no webhook had brought')
  return missed
}

/** Oldest first behind a cursor; the first time newest first, since when the mirror was begun. */
function eventsAfter({ cursor, since }: Status): AsyncIterable<Stripe.Event> {
  if (cursor !== null) return reader().events.list({ ending_before: cursor, limit: 100 })
  const created = since && { gte: Math.floor(since.getTime() / 1_000) - overlapSeconds }
  return reader().events.list({ limit: 100, ...(created && { created }) })
}

/** The newest of the events that are so old, by Stripe's own clock, that no older one will still turn up. */
function oldEnough(seen: Cursor[]): Cursor | null {
  const times = seen.map(({ at }) => at.getTime())
  const horizon = times.reduce((latest, time) => Math.max(latest, time), 0) - overlapSeconds * 1_000
  const isAscending = (times[0] ?? 0) <= (times.at(-1) ?? 0)
  const oldestFirst = isAscending ? seen : seen.toReversed()
  return oldestFirst.findLast(({ at }) => at.getTime() <= horizon) ?? null
}

async function moveOn(cursor: Cursor | null, now: Date): Promise<void> {
  await pool().query(
    `update sync_status set events_polled_at = $3, events_cursor = coalesce($1, events_cursor),
       events_cursor_at = coalesce($2, events_cursor_at)
     where id = 1`,
    [cursor?.id ?? null, cursor?.at ?? null, now],
  )
}

/** True when the event is one whose webhook was lost. */
async function keep(event: Stripe.Event, { isFirst, now }: Status): Promise<boolean> {
  const body = JSON.stringify(event)
  const parsed = parseEvent(body)
  if (parsed === null || (await storeEvent(parsed, body)) !== 'stored') return false
  if (isFirst || event.created >= now.getTime() / 1_000 - deliverySeconds) return false
  const differences = [{ field: 'event', ours: null, theirs: event.id }]
  if (parsed.concerns)
    await recordRepair(pool(), parsed.concerns, { by: 'poll', healedBy: 'fetched', differences })
  return true
}

/** That an invoice was mailed is nowhere to be seen on it: the first time, that is asked for as far back as Stripe knows. */
async function askForMails(status: Status): Promise<void> {
  for await (const event of reader().events.list({ type: 'invoice.sent', limit: 100 }))
    await keep(event, status)
}

async function startAnew({ now }: Status): Promise<{ missed: number }> {
  const [newest] = (await reader().events.list({ limit: 1 })).data
  await beginPass('comparison', 'events expired')
  await moveOn(newest ? { id: newest.id, at: instant(newest.created) } : null, now)
  if (!newest)
    await pool().query('update sync_status set events_cursor = null, events_cursor_at = null where id = 1')
  log.warn('Stripe no longer keeps the events since the last poll: everything is compared')
  return { missed: 0 }
}
