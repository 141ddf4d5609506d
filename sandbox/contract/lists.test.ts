import { beforeAll, describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, customerWithCard, draft, first, openInvoice } from '@/sandbox/contract/scenes'

const account = useAccount()

describe('a list that changes while it is read', () => {
  test('shows everything once, though what a cursor names is in the list no more', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe)
    for (let index = 0; index < 5; index += 1) await openInvoice(stripe, { customer: owner })
    const seen: string[] = []
    for await (const { id } of stripe.invoices.list({ customer: owner, status: 'open', limit: 2 })) {
      seen.push(id)
      await stripe.invoices.voidInvoice(id)
    }
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  })

  test('goes on from a cursor that belongs to another list', async () => {
    const { stripe } = account
    const [one, other] = [await customer(stripe), await customer(stripe)]
    const older = await draft(stripe, { customer: one.id })
    const between = await draft(stripe, { customer: other.id })
    const newer = await draft(stripe, { customer: one.id })
    const ids = async (params: object) =>
      (await stripe.invoices.list({ customer: one.id, ...params })).data.map(({ id }) => id)
    expect(await ids({ starting_after: between.id })).toEqual([older.id])
    expect(await ids({ ending_before: between.id })).toEqual([newer.id])
  })
})

describe('a list of 25 customers', () => {
  const email = `list-${Date.now()}@a.example`
  /** Newest first, as lists are. */
  const ids: string[] = []

  beforeAll(async () => {
    for (let index = 0; index < 25; index += 1) {
      ids.unshift((await customer(account.stripe, { email, name: `Number ${index}` })).id)
    }
  })

  const page = async (params: Record<string, unknown>) => {
    const list = await account.stripe.customers.list({ email, ...params })
    return { ids: list.data.map(({ id }) => id), hasMore: list.has_more, list }
  }

  test('shows ten, newest first, and says that there are more', async () => {
    const { ids: shown, hasMore, list } = await page({})
    expect(shown).toEqual(ids.slice(0, 10))
    expect(hasMore).toBe(true)
    expect(list).toMatchObject({ object: 'list', url: '/v1/customers' })
  })

  test('goes forward from a cursor to the end', async () => {
    expect(await page({ limit: 100 })).toMatchObject({ ids, hasMore: false })
    expect(await page({ limit: 5, starting_after: ids[19] })).toMatchObject({
      ids: ids.slice(20),
      hasMore: false,
    })
    expect(await page({ limit: 4, starting_after: ids[19] })).toMatchObject({
      ids: ids.slice(20, 24),
      hasMore: true,
    })
    expect(await page({ starting_after: ids[24] })).toMatchObject({ ids: [], hasMore: false })
  })

  test('goes backward, each page still newest first', async () => {
    expect(await page({ limit: 5, ending_before: ids[10] })).toMatchObject({
      ids: ids.slice(5, 10),
      hasMore: true,
    })
    expect(await page({ limit: 5, ending_before: ids[3] })).toMatchObject({
      ids: ids.slice(0, 3),
      hasMore: false,
    })
    expect(await page({ ending_before: ids[0] })).toMatchObject({ ids: [], hasMore: false })
  })

  test('is walked through by the SDK in both directions', async () => {
    const forward: string[] = []
    for await (const { id } of account.stripe.customers.list({ email, limit: 7 })) forward.push(id)
    expect(forward).toEqual(ids)
    const backward: string[] = []
    for await (const { id } of account.stripe.customers.list({ email, limit: 7, ending_before: ids[24] })) {
      backward.push(id)
    }
    expect(backward).toEqual(ids.slice(0, 24).reverse())
  })

  test('keeps its place when something is deleted or added between two pages', async () => {
    const first = await page({ limit: 5 })
    const added = await customer(account.stripe, { email })
    const second = await page({ limit: 5, starting_after: first.ids.at(-1) })
    expect(second.ids).toEqual(ids.slice(5, 10))
    await account.stripe.customers.del(added.id)
    expect((await page({ limit: 5 })).ids).toEqual(first.ids)
  })

  test.each([
    [{ limit: 0 }, undefined],
    [{ limit: 101 }, undefined],
    [{ limit: -1 }, undefined],
    [{ limit: 'ten' }, 'parameter_invalid_integer'],
    [{ starting_after: 'cus_nobody' }, 'resource_missing'],
    [{ ending_before: 'cus_nobody' }, 'resource_missing'],
    [{ starting_after: 'in_1', ending_before: 'in_2' }, undefined],
    [{ nonsense: 'x' }, 'parameter_unknown'],
  ])('refuses %o', async (params, code) => {
    const refusal = await refusalOf(page(params))
    expect(refusal).toMatchObject({ status: 400, type: 'invalid_request_error' })
    if (code) expect(refusal.code).toBe(code)
  })

  test('a missing cursor is named', async () => {
    expect(await refusalOf(page({ starting_after: 'cus_nobody' }))).toMatchObject({ param: 'starting_after' })
  })

  test('filters by exact e-mail, case included', async () => {
    expect((await account.stripe.customers.list({ email: email.toUpperCase() })).data).toEqual([])
  })

  test('filters by time of creation, exactly or by range', async () => {
    const { created } = first((await account.stripe.customers.list({ email, limit: 1 })).data)
    const count = async (range: number | Record<string, number>) =>
      (await page({ created: range, limit: 100 })).ids.length
    expect(await count({ gte: created - 3600, lte: created + 3600 })).toBe(25)
    expect(await count({ gt: created + 3600 })).toBe(0)
    expect(await count({ lt: created - 3600 })).toBe(0)
    expect((await count({ lt: created })) + (await count(created)) + (await count({ gt: created }))).toBe(25)
    expect(await refusalOf(page({ created: { near: 1 } }))).toMatchObject({ status: 400 })
    expect(await refusalOf(page({ created: 'yesterday' }))).toMatchObject({ status: 400 })
  })
})

