import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { personOf } from '@/e2e/support/billing'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { appendEntry } from '@/lib/audit/append-entry'
import { inTransaction } from '@/lib/db/in-transaction'
import { type ActivityFilters, parseActivityFilters } from '@/lib/domain/activity-filters'
import { listActivity } from './activity'

useTestDatabase()
useTestSandbox()

const ctx = personOf('viewer')
const [ada, bela] = [randomUUID(), randomUUID()]
const operationId = randomUUID()
const list = (parameters: Record<string, string> = {}, more: Partial<ActivityFilters> = {}) =>
  listActivity(ctx, { ...parseActivityFilters(parameters), ...more })
const seqs = async (parameters: Record<string, string>) => (await list(parameters)).rows.map(({ seq }) => seq)

beforeAll(async () => {
  const append = (name: string, actorId: string, id: string, failed = false) =>
    inTransaction((connection) =>
      appendEntry(connection, {
        operationId: name === 'price.create' ? operationId : randomUUID(),
        name,
        actor: { id: actorId, name: actorId === ada ? 'Ada' : 'Bela', role: 'biller' },
        object: { type: name.split('.')[0] ?? '', id },
        reason: failed ? null : 'asked by phone',
        input: {},
        before: null,
        after: null,
        outcome: failed ? 'failed' : 'done',
        error: failed ? { code: 'stripe_refused', stripe: { message: 'No.', requestId: 'req_2' } } : null,
        stripeRequestIds: ['req_1'],
      }),
    )
  await append('invoice.void', ada, 'in_1')
  await append('invoice.void', bela, 'in_2', true)
  await append('price.create', bela, 'price_1')
  for (let count = 0; count < 60; count++) await append('invoice.send', ada, 'in_3')
})

describe('the activity', () => {
  it('says who did what to which object, when and why, and what Stripe said', async () => {
    const [refused] = (await list({ outcome: 'failed' })).rows
    expect(refused).toEqual({
      seq: 2,
      at: expect.stringMatching(/Z$/),
      what: 'invoice.void',
      outcome: 'failed',
      by: 'Bela',
      object: { type: 'invoice', id: 'in_2' },
      reason: null,
      error: { code: 'stripe_refused', message: 'No.' },
      requestIds: ['req_1'],
    })
  })

  it('comes in pages, newest first, each entry once', async () => {
    const first = await list()
    expect(first.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => 63 - at))
    const second = await list({}, { after: first.nextCursor })
    expect(second.rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 13 }, (_, at) => 13 - at))
    expect(second.nextCursor).toBeNull()
  })

  it('is narrowed to a person, a kind of object, an object, an operation, and all of them together', async () => {
    expect(await seqs({ by: bela })).toEqual([3, 2])
    expect(await seqs({ on: 'price' })).toEqual([3])
    expect(await seqs({ q: 'in_1' })).toEqual([1])
    expect(await seqs({ q: operationId })).toEqual([3])
    expect(await seqs({ by: bela, on: 'invoice', outcome: 'failed', q: 'in_2' })).toEqual([2])
    expect(await seqs({ by: ada, outcome: 'failed' })).toEqual([])
  })
})
