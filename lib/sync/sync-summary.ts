import 'server-only'
import { pool } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import type { DeadObjectRow, StripeEventRow, SyncHealth, SyncSummary } from '@/lib/domain/sync-view'
import { env } from '@/lib/env'
import { readBacklog } from './backlog'

const workerSilentAfter = 60_000

/** What the sync page and the shell's line of truth show: health, the newest events, and what was given up on. */
export async function syncSummary(_ctx: Ctx): Promise<SyncSummary> {
  const [health, events, deadObjects] = await Promise.all([syncHealth(), newestEvents(), deadObjectRows()])
  return { health, events, deadObjects }
}

export async function syncHealth(): Promise<SyncHealth> {
  const [backlog, { rows }] = await Promise.all([
    readBacklog(),
    pool().query(
      `select now(), status.*, (select max(received_at) from stripe_events) as last_event_at
       from (select 1) as one left join sync_status as status on status.id = 1`,
    ),
  ])
  const status = rows[0]
  const seenAt: Date | null = status.worker_seen_at
  const isSilent = seenAt === null || status.now.getTime() - seenAt.getTime() > workerSilentAfter
  return {
    stripe: stripeHealth(status),
    worker: { state: isSilent ? 'silent' : 'ok', seenAt: iso(seenAt) },
    lastEventAt: iso(status.last_event_at),
    waiting: backlog.dirty,
    dead: backlog.dead,
    accountId: status.account_id,
    isSandbox: env().stripe.apiBase !== undefined,
  }
}

type StatusRow = { stripe_ok_at: Date | null; stripe_failing_since: Date | null; stripe_error: string | null }

function stripeHealth(status: StatusRow): SyncHealth['stripe'] {
  if (status.stripe_failing_since !== null) {
    return {
      state: 'unreachable',
      since: iso(status.stripe_failing_since),
      message: status.stripe_error,
    }
  }
  if (status.stripe_ok_at === null) return { state: 'unknown', since: null, message: null }
  return { state: 'ok', since: null, message: null }
}

async function newestEvents(): Promise<StripeEventRow[]> {
  const { rows } = await pool().query(
    `select id, type, object_id, created_at, received_at, state, reason
     from stripe_events order by received_at desc, id limit 50`,
  )
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    objectId: row.object_id,
    createdAt: row.created_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    state: row.state,
    reason: row.reason,
  }))
}

async function deadObjectRows(): Promise<DeadObjectRow[]> {
  const { rows } = await pool().query(
    `select type, id, attempts, last_error, dead_at from sync_objects
     where dead_at is not null order by dead_at desc limit 100`,
  )
  return rows.map((row) => ({
    type: row.type,
    id: row.id,
    attempts: row.attempts,
    lastError: row.last_error ?? '',
    since: row.dead_at.toISOString(),
  }))
}

const iso = (instant: Date | null) => instant?.toISOString() ?? null
