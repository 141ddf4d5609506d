import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { findSession, openSession } from '@/lib/auth/sessions'
import { createCustomer } from '@/lib/customers/create-customer'
import { db } from '@/lib/db/client'
import { createCustomerInput } from '@/lib/domain/customer-input'
import { AppFailure } from '@/lib/domain/result'
import { changeRole } from '@/lib/team/change-role'
import { createUser } from '@/lib/team/create-user'
import { disableUser } from '@/lib/team/disable-user'
import { createActionDoor } from './action-door'

useTestDatabase()
const sandbox = useTestSandbox()

const email = 'bela@duebook.test'
const ownPage = { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' }

/** What the request under test brings along. */
let sent: Record<string, string> = ownPage
let sessionId = ''

const defineAction = createActionDoor({
  headers: async () => new Headers(sent),
  context: async () => {
    const actor = await findSession(sessionId, { isActivity: true })
    return actor && { actor, now: new Date(), requestId: randomUUID() }
  },
})

const create = defineAction({
  permission: 'customer.create',
  input: createCustomerInput,
  run: createCustomer,
})
/** A request that no client of ours would make. */
const post = create as (...given: unknown[]) => ReturnType<typeof create>

const input = () => ({ operationId: randomUUID(), name: 'Acme' })

async function traces(): Promise<{ operations: number; requests: number }> {
  const ledger = await sandbox.control('GET', '/_sandbox/ledger')
  return { operations: await db().operation.count(), requests: (ledger as unknown[]).length }
}

async function userId(): Promise<string> {
  return (await db().user.findUniqueOrThrow({ where: { email } })).id
}

beforeAll(() => createUser({ email, name: 'Bela', role: 'biller', password: 'correct horse battery' }))

beforeEach(async () => {
  sent = ownPage
  await changeRole(email, 'biller')
  sessionId = await openSession(await userId(), null)
})

describe('the door for writes', () => {
  it('lets a biller through', async () => {
    const before = await traces()
    expect(await create(input())).toMatchObject({ ok: true })
    expect(await traces()).toEqual({ operations: before.operations + 1, requests: before.requests + 1 })
  })

  it.each([
    ['neither Origin nor Sec-Fetch-Site', {}],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    [
      'another site behind our name',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', host: 'evil.example' },
    ],
    ['another site without an origin', { 'sec-fetch-site': 'cross-site' }],
    ['a sandboxed frame', { origin: 'null' }],
  ])('is closed to %s', async (_what, headers) => {
    sent = headers
    const before = await traces()
    expect(await create(input())).toEqual({ ok: false, error: { code: 'bad_origin' } })
    expect(await traces()).toEqual(before)
  })

  it('is closed without a session', async () => {
    sessionId = 'nobody'
    const before = await traces()
    expect(await create(input())).toEqual({ ok: false, error: { code: 'signed_out' } })
    expect(await traces()).toEqual(before)
  })

  it('asks for the origin before it asks who, and who before it looks at what', async () => {
    sent = {}
    sessionId = 'nobody'
    expect(await post('garbage')).toEqual({ ok: false, error: { code: 'bad_origin' } })
    sent = ownPage
    expect(await post('garbage')).toEqual({ ok: false, error: { code: 'signed_out' } })
  })

  it('knows a changed role and a disabled person with the next request', async () => {
    const before = await traces()
    await changeRole(email, 'viewer')
    expect(await create(input())).toEqual({ ok: false, error: { code: 'forbidden' } })
    await changeRole(email, 'biller')
    await disableUser(email)
    expect(await create(input())).toEqual({ ok: false, error: { code: 'signed_out' } })
    expect(await traces()).toEqual(before)
    await db().user.update({ where: { email }, data: { disabledAt: null } })
  })

  const nested = JSON.parse(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`)
  const form = new FormData()
  form.set('operationId', randomUUID())
  form.set('name', 'Acme')

  it.each<[string, unknown[]]>([
    ['no argument', []],
    ['undefined', [undefined]],
    ['null', [null]],
    ['a text', ['Acme']],
    ['a number', [Number.NaN]],
    ['a list', [[input()]]],
    ['a form', [form]],
    ['a second argument', [input(), { role: 'admin' }]],
    ['a key that it does not know', [{ ...input(), role: 'admin' }]],
    ['a key of every object', [JSON.parse('{"__proto__": {"name": "Acme"}}')]],
    ['a missing name', [{ operationId: randomUUID() }]],
    ['an operator for a name', [{ ...input(), name: { not: 'x' } }]],
    ['a bigint for a name', [{ ...input(), name: 1n }]],
    ['a date for a name', [{ ...input(), name: new Date() }]],
    ['a file for a name', [{ ...input(), name: new File(['x'], 'x') }]],
    ['a list for an address', [{ ...input(), email: ['a@acme.example'] }]],
    ['a thousand objects in one another', [{ ...input(), name: nested }]],
    ['an id that is none', [{ ...input(), operationId: '1' }]],
  ])('refuses %s as input, and nothing is recorded or sent', async (_what, given) => {
    const before = await traces()
    expect(await post(...given)).toMatchObject({ ok: false, error: { code: 'invalid_input' } })
    expect(await traces()).toEqual(before)
  })

  it('names the field and the reason', async () => {
    const result = await create({ ...input(), name: ' ', email: 'a@b.example, c@d.example' })
    expect(result).toEqual({
      ok: false,
      error: { code: 'invalid_input', fields: { name: 'required', email: 'email' } },
    })
  })

  it('turns a thrown failure into a value, and anything else into a reference', async () => {
    const throwing = (error: Error) =>
      defineAction({
        permission: 'customer.create',
        input: createCustomerInput,
        run: () => Promise.reject(error),
      })(input())
    expect(await throwing(new AppFailure({ code: 'not_found' }))).toEqual({
      ok: false,
      error: { code: 'not_found' },
    })
    const result = await throwing(new Error('select * from secrets'))
    expect(result).toMatchObject({ ok: false, error: { code: 'unexpected', reference: expect.any(String) } })
    expect(JSON.stringify(result)).not.toContain('secrets')
  })
})
