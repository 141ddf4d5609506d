import 'server-only'
import { announce } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { readAccount } from '@/lib/stripe/read-account'
import { ForeignAccount } from './foreign-account'
import { describeTrouble } from './trouble'

type Checked = { ok: true } | { ok: false; mayWork: boolean; reason: string }

/**
 * Notes that a worker lives and whether Stripe answers to our key, and pins the account at the first success. With another
 * account's key there must be no work: to it every object of this mirror is missing.
 */
export async function checkHealth(): Promise<{ mayWork: boolean }> {
  const checked = await askStripe()
  const { rows } = await pool().query(
    `with known as (select stripe_error, stripe_ok_at from sync_status where id = 1)
     insert into sync_status as status (id, worker_seen_at, stripe_ok_at, stripe_failing_since, stripe_error)
     values (1, now(), case when $1::text is null then now() end, case when $1 is not null then now() end, $1)
     on conflict (id) do update set
       worker_seen_at = now(),
       stripe_ok_at = coalesce(excluded.stripe_ok_at, status.stripe_ok_at),
       stripe_failing_since = case when $1 is null then null else coalesce(status.stripe_failing_since, now()) end,
       stripe_error = excluded.stripe_error
     returning (select stripe_ok_at from known) is null
       or (select stripe_error from known) is distinct from stripe_error as has_changed`,
    [checked.ok ? null : checked.reason],
  )
  if (rows[0].has_changed) {
    if (checked.ok) log.info('Stripe answers')
    else log.warn({ reason: checked.reason }, 'Stripe does not answer as it should')
    await announce(['sync'])
  }
  return { mayWork: checked.ok || checked.mayWork }
}

async function askStripe(): Promise<Checked> {
  try {
    const account = await readAccount()
    if (account === null) return { ok: true }
    const { rows } = await pool().query(
      `insert into sync_status as status (id, account_id, account_name, livemode) values (1, $1, $2, $3)
       on conflict (id) do update set
         account_id = coalesce(status.account_id, excluded.account_id),
         account_name = case when coalesce(status.account_id, $1) = $1 then $2 else status.account_name end,
         livemode = coalesce(status.livemode, excluded.livemode)
       returning account_id`,
      [account.id, account.name, env().stripe.livemode],
    )
    const pinned: string = rows[0].account_id
    if (pinned === account.id) return { ok: true }
    return { ok: false, mayWork: false, reason: new ForeignAccount(account.id, pinned).message }
  } catch (error) {
    return { ok: false, mayWork: true, reason: describeTrouble(error).reason }
  }
}
