import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { announce } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/in-transaction'
import type { MirroredType } from '@/lib/domain/sync-types'
import { log } from '@/lib/log/log'
import { type Difference, healing, recordRepair, writeAndCompare } from './compare'
import type { Listed } from './kind'
import { kinds } from './kinds'
import { claim, finish, markAllDirty } from './leases'
import type { Sight } from './look'
import type { PassKind } from './pass-store'
import { describeTrouble } from './trouble'
import { wakeWorkers } from './wake'

type Target = { type: MirroredType; id: string }

/** A page of a list, with the database's time of just before it was asked for. */
export type Seen = { type: MirroredType; listed: Listed[]; askedAt: Date }

const atOnce = 4

/**
 * Takes a page over as it is. What is, or has meanwhile been, in other hands is left to these: they look later and see more.
 * Returns how many objects the page itself brought into the mirror.
 */
export async function takeOver({ type, listed, askedAt }: Seen): Promise<number> {
  let done = 0
  await eachOf(listed, async (object) => {
    const target = { type, id: object.id }
    const sight = await see(target, object)
    if (sight === null) {
      await markAllDirty(pool(), type, [object.id])
      wakeWorkers()
      return
    }
    const isWritten = await inTransaction(async (connection) => {
      if (!(await mayWrite(connection, target, askedAt))) return false
      await sight.write(connection)
      return true
    })
    if (isWritten) done += 1
  })
  return done
}

/** Compares a page with the mirror and heals what differs. Returns how many agreed or were in other hands, and how many not. */
export async function comparePage(
  { type, listed, askedAt }: Seen,
  by: PassKind,
  grace: number,
): Promise<{ done: number; repaired: number }> {
  const suspects: Target[] = []
  await eachOf(listed, async (object) => {
    const target = { type, id: object.id }
    const sight = await see(target, object)
    if (sight === null || (await isOtherwise(target, sight, askedAt))) suspects.push(target)
  })
  if (suspects.length > 0) await pause(grace)
  const repaired = await healAll(suspects, by)
  return { done: listed.length - repaired, repaired }
}

/** Looks at each object by itself; what is found otherwise than it was mirrored is kept as a repair. */
export async function healAll(targets: Target[], by: PassKind): Promise<number> {
  let repaired = 0
  await eachOf(targets, async (target) => {
    if (await heal(target, by)) repaired += 1
  })
  return repaired
}

async function heal(target: Target, by: PassKind): Promise<boolean> {
  const lease = await claim(target)
  // Somebody is at it and will see what there is to see.
  if (lease === null) return false
  try {
    const sight = await kinds[target.type].look(target.id)
    const differences = await inTransaction(async (connection) => {
      await finish(connection, lease)
      const found = await writeAndCompare(connection, target, sight)
      if (found.length > 0) {
        await recordRepair(connection, target, { by, healedBy: healing(found), differences: found })
        await announce([...sight.topics, 'sync'], connection)
      }
      return found
    })
    if (differences.length > 0) warn(target, by, differences)
    return differences.length > 0
  } catch (error) {
    // The lease runs out, and a worker tries again and notes what keeps it.
    log.warn({ err: error, object: `${target.type} ${target.id}` }, 'could not compare an object')
    if (!describeTrouble(error).isObjectsOwn) throw error
    return false
  }
}

function warn(target: Target, by: PassKind, differences: Difference[]): void {
  const fields = differences.map(({ field }) => field)
  log.warn({ object: `${target.type} ${target.id}`, by, fields }, 'the mirror was wrong and has been healed')
}

/** What Stripe shows of an object; null when it is not understood, which a look under its lease notes with the reason. */
async function see(target: Target, object: Listed): Promise<Sight | null> {
  try {
    return (await object.look()) ?? (await kinds[target.type].look(target.id))
  } catch (error) {
    if (!describeTrouble(error).isObjectsOwn) throw error
    return null
  }
}

/**
 * Locks the object's row and tells whether what a list showed is at least as new as the mirror: nobody holds the object or
 * has been told to look at it, and whoever looked last had finished when the list was asked for.
 */
async function mayWrite(connection: PoolClient, { type, id }: Target, askedAt: Date): Promise<boolean> {
  const { rowCount } = await connection.query(
    `update sync_objects set refreshed_at = now(), dead_at = null, last_error = null, attempts = 0
     where type = $1 and id = $2 and lease_token is null and next_attempt_at is null
       and (refreshed_at is null or refreshed_at < $3)`,
    [type, id, askedAt],
  )
  return rowCount === 1
}

/** Keeps what it wrote only where that changed nothing. */
async function isOtherwise(target: Target, sight: Sight, askedAt: Date): Promise<boolean> {
  return await inTransaction(async (connection) => {
    await connection.query('savepoint trial')
    if (!(await mayWrite(connection, target, askedAt))) return false
    const isFound = (await writeAndCompare(connection, target, sight)).length > 0
    if (isFound) await connection.query('rollback to savepoint trial')
    return isFound
  })
}

/** Notes that Stripe has listed these, which also gives each the row that looks at it are fenced by. */
export async function noteListed(type: MirroredType, listed: Listed[]): Promise<void> {
  await pool().query(
    `insert into sync_objects (type, id, dirty_seq, next_attempt_at, listed_at)
     select distinct $1, id, 0, null::timestamptz, now() from unnest($2::text[]) as listed (id) order by id
     on conflict (type, id) do update set listed_at = now()`,
    [type, listed.map(({ id }) => id)],
  )
}

async function eachOf<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const next = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}
