import { afterEach, describe, expect, it } from 'vitest'
import { settle } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/in-transaction'
import { claim, finish, type Lease, markDirty } from './leases'
import { reader } from './reader'
import { mirrorOrRetryLater } from './refresh'

process.env.STRIPE_READS_PER_SECOND = '20'
useTestDatabase()
const sandbox = useTestSandbox()
afterEach(async () => void (await sandbox.control('DELETE', '/_sandbox/faults')))

const plant = (fault: object) => sandbox.control('POST', '/_sandbox/faults', fault)
const newProduct = async () => (await sandbox.stripe.products.create({ name: 'Care' })).id
const objectOf = (id: string) =>
  db().syncObject.findUniqueOrThrow({ where: { type_id: { type: 'product', id } } })

async function leaseOf(id: string): Promise<Lease> {
  const lease = await claim({ type: 'product', id })
  if (lease === null) throw new Error('somebody else is at it')
  return lease
}

const lookAt = async (id: string) => mirrorOrRetryLater(await leaseOf(id))

async function mirrorSomethingElse(id: string): Promise<void> {
  await markDirty(pool(), 'product', id)
  await finish(pool(), await leaseOf(id))
}

describe('reads', () => {
  it('together keep to the rate, whoever makes them', async () => {
    const id = await newProduct()
    const began = performance.now()
    await Promise.all(Array.from({ length: 21 }, () => reader().products.retrieve(id)))
    expect(performance.now() - began).toBeGreaterThan(950)
  })

  it('all pause when one of them is refused as one too many', async () => {
    const id = await newProduct()
    await plant({ path: '/v1/products/*', effect: 'status_before', status: 429, count: 1 })
    await expect(reader().products.retrieve(id)).rejects.toThrow()
    const began = performance.now()
    await reader().products.retrieve(id)
    expect(performance.now() - began).toBeGreaterThan(900)
  })
})

describe('an object for which Stripe never answers', () => {
  it('is dead after eight tries while others are mirrored, with a reason that a person understands', async () => {
    const [bad, good] = [await newProduct(), await newProduct()]
    await plant({ path: `/v1/products/${bad}`, effect: 'status_before', status: 500 })
    await markDirty(pool(), 'product', bad)
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const lease = await leaseOf(bad)
      // While this one is being looked at, but gets no turn, another one is mirrored.
      const { trying } = await inTransaction(async (connection) => {
        await connection.query('select from stripe_turns for update')
        const trying = mirrorOrRetryLater(lease)
        await mirrorSomethingElse(good)
        return { trying }
      })
      expect(await trying).toBe('failed')
    }
    expect(await objectOf(bad)).toMatchObject({
      attempts: 8,
      deadAt: expect.any(Date),
      lastError: 'Stripe answers for other objects, but not for this one.',
    })
    expect((await objectOf(good)).deadAt).toBeNull()
  })

  it('is not blamed while Stripe answers nobody, and waits longer each time', async () => {
    const id = await newProduct()
    await settle()
    await plant({ path: '/v1/*', effect: 'status_before', status: 500 })
    await markDirty(pool(), 'product', id)
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      expect(await lookAt(id)).toBe('postponed')
      const { rows } = await pool().query(
        `select extract(epoch from next_attempt_at - now())::float8 as pause from sync_objects where id = $1`,
        [id],
      )
      pauses.push(rows[0].pause)
    }
    expect(await objectOf(id)).toMatchObject({ attempts: 0, postponed: 5, deadAt: null })
    expect(pauses[4]).toBeGreaterThan((pauses[0] ?? 0) * 2)
    expect(Math.max(...pauses)).toBeLessThanOrEqual(20)
  })
})
