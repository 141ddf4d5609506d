import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { allEvents, deliver, settle } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import { claim, LeaseLost, markDirty } from './leases'
import { mirror, mirrorOrRetryLater, refresh, refreshAfterWrite } from './refresh'

useTestDatabase()
const sandbox = useTestSandbox()

/* Between our client and the sandbox: counts the reads and how many of one object are under way at the same time. */
const reads = {
  perPath: new Map<string, number>(),
  underWay: new Map<string, number>(),
  mostAtOnce: 0,
  rewrite: (body: string) => body,
}
const proxy = createServer((incoming, outgoing) => {
  const path = (incoming.url ?? '').split('?')[0] ?? ''
  const before = reads.underWay.get(path) ?? 0
  if (incoming.method === 'GET') {
    reads.perPath.set(path, (reads.perPath.get(path) ?? 0) + 1)
    reads.underWay.set(path, before + 1)
    reads.mostAtOnce = Math.max(reads.mostAtOnce, before + 1)
  }
  const target = new URL(sandbox.baseUrl)
  const { method, url, headers } = incoming
  const passed = forward(
    { host: target.hostname, port: target.port, method, path: url, headers },
    async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      const body = reads.rewrite(Buffer.concat(chunks).toString())
      reads.underWay.set(path, (reads.underWay.get(path) ?? 1) - 1)
      const { 'content-length': _, 'transfer-encoding': __, ...rest } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 500, rest).end(body)
    },
  )
  passed.on('error', () => outgoing.destroy())
  incoming.pipe(passed)
})

beforeAll(async () => {
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  process.env.STRIPE_API_BASE = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
})
afterAll(() => {
  proxy.closeAllConnections()
  proxy.close()
})
beforeEach(() => {
  reads.perPath.clear()
  reads.mostAtOnce = 0
  reads.rewrite = (body) => body
})

async function newCustomer(): Promise<string> {
  const customer = await sandbox.stripe.customers.create({
    name: 'Ärger & Söhne',
    email: 'billing@example.com',
  })
  return customer.id
}

async function newInvoice({ currency = 'usd', amounts = [1000] } = {}): Promise<Stripe.Invoice> {
  const invoice = await sandbox.stripe.invoices.create({
    customer: await newCustomer(),
    currency,
    collection_method: 'send_invoice',
    days_until_due: 14,
  })
  for (const [index, amount] of amounts.entries()) {
    await sandbox.stripe.invoiceItems.create({
      customer: invoice.customer as string,
      invoice: invoice.id,
      amount,
      currency,
      description: `Item ${index}`,
    })
  }
  return invoice
}

async function paidInvoice(): Promise<string> {
  const { id } = await newInvoice()
  await sandbox.stripe.invoices.finalizeInvoice(id)
  await sandbox.stripe.invoices.pay(id, { paid_out_of_band: true })
  return id
}

const invoiceRow = (id: string) => db().invoice.findUniqueOrThrow({ where: { id } })
const dirtyCount = () => db().syncObject.count({ where: { nextAttemptAt: { not: null } } })
const eventsOf = async (id: string) =>
  (await allEvents(sandbox.stripe)).filter((event) => (event.data.object as { id?: string }).id === id)

