import 'server-only'
import type { Queryable } from '@/lib/db/changes'
import type { SyncTarget } from '@/lib/domain/sync-types'
import type { Transition } from '@/lib/domain/transitions'

/**
 * Keeps what has happened to an object, each thing once, whatever is replayed. Call it in the transaction that writes the
 * object. What happened before this mirror began is marked as old.
 */
export async function noteTransitions(
  connection: Queryable,
  { type, id }: SyncTarget,
  transitions: Transition[],
): Promise<void> {
  if (transitions.length === 0) return
  await connection.query(
    `insert into transitions (object_type, object_id, transition, occurrence, happened_at, is_old)
     select $1, $2, name, occurrence, coalesce(happened_at, now()), coalesce(happened_at <= mirrors_since, false)
     from unnest($3::text[], $4::text[], $5::timestamptz[]) as seen (name, occurrence, happened_at)
     left join sync_status on sync_status.id = 1
     on conflict do nothing`,
    [
      type,
      id,
      transitions.map(({ transition }) => transition),
      transitions.map(({ occurrence }) => occurrence ?? ''),
      transitions.map(({ happenedAt }) => happenedAt ?? null),
    ],
  )
}
