import 'server-only'
import type { Queryable } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import type { SyncTarget, SyncType } from '@/lib/domain/sync-types'

/*
 * The per-object lock and the to-do list in one row. An object is dirty while `dirty_seq` is ahead of `done_seq`.
 * `next_attempt_at` says when anybody may claim it: at once, after a pause, or when a lease has run out; null when it is
 * clean or dead. Every decision is made by the database's clock, so workers need not agree on the time.
 */

/** A claimed object. Whoever lets the lease run out loses it, and what it then brings back is refused. */
export type Lease = SyncTarget & {
  token: string
  /** The hints that were there when it was claimed; what Stripe says from now on covers them. */
  seq: bigint
  attempts: number
}

const leaseSeconds = 60
const mostAttempts = 8

/** The row has another holder by now. */
export class LeaseLost extends Error {
  override name = 'LeaseLost'
}

/** What new hints (as many as the inserted `dirty_seq` says) do to a row that is there already: it also gives the dead another chance. */
export const onNewHint = `on conflict (type, id) do update set
  dirty_seq = known.dirty_seq + excluded.dirty_seq,
  dirty_at = case when known.next_attempt_at is null then now() else known.dirty_at end,
  next_attempt_at = coalesce(known.next_attempt_at, now()),
  attempts = case when known.dead_at is null then known.attempts else 0 end,
  dead_at = null`

/** Notes that the object may have changed and returns the hint's number, which `done_seq` reaches once that is mirrored. */
export async function markDirty(connection: Queryable, type: SyncType, id: string): Promise<bigint> {
  const { rows } = await connection.query(
    `insert into sync_objects as known (type, id, dirty_seq) values ($1, $2, 1) ${onNewHint} returning dirty_seq`,
    [type, id],
  )
  return BigInt(rows[0].dirty_seq)
}

/** As `markDirty`, for many at once; in one order, so that two of these cannot block each other. */
export async function markAllDirty(connection: Queryable, type: SyncType, ids: string[]): Promise<void> {
  await connection.query(
    `insert into sync_objects as known (type, id, dirty_seq)
     select distinct $1, id, 1 from unnest($2::text[]) as hinted (id) order by id ${onNewHint}`,
    [type, ids],
  )
}

const take = `set lease_token = gen_random_uuid(), attempts = object.attempts + 1,
  next_attempt_at = now() + interval '${leaseSeconds} seconds'`
const taken = 'returning object.type, object.id, object.lease_token, object.dirty_seq, object.attempts'

/** Claims up to `most` objects that are due, the longest waiting first. */
export async function claimDue(most: number): Promise<Lease[]> {
  const { rows } = await pool().query(
    `with due as (
       select type, id from sync_objects where next_attempt_at <= now()
       order by next_attempt_at limit $1 for update skip locked
     )
     update sync_objects as object ${take} from due
     where object.type = due.type and object.id = due.id ${taken}`,
    [most],
  )
  return rows.map(readLease)
}

/** Claims this object, even during its pause; null while somebody else holds it. */
export async function claim({ type, id }: SyncTarget): Promise<Lease | null> {
  const { rows } = await pool().query(
    `update sync_objects as object ${take}
     where type = $1 and id = $2 and (lease_token is null or next_attempt_at <= now()) ${taken}`,
    [type, id],
  )
  return rows[0] ? readLease(rows[0]) : null
}

/** Whether hint `seq` is in the mirror. */
export async function isDone({ type, id }: SyncTarget, seq: bigint): Promise<boolean> {
  const { rowCount } = await pool().query(
    'select from sync_objects where type = $1 and id = $2 and done_seq >= $3',
    [type, id, seq],
  )
  return rowCount === 1
}

/**
 * Gives the lease back with its work done; call it first in the transaction that writes the work, because it also locks the
 * row. Hints that came meanwhile keep the object dirty. Throws `LeaseLost`.
 */
export async function finish(connection: Queryable, lease: Lease): Promise<void> {
  const { rows } = await connection.query(
    `update sync_objects set done_seq = $4, lease_token = null, attempts = 0, postponed = 0, last_error = null, refreshed_at = now(),
       dirty_at = case when dirty_seq > $4 then now() else dirty_at end,
       next_attempt_at = case when dirty_seq > $4 then now() end
     where type = $1 and id = $2 and lease_token = $3
     returning dirty_seq > $4 as dirty`,
    [lease.type, lease.id, lease.token, lease.seq],
  )
  if (rows[0] === undefined) throw new LeaseLost(`${lease.type} ${lease.id}`)
  if (rows[0].dirty) return
  // The row is locked, so every event that is visible now is among the hints just done.
  await connection.query(
    `update stripe_events set state = 'applied', reason = null
     where object_type = $1 and object_id = $2 and state in ('received', 'failed', 'dead')`,
    [lease.type, lease.id],
  )
}

/**
 * Gives the lease back with the work undone. The object is tried again after 1 s, 4 s, … up to an hour, each pause shortened
 * by chance so that many do not come back together; after the eighth try it is dead until somebody hints at it again.
 */
export async function giveUp(lease: Lease, reason: string): Promise<{ dead: boolean }> {
  const { rows } = await pool().query(
    `with object as (
       update sync_objects set lease_token = null, last_error = $4,
         next_attempt_at = case when attempts < $5
           then now() + least(3600, power(4, attempts - 1)) * (0.5 + random() / 2) * interval '1 second' end,
         dead_at = case when attempts < $5 then null else now() end
       where type = $1 and id = $2 and lease_token = $3
       returning type, id, dead_at is not null as dead
     ), events as (
       update stripe_events set state = case when object.dead then 'dead' else 'failed' end::event_state, reason = $4
       from object
       where object_type = object.type and object_id = object.id and state in ('received', 'failed')
     )
     select dead from object`,
    [lease.type, lease.id, lease.token, reason, mostAttempts],
  )
  return { dead: rows[0]?.dead ?? false }
}

/**
 * Gives the lease back because of a trouble that is not the object's: the try does not count. The pause grows up to 20 s,
 * and no further, because once Stripe or the database is back nobody shall wait long.
 */
export async function postpone(lease: Lease, reason: string): Promise<void> {
  await pool().query(
    `update sync_objects set lease_token = null, last_error = $4, attempts = attempts - 1, postponed = postponed + 1,
       next_attempt_at = now() + least(20, 5 * power(1.5, least(postponed, 10))) * (0.75 + random() / 4) * interval '1 second'
     where type = $1 and id = $2 and lease_token = $3`,
    [lease.type, lease.id, lease.token, reason],
  )
}

/** Whether any object was mirrored within the last so many milliseconds. */
export async function anyMirroredWithin(milliseconds: number): Promise<boolean> {
  const { rowCount } = await pool().query(
    `select from sync_objects where refreshed_at > now() - $1 * interval '1 millisecond' limit 1`,
    [milliseconds],
  )
  return rowCount === 1
}

function readLease(row: {
  type: SyncType
  id: string
  lease_token: string
  dirty_seq: string
  attempts: number
}): Lease {
  return {
    type: row.type,
    id: row.id,
    token: row.lease_token,
    seq: BigInt(row.dirty_seq),
    attempts: row.attempts,
  }
}