describe('what ends in the mirror', () => {
  it('is a product with its price, as they are now and after they are gone', async () => {
    const product = await sandbox.stripe.products.create({ name: 'Plan', description: 'Monthly care' })
    const price = await sandbox.stripe.prices.create({
      product: product.id,
      currency: 'eur',
      unit_amount_decimal: '1250.5' as unknown as Stripe.Decimal,
      nickname: 'Standard',
    })
    expect(await refresh('product', product.id)).toBe('mirrored')
    expect(await refresh('price', price.id)).toBe('mirrored')
    expect(await db().product.findUnique({ where: { id: product.id } })).toMatchObject({
      name: 'Plan',
      description: 'Monthly care',
      isActive: true,
      createdAt: new Date(product.created * 1000),
    })
    const row = await db().price.findUniqueOrThrow({ where: { id: price.id } })
    expect(row).toMatchObject({
      productId: product.id,
      unitAmount: null,
      currency: 'eur',
      nickname: 'Standard',
    })
    expect(row.unitAmountDecimal?.toString()).toBe('1250.5')
    expect(row.raw).toMatchObject({ unit_amount_decimal: '1250.5' })

    const lonely = await sandbox.stripe.products.create({ name: 'Lonely' })
    await refresh('product', lonely.id)
    await sandbox.stripe.products.del(lonely.id)
    expect(await refresh('product', lonely.id)).toBe('gone')
    const tombstone = await db().product.findUniqueOrThrow({ where: { id: lonely.id } })
    expect(tombstone).toMatchObject({ name: 'Lonely' })
    expect(tombstone.deletedAt).not.toBeNull()
  })

  it('is a customer, and what was last known of one that is deleted', async () => {
    const id = await newCustomer()
    await refresh('customer', id)
    await sandbox.stripe.customers.del(id)
    expect(await refresh('customer', id)).toBe('gone')
    const tombstone = await db().customer.findUniqueOrThrow({ where: { id } })
    expect(tombstone).toMatchObject({ name: 'Ärger & Söhne', email: 'billing@example.com', balance: 0n })
    expect(tombstone.deletedAt).not.toBeNull()
  })

  it('is an invoice with all of its 37 lines, in their order', async () => {
    const amounts = Array.from({ length: 37 }, (_, index) => 100 + index)
    const { id } = await newInvoice({ amounts })
    await refresh('invoice', id)
    const row = await invoiceRow(id)
    const total = amounts.reduce((sum, amount) => sum + amount)
    expect(row).toMatchObject({
      status: 'draft',
      lineCount: 37,
      total: BigInt(total),
      amountRemaining: BigInt(total),
    })
    const lines = await db().invoiceLine.findMany({ where: { invoiceId: id }, orderBy: { position: 'asc' } })
    const wanted = await sandbox.stripe.invoices.listLineItems(id, { limit: 100 })
    expect(lines.map((line) => line.id)).toEqual(wanted.data.map((line) => line.id))
    expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(BigInt(total))

    await sandbox.stripe.invoices.removeLines(id, {
      lines: wanted.data.slice(0, 30).map((line) => ({ id: line.id, behavior: 'delete' })),
    })
    await refresh('invoice', id)
    expect(await db().invoiceLine.count({ where: { invoiceId: id } })).toBe(7)
    expect((await invoiceRow(id)).lineCount).toBe(7)
  })

  it.each([
    ['jpy', 12_345],
    ['kwd', 12_340],
    ['usd', 99_999_999],
  ])('has amounts in %s exactly as Stripe has them', async (currency, amount) => {
    const { id } = await newInvoice({ currency, amounts: [amount] })
    const finalized = await sandbox.stripe.invoices.finalizeInvoice(id)
    await refresh('invoice', id)
    expect(await invoiceRow(id)).toMatchObject({
      currency,
      status: 'open',
      number: finalized.number,
      total: BigInt(amount),
      amountDue: BigInt(amount),
      amountPaid: 0n,
      dueAt: new Date((finalized.due_date ?? 0) * 1000),
    })
  })

  it('knows of a failed payment, and whether an invoice was mailed', async () => {
    const { id, customer } = await newInvoice()
    await sandbox.stripe.invoices.sendInvoice(id)
    const method = await sandbox.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', {
      customer: customer as string,
    })
    await expect(sandbox.stripe.invoices.pay(id, { payment_method: method.id })).rejects.toThrow()
    await deliver(...(await eventsOf(id)))
    await settle()
    const row = await invoiceRow(id)
    expect(row).toMatchObject({ status: 'open', paymentState: 'failed' })
    expect(row.paymentError).toContain('declined')
    expect(row.sentAt).not.toBeNull()
    const [payment] = await db().invoicePayment.findMany({ where: { invoiceId: id } })
    expect(payment).toMatchObject({
      isDefault: true,
      status: 'open',
      amountRequested: 1000n,
      paymentType: 'payment_intent',
    })
    expect(JSON.stringify(payment?.raw)).not.toContain('_secret_')
  })

  it('has no place for a status that nobody knows: the object is tried again and then dead, with the reason', async () => {
    const { id } = await newInvoice()
    await refresh('invoice', id)
    reads.rewrite = (body) =>
      body
        .replace('"status":"draft"', '"status":"hibernating"')
        .replace('"status": "draft"', '"status":"hibernating"')
    await deliver(...(await eventsOf(id)).slice(0, 1))
    const states: unknown[] = []
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      const lease = await claim({ type: 'invoice', id })
      if (lease === null) throw new Error('somebody else has it')
      expect(await mirrorOrRetryLater(lease)).toBe('failed')
      states.push((await db().stripeEvent.findFirst({ where: { objectId: id } }))?.state)
    }
    expect(states).toEqual([...Array(7).fill('failed'), 'dead'])
    const object = await db().syncObject.findUniqueOrThrow({ where: { type_id: { type: 'invoice', id } } })
    expect(object.deadAt).not.toBeNull()
    expect(object.nextAttemptAt).toBeNull()
    expect(object.lastError).toContain('"hibernating"')
    expect(await db().stripeEvent.findFirst({ where: { objectId: id } })).toMatchObject({
      state: 'dead',
      reason: object.lastError,
    })
    expect((await invoiceRow(id)).status).toBe('draft')

    // The next change gives it another chance.
    reads.rewrite = (body) => body
    await sandbox.stripe.invoices.update(id, { description: 'awake' })
    await deliver(...(await eventsOf(id)).slice(-1))
    await settle()
    expect(await invoiceRow(id)).toMatchObject({ status: 'draft', description: 'awake' })
    expect(await db().syncObject.count({ where: { deadAt: { not: null } } })).toBe(0)
    const events = await db().stripeEvent.findMany({ where: { objectId: id } })
    expect(events.map(({ state, reason }) => [state, reason])).toEqual([
      ['applied', null],
      ['applied', null],
    ])
  })
})

