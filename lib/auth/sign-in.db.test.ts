import { beforeAll, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import { createUser } from '@/lib/team/create-user'
import { disableUser } from '@/lib/team/disable-user'
import { findSession } from './sessions'
import { signIn } from './sign-in'

useTestDatabase()
useTestSandbox()

const password = 'correct horse battery'

beforeAll(async () => {
  for (const name of ['anna', 'dora', 'throttled', 'patient']) {
    await createUser({ email: `${name}@duebook.test`, name, role: 'biller', password })
  }
  await disableUser('dora@duebook.test')
})

async function sessionCount(): Promise<number> {
  return db().session.count()
}

describe('signing in', () => {
  it('opens a session for whoever knows the password, however the address is written', async () => {
    for (const email of ['anna@duebook.test', ' Anna@Duebook.TEST ']) {
      const answer = await signIn({ email, password }, null)
      if (!('sessionId' in answer)) throw new Error('refused')
      expect(await findSession(answer.sessionId, { isActivity: true })).toMatchObject({ name: 'anna' })
    }
  })

  it('ends the session that this browser had', async () => {
    const first = await signIn({ email: 'anna@duebook.test', password }, null)
    if (!('sessionId' in first)) throw new Error('refused')
    await signIn({ email: 'anna@duebook.test', password }, first.sessionId)
    expect(await findSession(first.sessionId, { isActivity: true })).toBeNull()
  })

  it('takes what next-auth adds to the form', async () => {
    const form = { email: 'anna@duebook.test', password, csrfToken: 'x', json: 'true', redirect: 'false' }
    expect(await signIn(form, null)).toHaveProperty('sessionId')
  })

  it.each([
    ['a wrong password', { email: 'anna@duebook.test', password: 'correct horse batterY' }],
    ['an unknown address', { email: 'nobody@duebook.test', password }],
    ['a disabled person', { email: 'dora@duebook.test', password }],
    ['a password longer than a kilobyte', { email: 'anna@duebook.test', password: 'x'.repeat(1_000_000) }],
    ['a NUL', { email: 'anna\u0000@duebook.test', password: '\u0000' }],
    ['no password', { email: 'anna@duebook.test' }],
    ['nothing', undefined],
    ['an operator for the address', { email: { not: '' }, password }],
    ['an operator for the password', { email: 'anna@duebook.test', password: { startsWith: '' } }],
    ['a list', { email: ['anna@duebook.test'], password: [password] }],
    ['two addresses', { email: 'anna@duebook.test,x@duebook.test', password }],
  ])('gives %s one and the same answer, and opens nothing', async (_what, input) => {
    const before = await sessionCount()
    expect(await signIn(input, null)).toEqual({ refused: 'credentials' })
    expect(await sessionCount()).toBe(before)
  })

  it('takes as long for an unknown address as for a wrong password', async () => {
    const time = async (email: string) => {
      const begin = performance.now()
      await signIn({ email, password: 'not the password' }, null)
      return performance.now() - begin
    }
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 9; round += 1) {
      known.push(await time('patient@duebook.test'))
      unknown.push(await time(`nobody-${round}@duebook.test`))
    }
    const middle = (times: number[]) => times.sort((one, other) => one - other)[4] ?? 0
    // Without a hash to check the answer would come in a tenth of the time.
    expect(middle(unknown) / middle(known)).toBeGreaterThan(0.5)
    expect(middle(unknown) / middle(known)).toBeLessThan(2)
  })

  it('refuses the eleventh try of a window, sent in parallel or not, also with the right password', async () => {
    const wrong = { email: 'throttled@duebook.test', password: 'not the password' }
    const answers = await Promise.all(Array.from({ length: 10 }, () => signIn(wrong, null)))
    expect(answers).toEqual(Array.from({ length: 10 }, () => ({ refused: 'credentials' })))
    expect(await signIn({ ...wrong, password }, null)).toEqual({ refused: 'too_many_tries' })
    expect(await signIn({ email: 'anna@duebook.test', password }, null)).toHaveProperty('sessionId')
  })

  it('lets the person in again when the window has passed, and forgets the tries', async () => {
    await pool().query("update sign_in_tries set since = since - interval '16 minutes'")
    expect(await signIn({ email: 'throttled@duebook.test', password }, null)).toHaveProperty('sessionId')
    const { rows } = await pool().query('select count(*)::int as count from sign_in_tries')
    expect(rows).toEqual([{ count: 0 }])
  })

  it('throttles addresses that nobody has the same way', async () => {
    const wrong = { email: 'ghost@duebook.test', password: 'not the password' }
    for (let round = 0; round < 10; round += 1) await signIn(wrong, null)
    expect(await signIn(wrong, null)).toEqual({ refused: 'too_many_tries' })
  })
})
