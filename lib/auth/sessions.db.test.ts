import { describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import { changeRole } from '@/lib/team/change-role'
import { createUser } from '@/lib/team/create-user'
import { disableUser } from '@/lib/team/disable-user'
import { enableUser } from '@/lib/team/enable-user'
import { setPassword } from '@/lib/team/set-password'
import { endSession, findSession, openSession } from './sessions'

useTestDatabase()
useTestSandbox()

let people = 0

async function signedIn(): Promise<{ id: string; email: string; sessionId: string }> {
  people += 1
  const email = `person-${people}@duebook.test`
  await createUser({ email, name: `Person ${people}`, role: 'biller', password: 'correct horse battery' })
  const { id } = await db().user.findUniqueOrThrow({ where: { email } })
  return { id, email, sessionId: await openSession(id, null) }
}

const find = (sessionId: string) => findSession(sessionId, { isActivity: true })

/** Moves a session's clock hands back, as if `by` had passed. */
async function letPass(column: 'expires_at' | 'last_seen_at', by: string, userId: string): Promise<void> {
  await pool().query(`update sessions set ${column} = ${column} - $1::interval where user_id = $2`, [
    by,
    userId,
  ])
}

describe('a session', () => {
  it('says who its person is now', async () => {
    const { id, email, sessionId } = await signedIn()
    expect(await find(sessionId)).toEqual({ id, email, name: `Person ${people}`, role: 'biller' })
  })

  it('has an id of 256 bits that the database does not hold', async () => {
    const { id, sessionId } = await signedIn()
    expect(Buffer.from(sessionId, 'base64url')).toHaveLength(32)
    const rows = await db().session.findMany({ where: { userId: id } })
    expect(JSON.stringify(rows)).not.toContain(sessionId)
  })

  it('is not opened by guesses or by what the database holds', async () => {
    const { id } = await signedIn()
    const { idHash } = await db().session.findFirstOrThrow({ where: { userId: id } })
    for (const guess of ['', idHash, 'null', '%', "' or true --"]) expect(await find(guess)).toBeNull()
  })

  it('ends when the browser signs in again, and the new one has another id', async () => {
    const { id, sessionId } = await signedIn()
    const renewed = await openSession(id, sessionId)
    expect(renewed).not.toBe(sessionId)
    expect(await find(sessionId)).toBeNull()
    expect(await find(renewed)).not.toBeNull()
  })

  it('ends with signing out, and leaves the person signed in elsewhere', async () => {
    const { id, sessionId } = await signedIn()
    const elsewhere = await openSession(id, null)
    await endSession(sessionId)
    expect(await find(sessionId)).toBeNull()
    expect(await find(elsewhere)).not.toBeNull()
  })

  it('ends everywhere with a new password', async () => {
    const { id, email, sessionId } = await signedIn()
    const elsewhere = await openSession(id, null)
    expect(await setPassword(email, 'another horse battery')).toBe(true)
    expect(await find(sessionId)).toBeNull()
    expect(await find(elsewhere)).toBeNull()
  })

  it('is closed to a disabled person at once, and stays so when they may come back', async () => {
    const { email, sessionId } = await signedIn()
    expect(await disableUser(email)).toBe(true)
    expect(await find(sessionId)).toBeNull()
    expect(await enableUser(email)).toBe(true)
    expect(await find(sessionId)).toBeNull()
  })

  it('is closed to a person disabled by hand in the database', async () => {
    const { id, sessionId } = await signedIn()
    await db().user.update({ where: { id }, data: { disabledAt: new Date() } })
    expect(await find(sessionId)).toBeNull()
  })

  it('has a changed role from the next request on', async () => {
    const { email, sessionId } = await signedIn()
    expect(await changeRole(email, 'viewer')).toBe(true)
    expect(await find(sessionId)).toMatchObject({ role: 'viewer' })
  })

  it('lasts twelve hours, however busy', async () => {
    const { id, sessionId } = await signedIn()
    await letPass('expires_at', '11 hours 59 minutes', id)
    expect(await find(sessionId)).not.toBeNull()
    await letPass('expires_at', '2 minutes', id)
    expect(await find(sessionId)).toBeNull()
  })

  it('ends after two idle hours, and a person at work keeps it', async () => {
    const { id, sessionId } = await signedIn()
    await letPass('last_seen_at', '119 minutes', id)
    expect(await find(sessionId)).not.toBeNull()
    await letPass('last_seen_at', '119 minutes', id)
    expect(await find(sessionId)).not.toBeNull()
    await letPass('last_seen_at', '121 minutes', id)
    expect(await find(sessionId)).toBeNull()
  })

  it('is not kept by what a browser asks by itself', async () => {
    const { id, sessionId } = await signedIn()
    await letPass('last_seen_at', '119 minutes', id)
    expect(await findSession(sessionId, { isActivity: false })).not.toBeNull()
    await letPass('last_seen_at', '2 minutes', id)
    expect(await findSession(sessionId, { isActivity: false })).toBeNull()
  })
})
