import { beforeEach, describe, expect, it } from 'vitest'
import { divergences } from '@/e2e/support/divergences'
import { allEvents, deliver, settle } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import { renderMetrics } from './metrics'
import { beginPass, leavePass, type PassKind, takePass } from './pass-store'
import { pollEvents } from './poll-events'
import { runPass } from './run-pass'
import { sweep } from './sweeper'

useTestDatabase()
const sandbox = useTestSandbox()

beforeEach(async () => {
  await sandbox.control('POST', '/_sandbox/reset')
  await pool().query(
    `truncate stripe_events, sync_objects, sync_status, sync_passes, sync_pass_lists, sync_repairs, products, prices,
       customers, invoices, invoice_lines, invoice_payments, charges, refunds`,
  )
  await pool().query('insert into sync_status (id) values (1)')
})

type Request = { method: string; path: string; status: number }
const reads = async () =>
  ((await sandbox.control('GET', '/_sandbox/requests?method=GET')) as Request[]).map(({ path }) => path)

async function pass(kind: PassKind, options: Parameters<typeof runPass>[1] = {}) {
  await beginPass(kind, 'test')
  const taken = await takePass()
  if (taken === null) throw new Error('nobody else leads it')
  try {
    return await runPass(taken, { grace: 0, ...options })
  } finally {
    await leavePass(taken)
  }
}

const newProducts = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, at) => sandbox.stripe.products.create({ name: `P${at}` })))

async function openInvoice(lines = 1): Promise<string> {
  const customer = await sandbox.stripe.customers.create({ name: 'A', email: 'a@example.com' })
  const { id } = await sandbox.stripe.invoices.create({
    customer: customer.id,
    currency: 'eur',
    collection_method: 'send_invoice',
    days_until_due: 7,
  })
  for (let line = 1; line <= lines; line += 1) {
    await sandbox.stripe.invoiceItems.create({
      customer: customer.id,
      invoice: id,
      amount: 500,
      currency: 'eur',
    })
  }
  await sandbox.stripe.invoices.finalizeInvoice(id)
  return id
}

const isEqual = async () => expect((await divergences(sandbox.stripe)).divergent).toEqual([])
const repairs = () => db().syncRepair.findMany({ orderBy: { id: 'asc' } })

describe('taking an account over', () => {
  it('goes on where it was broken off, twice, and asks for nothing a second time', {
    timeout: 90_000,
  }, async () => {
    await newProducts(210)
    await Promise.all([openInvoice(12), openInvoice(3), openInvoice()])
    let pages = 0
    expect(await pass('backfill', { shouldStop: () => pages++ === 1 })).toBe('left')
    expect(await db().product.count()).toBe(100)

    await sandbox.control('POST', '/_sandbox/faults', {
      path: '/v1/customers',
      effect: 'status_before',
      status: 500,
    })
    await expect(pass('backfill')).rejects.toThrow()
    expect(await db().product.count()).toBe(210)
    await sandbox.control('DELETE', '/_sandbox/faults')

    expect(await pass('backfill')).toBe('finished')
    await isEqual()
    const lists = await db().syncPassList.findMany({ where: { list: { in: ['product', 'invoice'] } } })
    expect(lists.map(({ list, counted, done }) => [list, counted, done]).sort()).toEqual([
      ['invoice', 3, 3],
      ['product', 210, 210],
    ])
    const asked = await reads()
    expect(asked.filter((path) => path.startsWith('/v1/products')).slice(0, 3)).toEqual(
      Array.from({ length: 3 }, () => '/v1/products'),
    )
    expect(await db().syncPass.count()).toBe(1)
    expect(await repairs()).toEqual([])
  })

  it('goes on although the object at which it stood is deleted', async () => {
    await newProducts(150)
    let pages = 0
    await pass('backfill', { shouldStop: () => pages++ === 1 })
    const state = await db().syncPassList.findFirstOrThrow({ where: { list: 'product' } })
    await sandbox.stripe.products.del(state.cursor ?? '')
    expect(await pass('backfill')).toBe('finished')
    await deliver(...(await allEvents(sandbox.stripe)).slice(-1))
    await settle()
    await isEqual()
  })

  it('yields to a webhook that comes while a page is on its way', async () => {
    const [product] = await newProducts(1)
    if (product === undefined) throw new Error('one was created')
    await sandbox.control('POST', '/_sandbox/faults', { path: '/v1/products', effect: 'slow', delayMs: 600 })
    const running = pass('backfill')
    await expect.poll(async () => (await reads()).length, { interval: 10 }).toBeGreaterThan(0)
    await sandbox.stripe.products.update(product.id, { name: 'Newer' })
    await deliver(...(await allEvents(sandbox.stripe)).slice(-1))
    await settle()
    await running
    await sandbox.control('DELETE', '/_sandbox/faults')
    expect((await db().product.findUniqueOrThrow({ where: { id: product.id } })).name).toBe('Newer')
  })

  it('is led by one, and by another one when that is gone', async () => {
    await beginPass('backfill', 'test')
    const taken = await takePass()
    expect(await takePass()).toBeNull()
    await pool().query(`update sync_passes set leased_until = now() - interval '1 second'`)
    expect(await takePass()).not.toBeNull()
    if (taken === null) throw new Error('it was free')
    await expect(runPass(taken)).rejects.toThrow()
  })
})

