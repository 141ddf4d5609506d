import 'server-only'
import { createHash } from 'node:crypto'
import { pool } from '@/lib/db/client'

const mostTries = 10
const window = '15 minutes'

const hashOf = (email: string) => createHash('sha256').update(email).digest('hex')

/**
 * Counts one try to sign in as `email`, before its password is looked at, so that parallel tries are counted too.
 * False when there were too many in this window. Kept by address, whether anybody has it or not; rows of past windows
 * go with the next try.
 */
export async function takeTry(email: string): Promise<boolean> {
  const { rows } = await pool().query<{ tries: number }>(
    `with past as (delete from sign_in_tries where since < now() - $2::interval and email_hash <> $1)
     insert into sign_in_tries as t (email_hash, tries, since) values ($1, 1, now())
     on conflict (email_hash) do update set
       tries = case when t.since < now() - $2::interval then 1 else t.tries + 1 end,
       since = case when t.since < now() - $2::interval then now() else t.since end
     returning tries`,
    [hashOf(email), window],
  )
  return rows.every(({ tries }) => tries <= mostTries)
}

export async function forgetTries(email: string): Promise<void> {
  await pool().query('delete from sign_in_tries where email_hash = $1', [hashOf(email)])
}
