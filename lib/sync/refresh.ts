import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { announce } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/in-transaction'
import type { MirroredType, SyncTarget } from '@/lib/domain/sync-types'
import { log } from '@/lib/log/log'
import { isUnreachable } from '@/lib/stripe/to-app-error'
import { kinds } from './kinds'
import {
  anyMirroredWithin,
  claim,
  finish,
  giveUp,
  isDone,
  type Lease,
  LeaseLost,
  markDirty,
  postpone,
} from './leases'
import type { Sight } from './look'
import { resolvePaymentIntent } from './resolve-payment-intent'
import { describeTrouble } from './trouble'
import { wakeWorkers } from './wake'

/*
 * The one way in which the mirror changes. Payloads of events are never believed: the object is fetched under its lease, so
 * fetches of one object do not overlap and the last one shows the last change.
 */

async function look({ type, id }: SyncTarget): Promise<Sight> {
  return type === 'payment_intent' ? await resolvePaymentIntent(id) : await kinds[type].look(id)
}

const onlyThisOne = { reason: 'Stripe answers for other objects, but not for this one.', isObjectsOwn: true }

export type Refreshed = 'mirrored' | 'gone'

/** Fetches a claimed object and writes what Stripe says. Throws what Stripe or the database threw, or `LeaseLost`. */
export async function mirror(lease: Lease): Promise<Refreshed> {
  const sight = await look(lease)
  await inTransaction(async (connection) => {
    await finish(connection, lease)
    await sight.write(connection)
    await announce([...sight.topics, 'sync'], connection)
  })
  return sight.gone ? 'gone' : 'mirrored'
}

/** As `mirror`, but a failure is noted on the object, which is tried again later. Never throws. */
export async function mirrorOrRetryLater(lease: Lease): Promise<Refreshed | 'postponed' | 'failed' | 'lost'> {
  const began = performance.now()
  try {
    return await mirror(lease)
  } catch (error) {
    if (error instanceof LeaseLost) return 'lost'
    let trouble = describeTrouble(error)
    const object = `${lease.type} ${lease.id}`
    try {
      // What fails for one object while others succeed is that object's trouble, and must not go on for ever.
      if (isUnreachable(error) && (await anyMirroredWithin(performance.now() - began))) trouble = onlyThisOne
      if (!trouble.isObjectsOwn) {
        await postpone(lease, trouble.reason)
        return 'postponed'
      }
      const { dead } = await giveUp(lease, trouble.reason)
      log.error({ err: error, object, attempts: lease.attempts, dead }, 'could not mirror an object')
      if (dead) await announce(['sync'])
      return 'failed'
    } catch (unwritten) {
      log.warn({ err: unwritten, object, trouble: trouble.reason }, 'left an object to its lease')
      return 'lost'
    }
  }
}

/**
 * Brings the object in the mirror up to what Stripe says now, waiting for whoever is at it. Throws what Stripe or the
 * database threw.
 */
export async function refresh(type: MirroredType, id: string): Promise<Refreshed> {
  const target = { type, id }
  const seq = await markDirty(pool(), type, id)
  const lease = await claimUnlessDone(target, seq, 30_000)
  if (lease === 'done') return (await isGone(target)) ? 'gone' : 'mirrored'
  if (lease === null) throw new LeaseLost(`${type} ${id} is being fetched by somebody else`)
  try {
    return await mirror(lease)
  } catch (error) {
    const trouble = describeTrouble(error)
    if (trouble.isObjectsOwn) await giveUp(lease, trouble.reason)
    else await postpone(lease, trouble.reason)
    throw error
  }
}

/**
 * For use cases, after their Stripe calls: shows the change at once where that is possible, else leaves it to the worker.
 * Never throws, because what was done at Stripe stays done.
 */
export async function refreshAfterWrite(type: MirroredType, id: string): Promise<void> {
  try {
    const seq = await markDirty(pool(), type, id)
    const lease = await claimUnlessDone({ type, id }, seq, 3_000)
    if (lease !== null && lease !== 'done') await mirrorOrRetryLater(lease)
    wakeWorkers()
  } catch (error) {
    log.warn({ err: error, object: `${type} ${id}` }, 'the mirror will learn of a write by its webhook')
  }
}

/** The lease, `done` when somebody else has meanwhile mirrored hint `seq`, or null when that takes too long. */
async function claimUnlessDone(
  target: SyncTarget,
  seq: bigint,
  patience: number,
): Promise<Lease | 'done' | null> {
  const deadline = performance.now() + patience
  do {
    const lease = await claim(target)
    if (lease !== null) return lease
    await pause(20)
    if (await isDone(target, seq)) return 'done'
  } while (performance.now() < deadline)
  return null
}

async function isGone({ type, id }: { type: MirroredType; id: string }): Promise<boolean> {
  const { rowCount } = await pool().query(
    `select from ${kinds[type].table} where id = $1 and deleted_at is null`,
    [id],
  )
  return rowCount === 0
}
