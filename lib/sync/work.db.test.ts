import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { allEvents, deliver } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { changesChannel } from '@/lib/db/changes'
import { db, pool } from '@/lib/db/client'
import { type Listener, listen } from '@/lib/db/listen'
import { runJobs } from '@/lib/jobs/run-jobs'
import { cleanUp } from './clean-up'
import { checkHealth } from './health'
import { pollEvents } from './poll-events'
import { sweep } from './sweeper'
import { syncHealth, syncSummary } from './sync-summary'
import { startWorker, type Worker } from './work'

useTestDatabase()
const sandbox = useTestSandbox()

const ctx = {
  actor: { id: '0', name: 'Test', email: 'test@example.com', role: 'viewer' as const },
  now: new Date(),
  requestId: 'test',
}
const workers: Worker[] = []
async function work(): Promise<Worker> {
  const worker = await startWorker()
  workers.push(worker)
  return worker
}

beforeEach(async () => {
  await pool().query(
    'truncate stripe_events, sync_objects, sync_status, sync_passes, sync_pass_lists, products, customers, invoices',
  )
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()))
  await sandbox.control('DELETE', '/_sandbox/faults')
})

const newProduct = async () => (await sandbox.stripe.products.create({ name: 'Care' })).id
const isMirrored = async (id: string) => (await db().product.count({ where: { id } })) === 1
const plant = (fault: object) => sandbox.control('POST', '/_sandbox/faults', { path: '/v1/*', ...fault })

describe('a worker', () => {
  it('mirrors within a moment what an event points at, and tells the browsers', async () => {
    const heard: string[] = []
    const ears: Listener = await listen(changesChannel, (message) => heard.push(message))
    await work()
    const id = await newProduct()
    await deliver(...(await allEvents(sandbox.stripe)).slice(-1))
    await expect.poll(() => isMirrored(id), { timeout: 2_000, interval: 10 }).toBe(true)
    await expect
      .poll(() => heard.map((message) => JSON.parse(message).topics))
      .toContainEqual(['catalog', id, 'sync'])
    await ears.close()
  })

  it('shares the work with others: every object once', async () => {
    const ids = await Promise.all(Array.from({ length: 30 }, newProduct))
    await Promise.all([work(), work()])
    await deliver(...(await allEvents(sandbox.stripe)).slice(-30))
    await expect.poll(() => db().product.count({ where: { id: { in: ids } } }), { timeout: 20_000 }).toBe(30)
    await expect.poll(() => db().syncObject.count({ where: { leaseToken: { not: null } } })).toBe(0)
    expect(await db().syncObject.count({ where: { doneSeq: { gt: 1 } } })).toBe(0)
  })

  it('stops only when what it fetches is written', async () => {
    const id = await newProduct()
    await plant({ effect: 'slow', delayMs: 400, path: `/v1/products/${id}` })
    const worker = await work()
    await deliver(...(await allEvents(sandbox.stripe)).slice(-1))
    await expect
      .poll(() => db().syncObject.count({ where: { leaseToken: { not: null } } }), { interval: 10 })
      .toBe(1)
    await worker.stop()
    expect(await isMirrored(id)).toBe(true)
  })

  it('is not held up by an object that always fails', async () => {
    await pool().query(`insert into sync_objects (type, id, dirty_seq) values ('nonsense', 'x', 1)`)
    await work()
    const id = await newProduct()
    await deliver(...(await allEvents(sandbox.stripe)).slice(-1))
    await expect.poll(() => isMirrored(id), { timeout: 5_000 }).toBe(true)
    const poison = await db().syncObject.findUniqueOrThrow({
      where: { type_id: { type: 'nonsense', id: 'x' } },
    })
    expect(poison.attempts).toBeGreaterThan(0)
    expect(poison.lastError).not.toBeNull()
  })

  it('goes on when Stripe is back after an outage', { timeout: 60_000 }, async () => {
    await work()
    await plant({ effect: 'status_before', status: 503 })
    await pool().query(`insert into sync_objects (type, id, dirty_seq) values ('product', 'prod_later', 1)`)
    await expect
      .poll(async () => (await db().syncObject.findFirst())?.lastError, { timeout: 15_000 })
      .toBe('Stripe could not be reached.')
    await sandbox.control('DELETE', '/_sandbox/faults')
    await sandbox.stripe.products.create({ id: 'prod_later', name: 'Later' })
    await expect.poll(() => isMirrored('prod_later'), { timeout: 20_000 }).toBe(true)
  })
})

