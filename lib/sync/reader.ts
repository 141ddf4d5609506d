import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import type Stripe from 'stripe'
import { pool } from '@/lib/db/client'
import { env } from '@/lib/env'
import { pacedClient } from '@/lib/stripe/paced-client'

let client: Stripe | undefined

/** For everything that keeps the mirror right: all processes together stay within half of Stripe's rate. */
export function reader(): Stripe {
  client ??= pacedClient({ turn, refused })
  return client
}

/** Without a `Retry-After`: long enough for a window of a second to pass. */
const usualPause = 1
/** Whatever a server asks for, nobody is kept waiting longer than a lease bears. */
const longestPause = 20

/**
 * Turns lie evenly on the database's clock, whoever takes them. The row only says when the next one is: a process that dies
 * with its turn unused wastes one.
 */
async function turn(): Promise<void> {
  const { readsPerSecond } = env().stripe
  if (readsPerSecond === null) return
  const { rows } = await pool().query<{ wait: number }>(
    `insert into stripe_turns as turns (id, next_at) values (1, clock_timestamp() + $1 * interval '1 second')
     on conflict (id) do update set next_at = greatest(turns.next_at, clock_timestamp()) + $1 * interval '1 second'
     returning extract(epoch from next_at - clock_timestamp())::float8 - $1 as wait`,
    [1 / readsPerSecond],
  )
  const wait = rows[0]?.wait ?? 0
  if (wait > 0) await pause(wait * 1_000)
}

/** Everybody waits, each a little longer by chance, so that not all come back together. */
async function refused(retryAfter: number | null): Promise<void> {
  const seconds = Math.min(retryAfter ?? usualPause, longestPause) * (1 + Math.random() / 4)
  await pool().query(
    `update stripe_turns set next_at = greatest(next_at, clock_timestamp() + $1 * interval '1 second')`,
    [seconds],
  )
}
