import 'server-only'
import { pool } from '@/lib/db/client'
import type { Permission } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import { type AppError, fail, type Result, succeed } from '@/lib/domain/result'
import { inputHash } from './input-hash'

export type OperationSpec = {
  /** UUID minted by the form when it mounted. */
  id: string
  name: Permission
  /** JSON-safe; what a second call with the same id must equal. */
  input: unknown
  object?: { type: string; id: string }
  note?: string
}

/** `attempt` fences: whoever was taken over no longer writes. */
export type Lease = { id: string; attempt: number; step: string | null }

export type Claim = { kind: 'mine'; lease: Lease } | { kind: 'answered'; result: Result<unknown> }

/** One Stripe call with the SDK's two retries lasts about a minute; every step that is reached renews this. */
const leaseTime = '90 seconds'

/** Stripe forgets an idempotency key after 24 hours; repeating later than this could do it twice. */
const repeatableFor = '23 hours'

type Row = {
  input_hash: string
  state: 'running' | 'done' | 'failed' | 'unknown'
  answer: unknown
  error: AppError | null
  /** Nobody is at it, and `takeOver` did not want it. */
  is_too_old: boolean
}

/**
 * Takes the operation for this process, or says what has become of it: the stored answer, a mismatch, or that somebody
 * is at it. The unique key decides, so that of any number of simultaneous calls one gets it.
 */
export async function claimOperation(ctx: Ctx, spec: OperationSpec): Promise<Claim> {
  const hash = inputHash({ actor: ctx.actor.id, name: spec.name, input: spec.input })
  const lease = (await insertOperation(ctx, spec, hash)) ?? (await takeOver(spec.id, hash))
  if (lease) return { kind: 'mine', lease }
  const { rows } = await pool().query<Row>(
    `select input_hash, state, answer, error,
       leased_until < now() and created_at <= now() - $2::interval as is_too_old
     from operations where id = $1`,
    [spec.id, repeatableFor],
  )
  return { kind: 'answered', result: whatBecameOf(rows[0], hash) }
}

async function insertOperation(ctx: Ctx, spec: OperationSpec, hash: string): Promise<Lease | undefined> {
  const { rows } = await pool().query<Lease>(
    `insert into operations (id, name, actor_id, actor_name, actor_role, input, input_hash, state, object_type,
       object_id, note, stripe_request_ids, leased_until)
     values ($1, $2, $3, $4, $5::role, $6, $7, 'running', $8, $9, $10, '{}', now() + $11::interval)
     on conflict (id) do nothing
     returning id, attempts as attempt, step`,
    [
      spec.id,
      spec.name,
      ctx.actor.id,
      ctx.actor.name,
      ctx.actor.role,
      JSON.stringify(spec.input),
      hash,
      spec.object?.type ?? null,
      spec.object?.id ?? null,
      spec.note ?? null,
      leaseTime,
    ],
  )
  return rows[0]
}

async function takeOver(id: string, hash: string): Promise<Lease | undefined> {
  const { rows } = await pool().query<Lease>(
    `update operations
     set state = 'running', attempts = attempts + 1, leased_until = now() + $3::interval, finished_at = null
     where id = $1 and input_hash = $2 and created_at > now() - $4::interval
       and (state = 'unknown' or (state = 'running' and leased_until < now()))
     returning id, attempts as attempt, step`,
    [id, hash, leaseTime, repeatableFor],
  )
  return rows[0]
}

function whatBecameOf(row: Row | undefined, hash: string): Result<unknown> {
  // No row: a twin was told by Stripe to try later and took its row back between our statements.
  if (!row) return fail({ code: 'operation_running' })
  if (row.input_hash !== hash) return fail({ code: 'operation_mismatch' })
  if (row.state === 'done') return succeed(row.answer)
  if (row.state === 'failed') return fail(row.error ?? { code: 'unexpected' })
  if (row.is_too_old) return fail({ code: 'outcome_unknown', params: { reason: 'too_old' } })
  return fail({ code: 'operation_running' })
}

/** Notes that Stripe has confirmed `step`, and renews the lease. False when somebody else has taken over. */
export async function recordStep(lease: Lease, step: string, requestId: string | null): Promise<boolean> {
  const { rowCount } = await pool().query(
    `update operations
     set step = $3, leased_until = now() + $5::interval,
       stripe_request_ids = case when $4::text is null then stripe_request_ids
         else array_append(stripe_request_ids, $4) end
     where id = $1 and attempts = $2 and state = 'running'`,
    [lease.id, lease.attempt, step, requestId, leaseTime],
  )
  return rowCount === 1
}

export async function recordObject(lease: Lease, object: { type: string; id: string }): Promise<void> {
  await pool().query(
    'update operations set object_type = $3, object_id = $4 where id = $1 and attempts = $2',
    [lease.id, lease.attempt, object.type, object.id],
  )
}

export type Outcome = {
  state: 'done' | 'failed' | 'unknown'
  answer?: unknown
  error?: AppError
  before?: unknown
  after?: unknown
}

export async function finishOperation(lease: Lease, outcome: Outcome): Promise<void> {
  const requestId = outcome.error?.stripe?.requestId ?? null
  await pool().query(
    `update operations
     set state = $3::operation_state, answer = $4, error = $5, before = $6, after = $7, finished_at = now(),
       stripe_request_ids = case when $8::text is null then stripe_request_ids
         else array_append(stripe_request_ids, $8) end
     where id = $1 and attempts = $2 and state = 'running'`,
    [
      lease.id,
      lease.attempt,
      outcome.state,
      json(outcome.answer),
      json(outcome.error),
      json(outcome.before),
      json(outcome.after),
      requestId,
    ],
  )
}

/** Nothing was done: the id is free again, and there is nothing to remember. */
export async function forgetOperation(lease: Lease): Promise<void> {
  await pool().query("delete from operations where id = $1 and attempts = $2 and state = 'running'", [
    lease.id,
    lease.attempt,
  ])
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