describe('health', () => {
  it('pins the account once, and forbids work with another one', async () => {
    expect(await checkHealth()).toEqual({ mayWork: true })
    const status = await db().syncStatus.findUniqueOrThrow({ where: { id: 1 } })
    expect(status).toMatchObject({ livemode: false, stripeError: null, stripeFailingSince: null })
    expect(status.accountId).toMatch(/^acct_/)
    expect(status.workerSeenAt).not.toBeNull()

    await db().syncStatus.update({ where: { id: 1 }, data: { accountId: 'acct_another' } })
    expect(await checkHealth()).toEqual({ mayWork: false })
    expect(await syncHealth()).toMatchObject({
      accountId: 'acct_another',
      stripe: {
        state: 'unreachable',
        message: expect.stringContaining('this database mirrors acct_another'),
      },
    })
    const id = await newProduct()
    await work()
    await deliver(...(await allEvents(sandbox.stripe)).slice(-1))
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(await isMirrored(id)).toBe(false)
  })

  it('notes since when Stripe fails, and that it is back', async () => {
    await checkHealth()
    await plant({ effect: 'status_before', status: 500 })
    expect(await checkHealth()).toEqual({ mayWork: true })
    const first = await syncHealth()
    expect(first.stripe).toMatchObject({ state: 'unreachable', message: 'Stripe could not be reached.' })
    await checkHealth()
    expect((await syncHealth()).stripe.since).toBe(first.stripe.since)
    await sandbox.control('DELETE', '/_sandbox/faults')
    await checkHealth()
    expect((await syncHealth()).stripe).toEqual({ state: 'ok', since: null, message: null })
  })

  it('tells the browsers when it changes, and only then', async () => {
    const heard: string[] = []
    const ears = await listen(changesChannel, (message) => heard.push(message))
    await checkHealth()
    await checkHealth()
    await pool().query(`select pg_notify($1, 'end')`, [changesChannel])
    await expect.poll(() => heard.at(-1)).toBe('end')
    expect(heard).toEqual(['{"topics":["sync"]}', 'end'])
    await ears.close()
  })

  it('is silent without a worker', async () => {
    expect(await syncHealth()).toEqual({
      stripe: { state: 'unknown', since: null, message: null },
      worker: { state: 'silent', seenAt: null },
      lastEventAt: null,
      waiting: 0,
      dead: 0,
      accountId: null,
      isSandbox: true,
    })
  })

  it('summary lists the newest events and what was given up on', async () => {
    await newProduct()
    const [event] = (await allEvents(sandbox.stripe)).slice(-1)
    if (event === undefined) throw new Error('a product was created')
    await deliver(event)
    await pool().query(
      `insert into sync_objects (type, id, dirty_seq, next_attempt_at, dead_at, attempts, last_error)
       values ('invoice', 'in_dead', 1, null, now(), 8, 'Not understood.')`,
    )
    const summary = await syncSummary(ctx)
    expect(summary.health).toMatchObject({ waiting: 1, dead: 1 })
    expect(summary.events).toMatchObject([
      { id: event.id, type: 'product.created', state: 'received', reason: null },
    ])
    expect(summary.deadObjects).toMatchObject([
      { type: 'invoice', id: 'in_dead', attempts: 8, lastError: 'Not understood.' },
    ])
  })
})

describe('what webhooks did not bring', () => {
  it('is taken over at the first start: everything, once', async () => {
    await checkHealth()
    const listed = await sandbox.stripe.products.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 })
    await sweep()
    expect(await db().product.count()).toBe(listed.length)
    await sweep()
    expect(await db().syncPass.findMany()).toMatchObject([{ kind: 'backfill', reason: 'first start' }])
  })

  it('is found among the events of the last minutes, and not taken twice', async () => {
    await checkHealth()
    await pollEvents()
    const id = await newProduct()
    const events = (await allEvents(sandbox.stripe)).slice(-1)
    await pollEvents()
    expect(await db().stripeEvent.findFirst({ where: { objectId: id } })).toMatchObject({ state: 'received' })
    expect(await deliver(...events)).toEqual([{ accepted: true, as: 'duplicate' }])
  })

  it('an invoice that was mailed before the first start is known to be', async () => {
    await checkHealth()
    const customer = await sandbox.stripe.customers.create({ name: 'A', email: 'a@example.com' })
    const invoice = await sandbox.stripe.invoices.create({
      customer: customer.id,
      currency: 'eur',
      collection_method: 'send_invoice',
      days_until_due: 7,
    })
    await sandbox.stripe.invoiceItems.create({
      customer: customer.id,
      invoice: invoice.id,
      amount: 500,
      currency: 'eur',
    })
    await sandbox.stripe.invoices.sendInvoice(invoice.id)
    await work()
    await pollEvents()
    await expect
      .poll(() => db().invoice.count({ where: { id: invoice.id, sentAt: { not: null } } }), {
        timeout: 5_000,
      })
      .toBe(1)
  })
})

describe('housekeeping', () => {
  it('deletes old sessions and old events that are done with, and nothing else', async () => {
    const user = await db().user.create({
      data: { email: 'a@example.com', name: 'A', role: 'viewer', passwordHash: '-' },
    })
    const days = (count: number) => new Date(Date.now() - count * 86_400_000)
    const session = (idHash: string, expiresAt: Date, revokedAt: Date | null = null) =>
      db().session.create({ data: { idHash, userId: user.id, expiresAt, revokedAt } })
    await session('live', days(-1))
    await session('expired yesterday', days(1))
    await session('expired long ago', days(8))
    await session('revoked long ago', days(-1), days(8))
    const event = (id: string, state: 'applied' | 'dead' | 'received' | 'ignored', receivedAt: Date) =>
      db().stripeEvent.create({
        data: {
          id,
          type: 'invoice.paid',
          createdAt: receivedAt,
          livemode: false,
          state,
          payload: '{}',
          receivedAt,
        },
      })
    await event('evt_old', 'applied', days(91))
    await event('evt_old_ignored', 'ignored', days(91))
    await event('evt_old_dead', 'dead', days(91))
    await event('evt_old_waiting', 'received', days(91))
    await event('evt_recent', 'applied', days(89))
    expect(await cleanUp()).toEqual({ sessions: 2, events: 2 })
    expect(
      (await db().session.findMany({ select: { idHash: true } })).map((row) => row.idHash).sort(),
    ).toEqual(['expired yesterday', 'live'])
    expect((await db().stripeEvent.findMany({ select: { id: true } })).map((row) => row.id).sort()).toEqual([
      'evt_old_dead',
      'evt_old_waiting',
      'evt_recent',
    ])
  })

  it('jobs run when asked for, and once while the same is waiting', async () => {
    let runs = 0
    const count = async () => {
      runs += 1
    }
    const jobs = await runJobs({ count }, '# none')
    await jobs.add('count')
    await expect.poll(() => runs, { timeout: 10_000 }).toBe(1)
    await jobs.stop()
  })
})
