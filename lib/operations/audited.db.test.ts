import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { answerOf, billingIn, errorOf, personOf } from '@/e2e/support/billing'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { resumeOperation } from '@/lib/actions/operations'
import type { StoredEntry } from '@/lib/audit/append-entry'
import { verifyChain } from '@/lib/audit/verify-chain'
import { createCustomer } from '@/lib/customers/create-customer'
import { db, pool } from '@/lib/db/client'
import { settleDue } from './reaper'

useTestDatabase()
const sandbox = useTestSandbox()
const billing = billingIn(sandbox)
const ctx = personOf('biller')

const input = (name = 'Acme') => ({ operationId: randomUUID(), name, email: 'ap@acme.example' })

async function entries(): Promise<StoredEntry[]> {
  const { rows } = await pool().query<{ text: string }>('select text from audit_entries order by seq')
  return rows.map(({ text }) => JSON.parse(text))
}

const entriesOf = async (operationId: string) =>
  (await entries()).filter((entry) => entry.operationId === operationId)

beforeEach(() => billing.calm())

describe('the audit trail has', () => {
  it('what was done, with Stripe’s request id', async () => {
    const asked = input()
    const { customerId } = answerOf(await createCustomer(ctx, asked))
    const [entry, ...others] = await entriesOf(asked.operationId)
    expect(others).toEqual([])
    expect(entry).toMatchObject({
      name: 'customer.create',
      actor: { id: ctx.actor.id, name: ctx.actor.name, role: 'biller' },
      object: { type: 'customer', id: customerId },
      input: { name: 'Acme' },
      outcome: 'done',
      error: null,
      stripeRequestIds: [expect.stringMatching(/^req_/)],
    })
    expect(await verifyChain([])).toMatchObject({ fault: null })
  })

  it('one entry for one submit, however often it is sent', async () => {
    const asked = input()
    await Promise.all(Array.from({ length: 8 }, () => createCustomer(ctx, asked)))
    await createCustomer(ctx, asked)
    expect(await entriesOf(asked.operationId)).toHaveLength(1)
  })

  it('what Stripe refused, and why', async () => {
    await billing.misfortune('/v1/customers', 'status_before', { status: 400 })
    const asked = input()
    errorOf(await createCustomer(ctx, asked))
    expect(await entriesOf(asked.operationId)).toMatchObject([
      { outcome: 'failed', error: { code: 'stripe_refused' } },
    ])
  })

  it('nothing of an outcome that is not known, until it is', async () => {
    await billing.misfortune('/v1/customers', 'reset_after', { count: 3 })
    const asked = input()
    expect(errorOf(await createCustomer(ctx, asked)).code).toBe('outcome_unknown')
    expect(await entriesOf(asked.operationId)).toEqual([])
    await billing.calm()
    await pool().query(
      `update operations set leased_until = now() - interval '1 second' where state = 'unknown'`,
    )
    await settleDue(resumeOperation)
    expect(await entriesOf(asked.operationId)).toMatchObject([{ outcome: 'done' }])
  })

  it('an entry or the operation is not finished: what cannot be entered is taken up again', async () => {
    await pool().query('alter table audit_entries add constraint broken check (seq < 0) not valid')
    const asked = input()
    expect(errorOf(await createCustomer(ctx, asked)).code).toBe('outcome_unknown')
    expect(await db().operation.findUnique({ where: { id: asked.operationId } })).toMatchObject({
      state: 'unknown',
      answer: null,
    })
    await pool().query('alter table audit_entries drop constraint broken')
    await pool().query(
      `update operations set leased_until = now() - interval '1 second' where state = 'unknown'`,
    )
    await settleDue(resumeOperation)
    expect(await entriesOf(asked.operationId)).toMatchObject([{ outcome: 'done' }])
    const { data } = await sandbox.stripe.customers.list({ limit: 100 })
    expect(data.filter(({ metadata }) => metadata.duebook_operation === asked.operationId)).toHaveLength(1)
  })
})
