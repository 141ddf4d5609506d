import 'server-only'
import type { Queryable } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/in-transaction'

export type PassKind = 'backfill' | 'comparison' | 'hourly'

/** A pass that this process leads. */
export type Pass = { id: string; kind: PassKind; token: string; startedAt: Date }

export type ListState = {
  cursor: string | null
  /** Stripe's time of the object at the cursor. */
  cursorAt: Date | null
  isFinished: boolean
}

/** Far longer than one page takes. */
const lease = `interval '60 seconds'`
/** Any number that only beginning a pass takes. */
const beginning = 4_733_111

/** The pass is led by somebody else by now. */
export class PassLost extends Error {
  override name = 'PassLost'
}

/** Puts a pass on the list, unless one of its kind is still under way. */
export async function beginPass(kind: PassKind, reason: string): Promise<void> {
  await inTransaction(async (connection) => {
    await connection.query('select pg_advisory_xact_lock($1)', [beginning])
    await connection.query(
      `insert into sync_passes (kind, reason)
       select $1::sync_pass_kind, $2
       where not exists (select from sync_passes where kind = $1::sync_pass_kind and finished_at is null)`,
      [kind, reason],
    )
  })
}

/** Takes the lead of an unfinished pass that nobody leads; the first start goes before everything. */
export async function takePass(): Promise<Pass | null> {
  const { rows } = await pool().query(
    `update sync_passes set lease_token = gen_random_uuid(), leased_until = now() + ${lease}
     where id = (
       select id from sync_passes
       where finished_at is null and (leased_until is null or leased_until < now())
         and not exists (select from sync_passes where finished_at is null and leased_until >= now())
       order by kind, started_at limit 1 for update skip locked
     )
     returning id, kind, lease_token as token, started_at as "startedAt"`,
  )
  return rows[0] ?? null
}

/** Throws `PassLost` when it is no longer ours. */
export async function keepPass(connection: Queryable, pass: Pass): Promise<void> {
  const { rowCount } = await connection.query(
    `update sync_passes set leased_until = now() + ${lease} where id = $1 and lease_token = $2`,
    [pass.id, pass.token],
  )
  if (rowCount === 0) throw new PassLost(`${pass.kind} ${pass.id}`)
}

/** Leaves the lead to whoever comes next. */
export async function leavePass(pass: Pass): Promise<void> {
  await pool().query(
    'update sync_passes set leased_until = null, lease_token = null where id = $1 and lease_token = $2',
    [pass.id, pass.token],
  )
}

export async function finishPass(pass: Pass): Promise<void> {
  await pool().query(
    'update sync_passes set finished_at = now(), leased_until = null where id = $1 and lease_token = $2',
    [pass.id, pass.token],
  )
}

export async function readList(pass: Pass, list: string): Promise<ListState> {
  const { rows } = await pool().query(
    `insert into sync_pass_lists as known (pass_id, list) values ($1, $2)
     on conflict (pass_id, list) do update set list = known.list
     returning cursor, cursor_at as "cursorAt", finished_at is not null as "isFinished"`,
    [pass.id, list],
  )
  return rows[0]
}

export type Progress = { cursor: string; cursorAt: Date; counted: number; done: number; repaired: number }

/** Moves on behind a page; its objects are dealt with. Throws `PassLost`. */
export async function advance(pass: Pass, list: string, progress: Progress): Promise<void> {
  await inTransaction(async (connection) => {
    await keepPass(connection, pass)
    await connection.query(
      `update sync_pass_lists set cursor = $3, cursor_at = $4, counted = counted + $5, done = done + $6,
         repaired = repaired + $7
       where pass_id = $1 and list = $2`,
      [pass.id, list, progress.cursor, progress.cursorAt, progress.counted, progress.done, progress.repaired],
    )
  })
}

/** @param repaired objects that the list no longer showed and that were not as they should be */
export async function finishList(pass: Pass, list: string, repaired: number): Promise<void> {
  await pool().query(
    `update sync_pass_lists set finished_at = now(), repaired = repaired + $3 where pass_id = $1 and list = $2`,
    [pass.id, list, repaired],
  )
}
