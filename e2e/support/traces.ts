import type pg from 'pg'
import type { SandboxControl } from './sandbox-control'

/** What everything that was done has left, at Stripe and here: compared before and after, it shows that nothing was. */
export async function tracesIn(sandbox: SandboxControl, database: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await database.query(
    `select (select count(*)::int from operations) as operations,
            (select count(*)::int from share_links) as links,
            (select count(*)::int from users) as people`,
  )
  return { ...rows[0], written: (await sandbox.ledger()).length }
}
