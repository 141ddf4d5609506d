import { describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { signIn } from '@/lib/auth/sign-in'
import { db } from '@/lib/db/client'
import { createUserInput } from '@/lib/domain/user-input'
import { createUser } from './create-user'
import { createDemoPeople, demoPassword, demoPeople } from './demo-people'
import { disableUser } from './disable-user'
import { setPassword } from './set-password'

useTestDatabase()
useTestSandbox()

describe('people', () => {
  it('exist once, however often and at the same time they are created', async () => {
    const input = {
      email: 'anna@duebook.test',
      name: 'Anna',
      role: 'viewer' as const,
      password: demoPassword,
    }
    const answers = await Promise.all(Array.from({ length: 8 }, () => createUser(input)))
    expect(answers.filter((isNew) => isNew)).toHaveLength(1)
    expect(await createUser({ ...input, role: 'admin', password: 'another password' })).toBe(false)
    expect(await db().user.findMany({ where: { email: input.email } })).toMatchObject([{ role: 'viewer' }])
  })

  it.each([
    { id: 'x' },
    { passwordHash: 'x' },
    { disabledAt: null },
    { role: 'owner' },
    { email: { not: '' } },
  ])('cannot be given %j', (extra) => {
    const person = { email: 'eve@duebook.test', name: 'Eve', role: 'viewer', password: demoPassword }
    expect(createUserInput.safeParse({ ...person, ...extra }).success).toBe(false)
  })

  it('who do not exist have no password and cannot be disabled', async () => {
    expect(await setPassword('nobody@duebook.test', demoPassword)).toBe(false)
    expect(await disableUser('nobody@duebook.test')).toBe(false)
  })

  it('of the demo sign in with the demo password; one that was changed stays changed', async () => {
    await createDemoPeople()
    expect(demoPeople().map(({ role }) => role)).toEqual(['admin', 'biller', 'viewer'])
    for (const { email } of demoPeople()) {
      expect(await signIn({ email, password: demoPassword }, null)).toHaveProperty('sessionId')
    }
    await setPassword('admin@duebook.test', 'not the demo password')
    await createDemoPeople()
    const answer = await signIn({ email: 'admin@duebook.test', password: demoPassword }, null)
    expect(answer).toEqual({ refused: 'credentials' })
  })
})
