import 'server-only'
import { pool } from '@/lib/db/client'

/**
 * Deletes what nobody needs any more: sessions a week after their end, and events a quarter after they came. Objects,
 * operations and events that still wait for somebody stay.
 */
export async function cleanUp(): Promise<{ sessions: number; events: number }> {
  const sessions = await pool().query(
    `delete from sessions where least(expires_at, coalesce(revoked_at, expires_at)) < now() - interval '7 days'`,
  )
  const events = await pool().query(
    `delete from stripe_events where id in (
       select id from stripe_events
       where received_at < now() - interval '90 days' and state in ('applied', 'ignored')
       order by received_at limit 20000
     )`,
  )
  return { sessions: sessions.rowCount ?? 0, events: events.rowCount ?? 0 }
}
