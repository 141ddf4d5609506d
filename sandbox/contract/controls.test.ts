import { describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { customer, customerWithCard, draft, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

type LedgerEntry = {
  seq: number
  time: number
  method: string
  path: string
  idempotencyKey: string | null
  paramsHash: string
  status: number
  resultId: string | null
  replayed: boolean
  requestId: string
}

const ledger = (query = '') => sandbox.control<LedgerEntry[]>('GET', `ledger${query}`)

describe('the ledger', () => {
  test('records every accepted write, replays included, and no read', async () => {
    const start = (await ledger()).length
    const options = { idempotencyKey: 'ledger-1' }
    const created = await sandbox.stripe.customers.create({ name: 'Ada' }, options)
    await sandbox.stripe.customers.create({ name: 'Ada' }, options)
    await sandbox.stripe.customers.retrieve(created.id)
    await sandbox.stripe.customers.update(created.id, { name: 'Byron' })
    await sandbox.stripe.customers.del(created.id)
    const [first, replay, update, removal, ...others] = (await ledger()).slice(start)
    expect(others).toEqual([])
    expect(first).toMatchObject({
      method: 'POST',
      path: '/v1/customers',
      idempotencyKey: 'ledger-1',
      status: 200,
      resultId: created.id,
      replayed: false,
      requestId: created.lastResponse.requestId,
    })
    expect(replay).toMatchObject({ resultId: created.id, replayed: true, paramsHash: first?.paramsHash })
    expect(replay?.requestId).not.toBe(first?.requestId)
    expect(update).toMatchObject({ path: `/v1/customers/${created.id}`, replayed: false })
    expect(update?.paramsHash).not.toBe(first?.paramsHash)
    expect(removal).toMatchObject({ method: 'DELETE', resultId: created.id })
    expect([replay, update, removal].map((entry) => Number(entry?.seq) - Number(first?.seq))).toEqual([
      1, 2, 3,
    ])
  })

  test('is filtered by path and by key', async () => {
    await sandbox.stripe.products.create({ name: 'Desk' }, { idempotencyKey: 'ledger-2' })
    expect((await ledger('?key=ledger-2')).map(({ path }) => path)).toEqual(['/v1/products'])
    expect((await ledger('?path=/v1/products')).every(({ path }) => path === '/v1/products')).toBe(true)
    expect(await ledger('?key=nobody')).toEqual([])
  })
})

describe('the requests', () => {
  type Logged = { id: string; path: string; status: number | null; params: string; error: object | null }
  const requests = (query: string) => sandbox.control<Logged[]>('GET', `requests?${query}`)

  test('are all there, reads, refused and unanswered ones too, without their keys', async () => {
    const { id } = await customer(sandbox.stripe, { name: 'Zoë' })
    const { lastResponse } = await sandbox.stripe.customers.retrieve(id)
    await sandbox.send('GET', '/v1/customers/cus_logged')
    await sandbox.send('POST', '/v1/customers', 'logged=1', { authorization: 'Bearer sk_live_logged' })
    expect(await requests(`path=/v1/customers/${id}`)).toMatchObject([
      { id: lastResponse.requestId, method: 'GET', status: 200, error: null, replayed: false },
    ])
    expect(await requests('path=/v1/customers/cus_logged')).toMatchObject([
      { status: 404, error: { code: 'resource_missing' } },
    ])
    expect((await requests('status=401')).map(({ params }) => params)).toEqual(['logged=1'])
    await sandbox.control('POST', 'faults', { path: '/v1/balance', effect: 'reset_before', count: 1 })
    await expect(sandbox.send('GET', '/v1/balance')).rejects.toThrow()
    expect((await requests('path=/v1/balance')).map(({ status }) => status)).toEqual([null])
    expect(JSON.stringify(await requests(''))).not.toMatch(/sk_live|sk_test/)
  })
})

describe('the clock', () => {
  const now = async () => (await sandbox.control<{ now: number }>('GET', 'health')).now

  test('moves forward for everything at once', async () => {
    const before = await now()
    await sandbox.control('POST', 'clock', { advance_seconds: 3600 })
    const { created } = await customer(sandbox.stripe)
    expect(created - before).toBeGreaterThanOrEqual(3600)
    expect(created - before).toBeLessThan(3660)
    await sandbox.control('POST', 'clock', { to: created + 100_000 })
    expect((await now()) - created).toBeGreaterThanOrEqual(100_000)
  })

  test('finalizes and sends what advances by itself, an hour after its creation', async () => {
    const { id, created } = await draft(sandbox.stripe, { auto_advance: true })
    const planned = await sandbox.stripe.invoices.retrieve(id)
    expect(planned).toMatchObject({ automatically_finalizes_at: created + 3601, next_payment_attempt: null })
    expect(await sandbox.stripe.invoices.update(id, { auto_advance: false })).toMatchObject({
      automatically_finalizes_at: null,
    })
    expect(await sandbox.stripe.invoices.update(id, { auto_advance: true })).toMatchObject({
      automatically_finalizes_at: created + 3601,
    })
    await sandbox.control('POST', 'clock', { to: created + 3500 })
    expect((await sandbox.stripe.invoices.retrieve(id)).status).toBe('draft')
    await sandbox.control('POST', 'clock', { to: created + 3610 })
    expect(await sandbox.stripe.invoices.retrieve(id)).toMatchObject({
      status: 'open',
      automatically_finalizes_at: null,
    })
    const mails = await sandbox.control<{ invoice: string }[]>('GET', 'mail')
    expect(mails.filter((mail) => JSON.stringify(mail).includes(id))).toHaveLength(1)
    const { data } = await sandbox.stripe.events.list({ type: 'invoice.finalized', limit: 1 })
    expect(data[0]?.request).toEqual({ id: null, idempotency_key: null })
  })

  test('finalizes and charges what is charged automatically', async () => {
    const owner = await customerWithCard(sandbox.stripe)
    const { id, created } = await draft(sandbox.stripe, {
      customer: owner.id,
      collection_method: 'charge_automatically',
      auto_advance: true,
    })
    expect((await sandbox.stripe.invoices.retrieve(id)).next_payment_attempt).toBe(created + 3600)
    await sandbox.control('POST', 'clock', { to: created + 3700 })
    expect(await sandbox.stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', attempt_count: 1 })
  })

  test('leaves alone what does not advance by itself', async () => {
    const { id } = await draft(sandbox.stripe)
    await sandbox.control('POST', 'clock', { advance_seconds: 100 * 86_400 })
    expect((await sandbox.stripe.invoices.retrieve(id)).status).toBe('draft')
  })
})

describe('mail', () => {
  test('is kept instead of sent', async () => {
    const { id: owner } = await customer(sandbox.stripe, { email: 'mail@lumen.example' })
    const { id } = await openInvoice(sandbox.stripe, { customer: owner })
    const sent = await sandbox.stripe.invoices.sendInvoice(id)
    const mails = await sandbox.control<Record<string, unknown>[]>('GET', 'mail')
    const [mail, ...others] = mails.map((each) => JSON.stringify(each)).filter((text) => text.includes(id))
    expect(others).toEqual([])
    expect(mail).toContain('mail@lumen.example')
    expect(mail).toContain(String(sent.number))
  })
})

test('a control that does not exist says so', async () => {
  await expect(sandbox.control('GET', 'nonsense')).rejects.toThrow(/404/)
  await expect(sandbox.control('DELETE', 'health')).rejects.toThrow(/404/)
})

test('reset forgets everything but the account', async () => {
  const account = await sandbox.stripe.accounts.retrieveCurrent()
  await customer(sandbox.stripe)
  await sandbox.control('POST', 'reset')
  expect((await sandbox.stripe.customers.list()).data).toEqual([])
  expect((await sandbox.stripe.events.list()).data).toEqual([])
  expect(await ledger()).toEqual([])
  expect((await sandbox.stripe.accounts.retrieveCurrent()).id).toBe(account.id)
})
