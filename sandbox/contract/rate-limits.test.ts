import { afterEach, describe, expect, test } from 'vitest'
import { useSandbox } from '@/sandbox/contract/account'
import { draft } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const setSwitches = (switches: object) => sandbox.control('POST', 'settings', { sandbox: switches })
afterEach(() => setSwitches({ rate_limits: false, lock_timeout: false }))

const many = <T>(count: number, call: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => call(index)))

describe('without a word', () => {
  test('nobody is limited', async () => {
    const { id } = await draft(sandbox.stripe)
    const answers = await many(60, (index) =>
      sandbox.send('POST', `/v1/invoices/${id}`, `description=${index}`),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })
})

describe('with rate limits', () => {
  test('more than 25 requests in a second are refused, and the SDK knows why', async () => {
    await setSwitches({ rate_limits: true })
    const answers = await many(60, () => sandbox.send('GET', '/v1/balance'))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(0)
    for (const { json, headers } of refused) {
      expect(json.error).toMatchObject({ type: 'invalid_request_error', code: 'rate_limit' })
      expect(headers.get('stripe-rate-limited-reason')).toBe('global-rate')
      expect(headers.get('request-id')).toMatch(/^req_/)
    }
    await setSwitches({ rate_limits: false })
    await sandbox.control('POST', 'faults', {
      path: '/v1/balance',
      effect: 'status_before',
      status: 429,
      count: 1,
    })
    await expect(sandbox.stripe.balance.retrieve()).rejects.toMatchObject({ type: 'StripeRateLimitError' })
  })

  test('a refused write did nothing, and its key is free', async () => {
    await setSwitches({ rate_limits: true })
    const create = (index: number) =>
      sandbox.send('POST', '/v1/products', 'name=Limited', { 'idempotency-key': `limited-${index}` })
    const first = await many(40, create)
    await setSwitches({ rate_limits: false })
    const again = await many(40, create)
    const replayed = again.map(({ headers }) => headers.get('idempotent-replayed') === 'true')
    expect(replayed).toEqual(first.map(({ status }) => status === 200))
    expect((await sandbox.stripe.products.list({ limit: 100 })).data).toHaveLength(40)
  })
})

describe('with lock_timeout', () => {
  test('of writes to one object at the same time one is done, and reads are', async () => {
    await setSwitches({ lock_timeout: true })
    const { id, customer } = await draft(sandbox.stripe)
    const slow = { path: `/v1/invoices/${id}`, method: 'POST', effect: 'slow', delayMs: 400, count: 1 }
    await sandbox.control('POST', 'faults', slow)
    const first = sandbox.send('POST', `/v1/invoices/${id}`, 'description=first')
    await expect
      .poll(async () => (await sandbox.stripe.invoices.retrieve(id)).description, { interval: 5 })
      .toBe('first')
    const post = (path: string, form: string, key: string) =>
      sandbox.send('POST', path, form, { 'idempotency-key': key })
    const [second, item, other] = [
      await post(`/v1/invoices/${id}`, 'description=second', 'second'),
      await post('/v1/invoiceitems', `customer=${customer}&invoice=${id}&amount=1`, 'item'),
      await post(`/v1/customers/${customer}`, 'description=other', 'other'),
    ]
    expect([second.status, item.status, other.status]).toEqual([429, 429, 200])
    expect(second.json.error).toMatchObject({ code: 'lock_timeout', type: 'invalid_request_error' })
    expect(second.headers.get('stripe-rate-limited-reason')).toBeNull()
    expect((await first).status).toBe(200)
    expect((await post(`/v1/invoices/${id}`, 'description=second', 'second')).status).toBe(200)
  })
})
