import 'server-only'
import { createHash, randomBytes } from 'node:crypto'
import { db, pool } from '@/lib/db/client'
import type { Actor } from '@/lib/domain/context'

/*
 * The truth about who is signed in. A cookie carries a random id and nothing else; the row it names decides, at every
 * request and by the database's clock.
 */

/** Seconds that a session lasts at most; however busy, then a person signs in again. */
export const sessionSeconds = 12 * 3600
const idleSeconds = 2 * 3600
/** How exactly `last_seen_at` is kept: a write at most once in this time. */
const seenEverySeconds = 60

const hashOf = (sessionId: string) => createHash('sha256').update(sessionId).digest('hex')

/** Opens a session and answers with its id, which exists nowhere else. Ends `replaced`, the one this browser had. */
export async function openSession(userId: string, replaced: string | null): Promise<string> {
  const sessionId = randomBytes(32).toString('base64url')
  await pool().query(
    `with ended as (update sessions set revoked_at = now() where id_hash = $4 and revoked_at is null)
     insert into sessions (id_hash, user_id, expires_at) values ($1, $2, now() + make_interval(secs => $3))`,
    [hashOf(sessionId), userId, sessionSeconds, replaced === null ? null : hashOf(replaced)],
  )
  return sessionId
}

/** Whose session it is, with today's name and role; null when it was never opened, ended, idle, or its person disabled. */
export async function findSession(
  sessionId: string,
  { isActivity }: { isActivity: boolean },
): Promise<Actor | null> {
  const { rows } = await pool().query<Actor>(
    `with live as (
       select u.id, u.name, u.email, u.role::text as role, s.last_seen_at
       from sessions s join users u on u.id = s.user_id
       where s.id_hash = $1 and s.revoked_at is null and u.disabled_at is null
         and s.expires_at > now() and s.last_seen_at > now() - make_interval(secs => $2)
     ), seen as (
       update sessions set last_seen_at = now()
       where $3 and id_hash = $1
         and exists (select from live where last_seen_at < now() - make_interval(secs => $4))
     )
     select id, name, email, role from live`,
    [hashOf(sessionId), idleSeconds, isActivity, seenEverySeconds],
  )
  return rows[0] ?? null
}

export async function endSession(sessionId: string): Promise<void> {
  await db().session.updateMany({
    where: { idHash: hashOf(sessionId), revokedAt: null },
    data: { revokedAt: new Date() },
  })
}

/** After a change of password, say. Disabling needs no call: `findSession` reads it. */
export async function endSessionsOf(userId: string): Promise<void> {
  await db().session.updateMany({ where: { userId, revokedAt: null }, data: { revokedAt: new Date() } })
}
