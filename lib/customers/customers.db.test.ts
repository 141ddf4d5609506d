import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import { createCustomerInput } from '@/lib/domain/customer-input'
import { refresh } from '@/lib/sync/refresh'
import { createCustomer } from './create-customer'
import { getCustomer } from './get-customer'
import { listCustomers } from './list-customers'
import { searchCustomers } from './search-customers'

useTestDatabase()
const sandbox = useTestSandbox()

const ctx: Ctx = {
  actor: { id: randomUUID(), name: 'Bela', email: 'bela@duebook.test', role: 'biller' },
  now: new Date(),
  requestId: randomUUID(),
}

async function newCustomer(name: string, email?: string): Promise<string> {
  const input = createCustomerInput.parse({ operationId: randomUUID(), name, email })
  const result = await createCustomer(ctx, input)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value.customerId
}

const names = async (search: string) =>
  (await listCustomers(ctx, { search, after: null })).rows.map(({ name }) => name)

/** An open invoice of one line. */
async function openInvoice(customer: string, currency: string, amount: number): Promise<void> {
  const draft = await sandbox.stripe.invoices.create({
    customer,
    currency,
    collection_method: 'send_invoice',
    days_until_due: 14,
  })
  const id = draft.id ?? ''
  await sandbox.stripe.invoiceItems.create({ customer, invoice: id, currency, amount })
  await sandbox.stripe.invoices.finalizeInvoice(id)
  await refresh('invoice', id)
}

describe('creating a customer', () => {
  it('is marked with its operation, shown at once, and an empty address is none', async () => {
    const operationId = randomUUID()
    const input = createCustomerInput.parse({
      operationId,
      name: ' Acme ',
      email: '',
      description: 'Key account',
    })
    const result = await createCustomer(ctx, input)
    if (!result.ok) throw new Error(result.error.code)
    const { customerId, receipt } = result.value
    expect(receipt).toMatchObject({ objectId: customerId, requestId: expect.stringMatching(/^req_/) })
    expect(await sandbox.stripe.customers.retrieve(customerId)).toMatchObject({
      name: 'Acme',
      email: null,
      metadata: { duebook_operation: operationId },
    })
    expect(await getCustomer(ctx, customerId)).toMatchObject({
      name: 'Acme',
      email: null,
      description: 'Key account',
      balance: 0,
      open: [],
      isDeleted: false,
    })
  })

  it('twice under one id makes one', async () => {
    const input = createCustomerInput.parse({ operationId: randomUUID(), name: 'Once Ltd' })
    const first = await createCustomer(ctx, input)
    expect(await createCustomer(ctx, input)).toEqual(first)
    expect(await names('Once Ltd')).toEqual(['Once Ltd'])
  })

  it('by a viewer is refused and nothing is sent', async () => {
    const viewer: Ctx = { ...ctx, actor: { ...ctx.actor, role: 'viewer' } }
    const input = createCustomerInput.parse({ operationId: randomUUID(), name: 'Forbidden Ltd' })
    expect(await createCustomer(viewer, input)).toEqual({ ok: false, error: { code: 'forbidden' } })
    expect((await sandbox.stripe.customers.list()).data.map(({ name }) => name)).not.toContain(
      'Forbidden Ltd',
    )
  })
})

describe('a customer', () => {
  it('is shown with what is open, per currency, never added up', async () => {
    const id = await newCustomer('Owing Ltd')
    await openInvoice(id, 'usd', 1000)
    await openInvoice(id, 'usd', 250)
    await refresh('customer', id)
    const other = await newCustomer('Owing too')
    await openInvoice(other, 'jpy', 70)
    const { rows } = await listCustomers(ctx, { search: 'owing', after: null })
    expect(Object.fromEntries(rows.map(({ name, open }) => [name, open]))).toEqual({
      'Owing Ltd': [{ currency: 'usd', amount: 1250, count: 2 }],
      'Owing too': [{ currency: 'jpy', amount: 70, count: 1 }],
    })
    expect(await getCustomer(ctx, id)).toMatchObject({ currency: 'usd', open: [{ amount: 1250 }] })
  })

  it('that Stripe has deleted is on no list; its page says so', async () => {
    const id = await newCustomer('Former Ltd')
    await sandbox.stripe.customers.del(id)
    expect(await refresh('customer', id)).toBe('gone')
    expect(await names('Former Ltd')).toEqual([])
    expect(await searchCustomers(ctx, { search: 'Former' })).toEqual([])
    expect(await getCustomer(ctx, id)).toMatchObject({ name: 'Former Ltd', isDeleted: true })
  })

  it('that is unknown, or no id at all, is not found', async () => {
    for (const id of ['cus_unknown', 'in_1', 'cus_1/../x', '\u0000', ''])
      expect(await getCustomer(ctx, id)).toBeNull()
  })

  it.each([
    ['50%', ['50% Off']],
    ['ACME_', ['acme_corp']],
    ['billing@corp', ['acme_corp']],
    ['corp.example%', []],
    ['\u0000', expect.arrayContaining(['50% Off', 'acme_corp'])],
  ])('is found by %j literally', async (search, expected) => {
    if ((await names('acme_corp')).length === 0) {
      await newCustomer('50% Off')
      await newCustomer('acme_corp', 'billing@corp.example')
    }
    expect(await names(search)).toEqual(expected)
  })
})

describe('pages of customers', () => {
  const total = 120

  beforeAll(async () => {
    const createdAt = new Date('2026-01-01T00:00:00Z')
    const ids = Array.from({ length: total }, (_, index) => `cus_page${String(index).padStart(4, '0')}`)
    await db().customer.createMany({
      // Three of each instant, so that pages end between equals.
      data: ids.map((id, index) => ({
        id,
        name: 'Paged',
        balance: 0n,
        createdAt: new Date(createdAt.getTime() + Math.floor(index / 3) * 1000),
        raw: {},
        mirroredAt: new Date(),
      })),
    })
  })

  it('show everybody once, newest first, and end', async () => {
    const seen: string[] = []
    let after: string | null = null
    const sizes: number[] = []
    do {
      const page: Awaited<ReturnType<typeof listCustomers>> = await listCustomers(ctx, {
        search: 'Paged',
        after,
      })
      seen.push(...page.rows.map(({ id }) => id))
      sizes.push(page.rows.length)
      after = page.nextCursor
    } while (after !== null)
    expect(sizes).toEqual([50, 50, 20])
    expect(seen).toEqual(
      Array.from({ length: total }, (_, index) => `cus_page${String(total - 1 - index).padStart(4, '0')}`),
    )
  })

  it.each(['garbage', '1', "1'.cus_1", '-1.cus_1', '\u0000'])(
    'begin at the beginning for %j',
    async (after) => {
      const first = await listCustomers(ctx, { search: 'Paged', after: null })
      expect(await listCustomers(ctx, { search: 'Paged', after })).toEqual(first)
    },
  )

  it('offer twenty to choose from', async () => {
    expect(await searchCustomers(ctx, { search: 'Paged' })).toHaveLength(20)
  })
})
