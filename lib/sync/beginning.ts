import 'server-only'
import { pool } from '@/lib/db/client'
import { instant } from '@/lib/stripe/read'
import { reader } from './reader'

/**
 * Notes, before anything is listed, up to where Stripe has told its events: what happens from then on is asked for by the
 * poll, however long the lists take. By Stripe's clock, because it is compared with Stripe's times.
 */
export async function noteBeginning(): Promise<void> {
  const { data } = await reader().events.list({ limit: 1 })
  const [newest] = data
  await pool().query(
    `insert into sync_status as status (id, mirrors_since) values (1, coalesce($1::timestamptz, now()))
     on conflict (id) do update set mirrors_since = coalesce(status.mirrors_since, excluded.mirrors_since)`,
    [newest ? instant(newest.created) : null],
  )
}