describe('filters', () => {
  test('of invoices: customer, status, way of collection, due date', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const sent = await openInvoice(stripe, { customer: id })
    const drafted = await draft(stripe, { customer: id, collection_method: 'charge_automatically' })
    const ids = async (params: object) =>
      (await stripe.invoices.list({ customer: id, ...params })).data.map((i) => i.id)
    expect(await ids({})).toEqual([drafted.id, sent.id])
    expect(await ids({ status: 'open' })).toEqual([sent.id])
    expect(await ids({ status: 'draft' })).toEqual([drafted.id])
    expect(await ids({ status: 'void' })).toEqual([])
    expect(await ids({ collection_method: 'send_invoice' })).toEqual([sent.id])
    expect(await ids({ due_date: { lte: sent.due_date } })).toEqual([sent.id])
    expect(await ids({ due_date: { lt: sent.due_date } })).toEqual([])
  })

  test('an unknown status is refused by naming the five', async () => {
    const refusal = await refusalOf(account.stripe.invoices.list({ status: 'overdue' }))
    expect(refusal.status).toBe(400)
    for (const status of ['draft', 'open', 'paid', 'uncollectible', 'void'])
      expect(refusal.message).toContain(status)
  })

  test('an unknown customer in a filter finds nothing or is refused, but never 404', async () => {
    const { data } = await account.stripe.invoices
      .list({ customer: 'cus_nobody' })
      .catch(() => ({ data: [] }))
    expect(data).toEqual([])
  })
})

describe('expand', () => {
  test('turns ids into objects, on reads, writes and lists', async () => {
    const { stripe } = account
    const { id, customer: owner } = await draft(stripe, { expand: ['customer'] })
    expect(owner).toEqual(expect.any(String))
    expect((await stripe.invoices.retrieve(id, { expand: ['customer'] })).customer).toMatchObject({
      id: owner,
    })
    expect((await stripe.invoices.update(id, { expand: ['customer'] })).customer).toMatchObject({ id: owner })
    const { data } = await stripe.invoices.list({ limit: 1, expand: ['data.customer'] })
    expect(data[0]?.customer).toMatchObject({ object: 'customer', id: owner })
  })

  test('reaches the charge of a paid invoice', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe, { customer: (await customerWithCard(stripe)).id })
    await stripe.invoices.pay(id)
    const invoice = await stripe.invoices.retrieve(id, {
      expand: ['payments.data.payment.payment_intent.latest_charge', 'confirmation_secret'],
    })
    expect(invoice.payments?.data[0]?.payment.payment_intent).toMatchObject({
      object: 'payment_intent',
      latest_charge: { object: 'charge', paid: true, amount: 2000 },
    })
  })

  test('gives the stub of a deleted customer', async () => {
    const { stripe } = account
    const { id, customer: owner } = await openInvoice(stripe)
    await stripe.customers.del(String(owner))
    const invoice = await stripe.invoices.retrieve(id, { expand: ['customer'] })
    expect(invoice.customer).toEqual({ id: owner, object: 'customer', deleted: true })
    expect(invoice.customer_name).toBe('Lumen Labs')
  })

  test('shows payments only when asked', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe)
    expect(await stripe.invoices.retrieve(id)).not.toHaveProperty('payments')
    expect(await stripe.invoices.retrieve(id)).not.toHaveProperty('confirmation_secret')
    const { payments } = await stripe.invoices.retrieve(id, { expand: ['payments'] })
    expect(payments).toMatchObject({ object: 'list', data: [{ object: 'invoice_payment', invoice: id }] })
  })

  test.each([
    ['nonsense'],
    ['status'],
    ['customer.name'],
    ['data.customer'],
    ['customer.default_source.a.b.c'],
    [''],
  ])('refuses %s', async (path) => {
    const { stripe } = account
    const { id } = await draft(stripe)
    expect(await refusalOf(stripe.invoices.retrieve(id, { expand: [path] }))).toMatchObject({ status: 400 })
  })
})

describe('metadata', () => {
  test('merges, deletes by empty value, clears by empty text', async () => {
    const { stripe } = account
    const { id } = await customer(stripe, { metadata: { a: '1', b: '2' } })
    expect((await stripe.customers.update(id, { metadata: { b: '3', c: '4' } })).metadata).toEqual({
      a: '1',
      b: '3',
      c: '4',
    })
    expect((await stripe.customers.update(id, { metadata: { a: '' } })).metadata).toEqual({ b: '3', c: '4' })
    expect((await stripe.customers.update(id, { name: 'Other' })).metadata).toEqual({ b: '3', c: '4' })
    expect((await stripe.customers.update(id, { metadata: '' })).metadata).toEqual({})
  })

  test('keys made of digits stay keys', async () => {
    const { metadata } = await customer(account.stripe, { metadata: { 2026: 'budget', 0: 'zero' } })
    expect(metadata).toEqual({ 2026: 'budget', 0: 'zero' })
  })
})
