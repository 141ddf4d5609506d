import 'server-only'
import { pool } from '@/lib/db/client'

export type Backlog = {
  /** Objects whose newest change is not in the mirror yet. */
  dirty: number
  /** How long the longest waiting of them has waited; 0 when none waits. */
  oldestSeconds: number
  /** Objects given up on. */
  dead: number
}

export async function readBacklog(): Promise<Backlog> {
  const { rows } = await pool().query(
    `select count(*) filter (where next_attempt_at is not null)::int as dirty,
       count(*) filter (where dead_at is not null)::int as dead,
       coalesce(extract(epoch from now() - min(dirty_at) filter (where next_attempt_at is not null)), 0)::float8 as oldest
     from sync_objects where next_attempt_at is not null or dead_at is not null`,
  )
  return { dirty: rows[0].dirty, dead: rows[0].dead, oldestSeconds: Math.max(0, rows[0].oldest) }
}
