import 'server-only'
import type { PoolClient } from 'pg'
import { type AuditEntry, appendEntry } from '@/lib/audit/append-entry'
import { announce } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/in-transaction'
import type { Permission, Role } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import { type AppError, fail, type Result, succeed } from '@/lib/domain/result'
import { inputHash } from './input-hash'

export type OperationSpec = {
  /** UUID minted by the form when it mounted. */
  id: string
  name: Permission
  /** JSON-safe; what a second call with the same id must equal, and what it is taken up again with. */
  input: unknown
  object?: { type: string; id: string }
  note?: string
}

/** `attempt` fences: whoever was taken over no longer writes. */
export type Lease = {
  id: string
  attempt: number
  createdAt: Date
  /** The last step that Stripe has confirmed. */
  step: string | null
  /** Steps that earlier attempts may have sent, in order. */
  sentSteps: string[]
  keyRound: number
  /** See `Standing`. */
  missedAt: string | null
  /** Too old for anything that has not been sent yet; see `tooLate`. */
  isOld: boolean
}

export type Claim = { kind: 'mine'; lease: Lease } | { kind: 'answered'; result: Result<unknown> }

/** Whoever works on an operation renews this every few seconds; it is how long a killed process keeps one. */
export const leaseTime = '30 seconds'

/**
 * Stripe forgets an idempotency key after 24 hours, and nobody expects today what they asked for yesterday: after this time
 * an operation only learns what has happened, and does nothing new.
 */
export const tooLate = '23 hours'

const claimed = `id, attempts as attempt, created_at as "createdAt", step, sent_steps as "sentSteps",
  key_round as "keyRound", missed_at::text as "missedAt", created_at <= now() - interval '${tooLate}' as "isOld"`

type Row = {
  input_hash: string
  state: 'running' | 'done' | 'failed' | 'unknown'
  answer: unknown
  error: AppError | null
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
    'select input_hash, state, answer, error from operations where id = $1',
    [spec.id],
  )
  return { kind: 'answered', result: whatBecameOf(rows[0], hash) }
}

async function insertOperation(ctx: Ctx, spec: OperationSpec, hash: string): Promise<Lease | undefined> {
  const { rows } = await pool().query<Lease>(
    `insert into operations (id, name, actor_id, actor_name, actor_role, input, input_hash, state, object_type,
       object_id, note, stripe_request_ids, leased_until)
     values ($1, $2, $3, $4, $5::role, $6, $7, 'running', $8, $9, $10, '{}', now() + $11::interval)
     on conflict (id) do nothing
     returning ${claimed}`,
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
     where id = $1 and input_hash = $2
       and (state = 'unknown' or (state = 'running' and leased_until < now()))
     returning ${claimed}`,
    [id, hash, leaseTime],
  )
  return rows[0]
}

function whatBecameOf(row: Row | undefined, hash: string): Result<unknown> {
  // No row: a twin could not even ask Stripe and took its row back between our statements.
  if (!row) return fail({ code: 'operation_running' })
  if (row.input_hash !== hash) return fail({ code: 'operation_mismatch' })
  if (row.state === 'done') return succeed(row.answer)
  if (row.state === 'failed') return fail(row.error ?? { code: 'unexpected' })
  return fail({ code: 'operation_running' })
}

export type Outcome = {
  state: 'done' | 'failed' | 'unknown'
  answer?: unknown
  error?: AppError
  before?: unknown
  after?: unknown
  /** Of an unknown one: Stripe repeats a server error under this key. */
  isKeySpent?: boolean
  /** Of an unknown one: the first look that missed the step, where no call since lost its answer. */
  missedAt?: string | null
}

/**
 * Writes what came of it and, once that is known, enters it in the audit trail: both or neither. An unknown one is asked
 * about again after 1 s, 2 s, … up to 15 s, each pause shortened by chance so that many do not come back together.
 */
export async function finishOperation(lease: Lease, outcome: Outcome): Promise<void> {
  await inTransaction(async (connection) => {
    const finished = await writeOutcome(connection, lease, outcome)
    if (!finished || outcome.state === 'unknown') return
    await appendEntry(connection, entryOf(lease.id, finished, outcome.state))
    await announce(['activity'], connection)
  })
}

type Finished = {
  name: string
  actor_id: string
  actor_name: string
  actor_role: Role
  object_type: string | null
  object_id: string | null
  note: string | null
  input: unknown
  before: unknown
  after: unknown
  error: AppError | null
  stripe_request_ids: string[]
}

function entryOf(operationId: string, row: Finished, outcome: AuditEntry['outcome']): AuditEntry {
  const { object_type: type, object_id: id } = row
  return {
    operationId,
    name: row.name,
    actor: { id: row.actor_id, name: row.actor_name, role: row.actor_role },
    object: type === null || id === null ? null : { type, id },
    reason: row.note,
    input: row.input,
    before: row.before,
    after: row.after,
    outcome,
    error: row.error,
    stripeRequestIds: row.stripe_request_ids,
  }
}

/** Answers the row; undefined when somebody else has taken the operation over. */
async function writeOutcome(
  connection: PoolClient,
  lease: Lease,
  outcome: Outcome,
): Promise<Finished | undefined> {
  const requestId = outcome.error?.stripe?.requestId ?? null
  const { rows } = await connection.query<Finished>(
    `update operations
     set state = $3::operation_state, answer = $4, error = $5, before = coalesce($6, before), after = $7,
       finished_at = now(), is_key_spent = is_key_spent or $9, missed_at = $10::timestamptz,
       leased_until = now() + least(15, power(2, least(attempts, 8) - 1)) * (0.5 + random() / 2) * interval '1 second',
       stripe_request_ids = case when $8::text is null then stripe_request_ids
         else array_append(stripe_request_ids, $8) end
     where id = $1 and attempts = $2 and state = 'running'
     returning name, actor_id, actor_name, actor_role, object_type, object_id, note, input, before, after, error,
       stripe_request_ids`,
    [
      lease.id,
      lease.attempt,
      outcome.state,
      json(outcome.answer),
      json(outcome.error),
      json(outcome.before),
      json(outcome.after),
      requestId,
      outcome.isKeySpent ?? false,
      outcome.missedAt ?? null,
    ],
  )
  return rows[0]
}

/** Nothing was done: the id is free again, and there is nothing to remember. */
export async function forgetOperation(lease: Lease): Promise<void> {
  await pool().query("delete from operations where id = $1 and attempts = $2 and state = 'running'", [
    lease.id,
    lease.attempt,
  ])
}

const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