describe('comparing everything', () => {
  it('finds, heals and keeps whatever differs, and then finds nothing', async () => {
    const [edited, unknown, gone] = await newProducts(3)
    const invoice = await openInvoice(2)
    if (!edited || !unknown || !gone) throw new Error('three were created')
    await pass('backfill')
    await pool().query(`update products set name = 'by hand' where id = $1`, [edited.id])
    await pool().query('delete from products where id = $1', [unknown.id])
    await pool().query('delete from invoice_lines where invoice_id = $1 and position = 0', [invoice])
    await sandbox.stripe.products.del(gone.id)

    await pass('comparison')
    await isEqual()
    const found = new Map((await repairs()).map((repair) => [repair.objectId, repair]))
    expect(found.get(edited.id)).toMatchObject({
      foundBy: 'comparison',
      healedBy: 'rewritten',
      differences: [{ field: 'name', ours: 'by hand', theirs: 'P0' }],
    })
    expect(found.get(unknown.id)).toMatchObject({ healedBy: 'added' })
    expect(found.get(gone.id)).toMatchObject({ healedBy: 'entombed' })
    expect(found.get(invoice)).toMatchObject({
      healedBy: 'rewritten',
      differences: [{ field: expect.stringMatching(/^invoice_lines il_/), ours: null }],
    })
    expect(found.size).toBe(4)
    expect((await renderMetrics()).body).toContain('duebook_sync_repairs_total{found_by="comparison"} 4')

    await pass('comparison')
    expect((await repairs()).length).toBe(4)
  })

  it('does not call a change a defect whose webhook comes in time', async () => {
    const [product] = await newProducts(1)
    if (product === undefined) throw new Error('one was created')
    await pass('backfill')
    await sandbox.stripe.products.update(product.id, { name: 'Newer' })
    const running = pass('comparison', { grace: 1_000 })
    await deliver(...(await allEvents(sandbox.stripe)).slice(-1))
    await settle()
    await running
    expect(await repairs()).toEqual([])
  })
})

describe('drafts and open invoices', () => {
  it('are read again every hour, those that moved on too', async () => {
    const [paid, stays] = [await openInvoice(), await openInvoice()]
    await pass('backfill')
    await sandbox.stripe.invoices.pay(paid, { paid_out_of_band: true })
    await pool().query(`update sync_passes set started_at = now() - interval '61 minutes'`)
    await sweep(undefined, 0)
    expect(await db().syncPass.count({ where: { kind: 'hourly', finishedAt: { not: null } } })).toBe(1)
    expect((await db().invoice.findUniqueOrThrow({ where: { id: paid } })).status).toBe('paid')
    expect((await db().invoice.findUniqueOrThrow({ where: { id: stays } })).status).toBe('open')
    expect(await repairs()).toMatchObject([{ objectId: paid, foundBy: 'hourly' }])
  })
})

describe('asking for events', () => {
  it('loses none that shares its second with the one it goes on behind', async () => {
    await newProducts(2)
    await pollEvents()
    await sandbox.control('POST', '/_sandbox/clock', { advance_seconds: 3_600 })
    await newProducts(3)
    await pollEvents()
    const { eventsCursor } = await db().syncStatus.findUniqueOrThrow({ where: { id: 1 } })
    const { data } = await sandbox.stripe.events.list({ limit: 5 })
    expect(eventsCursor).toBe(data[3]?.id)
    await newProducts(4)
    await pollEvents()
    await settle()
    await isEqual()
    expect(await db().stripeEvent.count()).toBe(9)
  })

  it('compares everything when Stripe no longer keeps the event it goes on behind', async () => {
    await newProducts(1)
    await pollEvents()
    await sandbox.control('POST', '/_sandbox/clock', { advance_seconds: 3_600 })
    await newProducts(1)
    await pollEvents()
    expect((await db().syncStatus.findUniqueOrThrow({ where: { id: 1 } })).eventsCursor).not.toBeNull()
    await sandbox.control('POST', '/_sandbox/clock', { advance_seconds: 31 * 86_400 })
    await newProducts(1)
    await pollEvents()
    expect(await db().syncPass.findMany()).toMatchObject([{ kind: 'comparison', reason: 'events expired' }])
    await settle()
    await pass('comparison')
    await isEqual()
    expect(await pollEvents()).toEqual({ missed: 0 })
  })
})
