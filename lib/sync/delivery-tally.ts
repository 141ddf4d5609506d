import 'server-only'
import { pool } from '@/lib/db/client'
import { log } from '@/lib/log/log'
import { countDelivery, type DeliveryOutcome } from './metrics'

/*
 * How deliveries ended, for people to see on any process's screen. Counted in memory and written every few seconds, so that
 * a flood of forged deliveries costs the database nothing.
 */

type Entry = { count: number; lastAt: number }
type Tally = { entries: Map<DeliveryOutcome, Entry>; timer: NodeJS.Timeout | undefined }

const writeAfter = 5_000

// Next bundles route handlers and pages apart from each other; they shall count in one place.
const shared = globalThis as typeof globalThis & { duebookTally?: Tally }

function tally(): Tally {
  shared.duebookTally ??= { entries: new Map(), timer: undefined }
  return shared.duebookTally
}

/** Counts a delivery, for the metrics of this process and for the tally of all. */
export function noteDelivery(outcome: DeliveryOutcome): void {
  countDelivery(outcome)
  add(outcome, { count: 1, lastAt: Date.now() })
}

function add(outcome: DeliveryOutcome, { count, lastAt }: Entry): void {
  const now = tally()
  const known = now.entries.get(outcome) ?? { count: 0, lastAt: 0 }
  now.entries.set(outcome, { count: known.count + count, lastAt: Math.max(known.lastAt, lastAt) })
  now.timer ??= setTimeout(() => void writeTally(), writeAfter).unref()
}

/** Writes what was counted since the last time. What cannot be written now is kept for the next time. Never throws. */
export async function writeTally(): Promise<void> {
  const current = tally()
  clearTimeout(current.timer)
  shared.duebookTally = undefined
  if (current.entries.size === 0) return
  const entries = [...current.entries]
  try {
    // Ages instead of times, so that the database's clock is the only one.
    await pool().query(
      `insert into webhook_tallies as known (outcome, count, last_at)
       select outcome, count, now() - age * interval '1 millisecond'
       from unnest($1::text[], $2::bigint[], $3::float8[]) as noted (outcome, count, age) order by outcome
       on conflict (outcome) do update set
         count = known.count + excluded.count, last_at = greatest(known.last_at, excluded.last_at)`,
      [
        entries.map(([outcome]) => outcome),
        entries.map(([, { count }]) => count),
        entries.map(([, { lastAt }]) => Math.max(0, Date.now() - lastAt)),
      ],
    )
  } catch (error) {
    log.warn({ err: error }, 'could not note how deliveries ended; tried again later')
    for (const [outcome, entry] of entries) add(outcome, entry)
  }
}