describe('order, repetition and replay', () => {
  const permutations = <T>(items: T[]): T[][] =>
    items.length < 2
      ? [items]
      : items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]))

  it('every order of created, finalized and paid ends in paid', async () => {
    for (const order of permutations(['invoice.created', 'invoice.finalized', 'invoice.paid'])) {
      const id = await paidInvoice()
      const events = await eventsOf(id)
      for (const type of order) {
        await deliver(...events.filter((event) => event.type === type))
        await settle()
      }
      expect((await invoiceRow(id)).status, order.join()).toBe('paid')
    }
  })

  it('a whole life told backwards, each event twice, ends the same, and nothing stays dirty', async () => {
    const { id } = await newInvoice({ amounts: [500, 700] })
    await sandbox.stripe.invoices.sendInvoice(id)
    await sandbox.stripe.invoices.markUncollectible(id)
    await sandbox.stripe.invoices.pay(id, { paid_out_of_band: true })
    const backwards = (await allEvents(sandbox.stripe)).reverse()
    for (const [index, event] of [...backwards, ...backwards].entries()) {
      await deliver(event)
      if (index % 5 === 0) await settle()
    }
    await settle()
    const row = await invoiceRow(id)
    const stripe = await sandbox.stripe.invoices.retrieve(id)
    expect(row).toMatchObject({
      status: 'paid',
      total: 1200n,
      amountPaid: BigInt(stripe.amount_paid),
      amountRemaining: BigInt(stripe.amount_remaining),
    })
    expect(row.markedUncollectibleAt).not.toBeNull()
    expect(await db().customer.count({ where: { id: row.customerId } })).toBe(1)
    expect(await dirtyCount()).toBe(0)
    expect(await db().stripeEvent.count({ where: { state: 'received' } })).toBe(0)
  })

  it('an event of last month, sent again, changes nothing', async () => {
    const id = await paidInvoice()
    await refresh('invoice', id)
    const finalized = (await eventsOf(id)).find((event) => event.type === 'invoice.finalized')
    if (finalized === undefined) throw new Error('it was finalized')
    await deliver({ ...finalized, created: finalized.created - 29 * 86_400 })
    await settle()
    expect((await invoiceRow(id)).status).toBe('paid')
    expect(await db().stripeEvent.findUnique({ where: { id: finalized.id } })).toMatchObject({
      state: 'applied',
    })
  })

  it('a deleted draft stays deleted, whatever arrives late', async () => {
    const { id } = await newInvoice()
    await refresh('invoice', id)
    await sandbox.stripe.invoices.del(id)
    const events = await eventsOf(id)
    await deliver(...events.filter((event) => event.type === 'invoice.deleted'))
    await settle()
    const tombstone = await invoiceRow(id)
    expect(tombstone.deletedAt).not.toBeNull()
    await deliver(...events.filter((event) => event.type !== 'invoice.deleted'))
    await settle()
    expect((await invoiceRow(id)).deletedAt).toEqual(tombstone.deletedAt)
    expect(await dirtyCount()).toBe(0)
  })

  it('five events about one object cost one fetch', async () => {
    const id = await paidInvoice()
    const events = await eventsOf(id)
    expect(events.length).toBeGreaterThanOrEqual(4)
    await deliver(...events)
    await settle()
    expect(reads.perPath.get(`/v1/invoices/${id}`)).toBe(1)
  })

  it('a payment finds its invoice, and a payment of no invoice is left alone', async () => {
    const { id, customer } = await newInvoice()
    await sandbox.stripe.invoices.finalizeInvoice(id)
    const method = await sandbox.stripe.paymentMethods.attach('pm_card_visa', {
      customer: customer as string,
    })
    await sandbox.stripe.invoices.pay(id, { payment_method: method.id })
    const foreign = await sandbox.stripe.paymentIntents.create({ amount: 500, currency: 'usd' })
    const payments = (await allEvents(sandbox.stripe)).filter((event) =>
      /^(payment_intent|charge)\./.test(event.type),
    )
    await deliver(...payments)
    await settle()
    expect((await invoiceRow(id)).status).toBe('paid')
    const about = await db().stripeEvent.findMany({ where: { type: { startsWith: 'payment_intent.' } } })
    expect(new Set(about.map((event) => event.state))).toEqual(new Set(['applied', 'ignored']))
    expect(about.find((event) => event.objectId === foreign.id)).toMatchObject({ state: 'ignored' })
    expect(about.filter((event) => event.objectId === id).length).toBeGreaterThan(0)
    expect(await dirtyCount()).toBe(0)
  })
})

