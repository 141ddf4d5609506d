import 'server-only'
import { pool } from '@/lib/db/client'
import { log } from '@/lib/log/log'
import { stripe } from '@/lib/stripe/client'
import { parseEvent } from '@/lib/stripe/parse-event'
import { storeEvent } from './inbox'

/** Events may be listed late, and clocks differ. What was seen before is recognized by its id. */
const overlapSeconds = 600
/** A webhook that has not come after this time is taken for lost. */
const deliverySeconds = 60
/** As far back as Stripe keeps events. */
const monthSeconds = 30 * 86_400

/**
 * Asks Stripe for recent events and puts into the inbox those that no webhook brought; returns how many had been lost (and
 * not only been slow). The first time only
 * `invoice.sent` is asked for, a month back: that an invoice was mailed is nowhere to be seen on it.
 */
export async function pollEvents(): Promise<{ missed: number }> {
  const { rows } = await pool().query(
    `select extract(epoch from events_polled_at)::float8 as since, extract(epoch from now())::float8 as now
     from sync_status where id = 1`,
  )
  if (rows[0] === undefined) return { missed: 0 }
  const { since, now }: { since: number | null; now: number } = rows[0]
  const isFirst = since === null
  const from = Math.floor(isFirst ? now - monthSeconds : since - overlapSeconds)
  let missed = 0
  for await (const event of stripe().events.list({
    created: { gte: from },
    limit: 100,
    ...(isFirst && { type: 'invoice.sent' }),
  })) {
    const body = JSON.stringify(event)
    const parsed = parseEvent(body)
    const isNew = parsed !== null && (await storeEvent(parsed, body)) === 'stored'
    if (isNew && event.created < now - deliverySeconds) missed += 1
  }
  await pool().query('update sync_status set events_polled_at = to_timestamp($1) where id = 1', [now])
  // In a healthy installation this is zero: every repair here is a webhook that did not arrive.
  if (missed > 0 && !isFirst) log.warn({ missed }, 'found events that no webhook had brought')
  return { missed }
}
