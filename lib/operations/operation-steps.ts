import 'server-only'
import { pool } from '@/lib/db/client'
import { AppFailure } from '@/lib/domain/result'
import { type Lease, leaseTime, tooLate } from './operation-store'

/*
 * What is written around each call to Stripe. Every statement is fenced by the attempt, so that a process that was taken
 * over neither writes nor calls.
 */

/** Two looks this far apart that do not find a step show that it was not done. */
const untilMissed = '60 seconds'

/** Notes that `step` is about to be sent and returns the round of its key; a new round where `isNewRound`. */
export async function beginStep(lease: Lease, step: string, isNewRound: boolean): Promise<number> {
  const { rows } = await pool().query<{ keyRound: number }>(
    `update operations
     set sent_steps = case when $3 = any(sent_steps) then sent_steps else array_append(sent_steps, $3) end,
       key_round = key_round + case when $4 then 1 else 0 end, is_key_spent = is_key_spent and not $4,
       missed_at = null, leased_until = now() + $5::interval
     where id = $1 and attempts = $2 and state = 'running'
     returning key_round as "keyRound"`,
    [lease.id, lease.attempt, step, isNewRound, leaseTime],
  )
  if (!rows[0]) throw takenOver()
  return rows[0].keyRound
}

/** Notes that Stripe has confirmed `step`, and which object came about in it. */
export async function recordStep(
  lease: Lease,
  step: string,
  requestId: string | null,
  made: { type: string; id: string } | null,
): Promise<void> {
  const { rowCount } = await pool().query(
    `update operations
     set step = $3, leased_until = now() + $5::interval, is_key_spent = false, missed_at = null,
       sent_steps = case when $3 = any(sent_steps) then sent_steps else array_append(sent_steps, $3) end,
       stripe_request_ids = case when $4::text is null then stripe_request_ids
         else array_append(stripe_request_ids, $4) end,
       object_type = coalesce($6, object_type), object_id = coalesce($7, object_id)
     where id = $1 and attempts = $2 and state = 'running'`,
    [lease.id, lease.attempt, step, requestId, leaseTime, made?.type ?? null, made?.id ?? null],
  )
  if (rowCount !== 1) throw takenOver()
}

export type Missing = {
  missedAt: string
  /** The first of the looks that did not find it was at least a minute ago. */
  isMissedTwice: boolean
  isKeySpent: boolean
  isOld: boolean
}

/** Notes that Stripe was asked and does not have what the next step makes. */
export async function noteMissing(lease: Lease): Promise<Missing> {
  const { rows } = await pool().query<Missing>(
    `update operations set missed_at = coalesce(missed_at, now())
     where id = $1 and attempts = $2 and state = 'running'
     returning missed_at::text as "missedAt", missed_at <= now() - $3::interval as "isMissedTwice",
       is_key_spent as "isKeySpent", created_at <= now() - $4::interval as "isOld"`,
    [lease.id, lease.attempt, untilMissed, tooLate],
  )
  if (!rows[0]) throw takenOver()
  return rows[0]
}

/** Says that this process is alive and still at it. */
export async function renewLease(lease: Lease): Promise<void> {
  await pool().query(
    `update operations set leased_until = now() + $3::interval
     where id = $1 and attempts = $2 and state = 'running'`,
    [lease.id, lease.attempt, leaseTime],
  )
}

const takenOver = () => new AppFailure({ code: 'operation_running' })
