import 'server-only'
import type { PoolClient } from 'pg'
import type { Role } from '@/lib/domain/access'
import type { AppError } from '@/lib/domain/result'
import { env } from '@/lib/env'
import { chainKeyOf, macOf, origin } from './chain'

/** What one operation came to. `input`, `before` and `after` are JSON-safe. */
export type AuditEntry = {
  operationId: string
  name: string
  actor: { id: string; name: string; role: Role }
  object: { type: string; id: string } | null
  /** Why, in the person's words; asked for where money is touched. */
  reason: string | null
  input: unknown
  before: unknown
  after: unknown
  outcome: 'done' | 'failed'
  error: AppError | null
  /** Stripe's, of every call that was answered. */
  stripeRequestIds: string[]
}

/** As it is stored: `at` in ISO 8601, UTC, milliseconds, by the database's clock. */
export type StoredEntry = AuditEntry & { seq: number; at: string }

/** Held by whoever appends, until the end of the transaction. */
const advisoryLock = 4_733_111

/**
 * Appends an entry in the caller's transaction, so that both are there or neither. Those who append at the same time follow
 * one another: a lock on the newest row would not do, because the one who waits for it would still see that row as newest.
 */
export async function appendEntry(connection: PoolClient, entry: AuditEntry): Promise<void> {
  await connection.query('select pg_advisory_xact_lock($1)', [advisoryLock])
  const { rows } = await connection.query<{ seq: string; mac: string; at: string }>(
    `select coalesce(max(seq), 0) + 1 as seq, to_char(clock_timestamp() at time zone 'UTC', '${isoFormat}') as at,
       coalesce((select mac from audit_entries order by seq desc limit 1), $1) as mac
     from audit_entries`,
    [origin],
  )
  const [newest] = rows
  if (!newest) throw new Error('an aggregate has one row')
  const stored: StoredEntry = { seq: Number(newest.seq), at: newest.at, ...entry }
  const text = JSON.stringify(stored)
  const key = chainKeyOf(env().auditSecrets[0])
  await connection.query(
    `insert into audit_entries (seq, at, name, actor_id, object_id, operation_id, text, key_id, mac)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      stored.seq,
      stored.at,
      entry.name,
      entry.actor.id,
      entry.object?.id ?? null,
      entry.operationId,
      text,
      key.id,
      macOf(key, newest.mac, text),
    ],
  )
}

const isoFormat = 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