describe('two at the same object', () => {
  it('never fetch it at the same time, and the last change is seen', async () => {
    const { id } = await newInvoice()
    await sandbox.control('POST', '/_sandbox/faults', {
      method: 'GET',
      path: `/v1/invoices/${id}`,
      effect: 'slow',
      delayMs: 40,
    })
    const changes = Array.from({ length: 8 }, async (_, index) => {
      await sandbox.stripe.invoices.update(id, { description: `change ${index}` })
      await (index % 2 === 0 ? refresh('invoice', id) : refreshAfterWrite('invoice', id))
    })
    await Promise.all(changes)
    await settle()
    await sandbox.control('DELETE', '/_sandbox/faults')
    expect(reads.mostAtOnce).toBe(1)
    expect((await invoiceRow(id)).description).toBe((await sandbox.stripe.invoices.retrieve(id)).description)
    expect(await dirtyCount()).toBe(0)
  })

  it('one that was overtaken after its lease ran out may not write', async () => {
    const { id } = await newInvoice()
    await markDirty(pool(), 'invoice', id)
    const slow = await claim({ type: 'invoice', id })
    if (slow === null) throw new Error('nobody else is at it')
    expect(await claim({ type: 'invoice', id })).toBeNull()

    // Its fetch takes longer than its lease: what it will bring back was seen before the change.
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const fetched = sandbox.stripe.invoices.retrieve(id).then(async () => {
      await held
      return mirror(slow)
    })
    await pool().query(`update sync_objects set next_attempt_at = now() where id = $1`, [id])
    await sandbox.stripe.invoices.update(id, { description: 'newer' })
    const quick = await claim({ type: 'invoice', id })
    if (quick === null) throw new Error('the lease has run out')
    await mirror(quick)
    release()
    await expect(fetched).rejects.toBeInstanceOf(LeaseLost)
    expect((await invoiceRow(id)).description).toBe('newer')
    expect(await mirrorOrRetryLater(slow)).toBe('lost')
  })

  it('a change during the fetch leaves the object dirty', async () => {
    const { id } = await newInvoice()
    await markDirty(pool(), 'invoice', id)
    const lease = await claim({ type: 'invoice', id })
    if (lease === null) throw new Error('nobody else is at it')
    const [event] = await eventsOf(id)
    await deliver(event as Stripe.Event)
    await mirror(lease)
    expect(await dirtyCount()).toBe(1)
    expect(await db().stripeEvent.findFirst({ where: { objectId: id } })).toMatchObject({ state: 'received' })
    await settle()
    expect(await db().stripeEvent.findFirst({ where: { objectId: id } })).toMatchObject({ state: 'applied' })
  })
})

describe('when Stripe does not help', () => {
  it.each([
    ['is down', { effect: 'status_before', status: 503 }, 'Stripe could not be reached.'],
    ['is busy', { effect: 'status_before', status: 429 }, 'Stripe was busy.'],
    ['refuses the key', { effect: 'status_before', status: 401 }, 'Stripe does not accept the key'],
    ['hangs up', { effect: 'reset_before' }, 'Stripe could not be reached.'],
  ])('because it %s, no object is blamed for it', async (_, fault, reason) => {
    const { id } = await newInvoice()
    await sandbox.control('POST', '/_sandbox/faults', { method: 'GET', path: '/v1/*', ...fault })
    await refreshAfterWrite('invoice', id)
    const object = await db().syncObject.findUniqueOrThrow({ where: { type_id: { type: 'invoice', id } } })
    expect(object).toMatchObject({ attempts: 0, deadAt: null, leaseToken: null })
    expect(object.lastError).toContain(reason)
    expect(object.nextAttemptAt?.getTime()).toBeGreaterThan(Date.now())
    await sandbox.control('DELETE', '/_sandbox/faults')
    await refresh('invoice', id)
    expect((await invoiceRow(id)).status).toBe('draft')
  })

  it("with another account's key, nothing is taken for deleted", async () => {
    const { id } = await newInvoice()
    await refresh('invoice', id)
    await pool().query(`insert into sync_status (id, account_id) values (1, 'acct_another')`)
    await sandbox.stripe.invoices.del(id)
    await expect(refresh('invoice', id)).rejects.toThrow('this database mirrors acct_another')
    expect((await invoiceRow(id)).deletedAt).toBeNull()
    await pool().query('delete from sync_status')
    expect(await refresh('invoice', id)).toBe('gone')
  })
})
