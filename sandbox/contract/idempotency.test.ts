import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, customerWithCard, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const post = (path: string, body: string, key: string) =>
  sandbox.send('POST', path, body, { 'idempotency-key': key })

async function countByEmail(email: string): Promise<number> {
  return (await sandbox.stripe.customers.list({ email, limit: 100 })).data.length
}

describe('the same key', () => {
  test('replays the first answer byte for byte', async () => {
    const first = await post('/v1/customers', 'email=replay@a.example&metadata[a]=1', 'replay-1')
    const second = await post('/v1/customers', 'metadata[a]=1&email=replay@a.example', 'replay-1')
    expect(first.status).toBe(200)
    expect(first.headers.get('idempotency-key')).toBe('replay-1')
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(second.text).toBe(first.text)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'))
    expect(second.headers.get('request-id')).not.toBe(first.headers.get('request-id'))
    expect(await countByEmail('replay@a.example')).toBe(1)
  })

  test('still answers as it did when the object has changed since', async () => {
    const options = { idempotencyKey: 'replay-2' }
    const created = await sandbox.stripe.customers.create({ name: 'Before' }, options)
    await sandbox.stripe.customers.update(created.id, { name: 'After' })
    const replayed = await sandbox.stripe.customers.create({ name: 'Before' }, options)
    expect(replayed).toEqual(created)
  })

  test('with other parameters or another path is refused and does nothing', async () => {
    await post('/v1/customers', 'email=mismatch@a.example', 'mismatch')
    const other = await post('/v1/customers', 'email=other@a.example', 'mismatch')
    const elsewhere = await post('/v1/products', 'email=mismatch@a.example', 'mismatch')
    for (const { status, json } of [other, elsewhere]) {
      expect(status).toBe(400)
      expect(json.error).toMatchObject({
        type: 'idempotency_error',
        message: expect.stringContaining('mismatch'),
      })
    }
    expect(await countByEmail('other@a.example')).toBe(0)
    expect(
      await refusalOf(
        sandbox.stripe.customers.create({ email: 'other@a.example' }, { idempotencyKey: 'mismatch' }),
      ),
    ).toMatchObject({ status: 400, type: 'idempotency_error' })
  })

  test('keeps a decline, and the card is tried once', async () => {
    const { id } = await customerWithCard(sandbox.stripe, 'pm_card_chargeCustomerFail')
    const invoice = await openInvoice(sandbox.stripe, { customer: id })
    const first = await post(`/v1/invoices/${invoice.id}/pay`, '', 'declined')
    const second = await post(`/v1/invoices/${invoice.id}/pay`, '', 'declined')
    expect([first.status, second.status]).toEqual([402, 402])
    expect(second.text).toBe(first.text)
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect((await sandbox.stripe.charges.list({ customer: id })).data).toHaveLength(1)
  })

  test('may be used again after a request that was malformed', async () => {
    expect((await post('/v1/products', 'description=nameless', 'corrected')).status).toBe(400)
    expect((await post('/v1/products', 'name=Named', 'corrected')).status).toBe(200)
  })

  test('keeps an internal error, with whatever it had done', async () => {
    await sandbox.control('POST', 'faults', {
      method: 'POST',
      path: '/v1/customers',
      count: 1,
      effect: 'status_after',
      status: 500,
    })
    const first = await post('/v1/customers', 'email=half@a.example', 'half')
    const second = await post('/v1/customers', 'email=half@a.example', 'half')
    expect([first.status, second.status]).toEqual([500, 500])
    expect(second.text).toBe(first.text)
    expect(await countByEmail('half@a.example')).toBe(1)
  })

  test('tells a caller whose connection broke what became of the call', async () => {
    await sandbox.control('POST', 'faults', { path: '/v1/customers', count: 1, effect: 'reset_after' })
    await expect(post('/v1/customers', 'email=lost@a.example', 'lost')).rejects.toThrow()
    const again = await post('/v1/customers', 'email=lost@a.example', 'lost')
    expect(again.status).toBe(200)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await countByEmail('lost@a.example')).toBe(1)
  })

  test('while the first request still runs is a conflict', async () => {
    await sandbox.control('POST', 'faults', { path: '/v1/customers', count: 1, effect: 'slow', delayMs: 400 })
    const first = post('/v1/customers', 'email=twin@a.example', 'twin')
    await new Promise((resolve) => setTimeout(resolve, 100))
    const twin = await post('/v1/customers', 'email=twin@a.example', 'twin')
    expect(twin.status).toBe(409)
    expect(twin.json.error).toMatchObject({ code: 'idempotency_key_in_use' })
    expect(twin.headers.get('stripe-should-retry')).toBe('false')
    expect((await first).status).toBe(200)
    expect((await post('/v1/customers', 'email=twin@a.example', 'twin')).status).toBe(200)
    expect(await countByEmail('twin@a.example')).toBe(1)
  })

  test('fifty times at once makes one object', async () => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post('/v1/customers', 'email=crowd@a.example', 'crowd')),
    )
    const statuses = new Set(answers.map(({ status }) => status))
    expect([...statuses].filter((status) => status !== 200 && status !== 409)).toEqual([])
    expect(new Set(answers.filter(({ status }) => status === 200).map(({ text }) => text)).size).toBe(1)
    expect(await countByEmail('crowd@a.example')).toBe(1)
  })

  test('counts as new after a day and replays for at least so long', async () => {
    await post('/v1/customers', 'email=day@a.example', 'day')
    await sandbox.control('POST', 'clock', { advance_seconds: 23 * 3600 })
    expect(
      (await post('/v1/customers', 'email=day@a.example', 'day')).headers.get('idempotent-replayed'),
    ).toBe('true')
    await sandbox.control('POST', 'clock', { advance_seconds: 2 * 3600 })
    await post('/v1/customers', 'email=day@a.example', 'day')
    expect(await countByEmail('day@a.example')).toBe(2)
  })
})

test('a key of more than 255 characters is refused', async () => {
  expect((await post('/v1/customers', 'name=x', 'k'.repeat(256))).status).toBe(400)
  expect((await post('/v1/customers', 'name=x', 'k'.repeat(255))).status).toBe(200)
})

test('an empty key is none', async () => {
  for (const name of ['One', 'Two'])
    expect((await post('/v1/customers', `name=${name}`, '')).status).toBe(200)
})

test('keys mean nothing on GET and DELETE', async () => {
  const { id } = await customer(sandbox.stripe)
  const headers = { 'idempotency-key': 'reading' }
  expect((await sandbox.send('GET', `/v1/customers/${id}`, undefined, headers)).status).toBe(200)
  expect((await sandbox.send('DELETE', `/v1/customers/${id}`, undefined, headers)).json).toMatchObject({
    deleted: true,
  })
  expect((await sandbox.send('GET', `/v1/customers/${id}`, undefined, headers)).json).toMatchObject({
    deleted: true,
  })
})

test("the SDK's own key protects its retries, not a second call", async () => {
  await sandbox.stripe.customers.create({ email: 'twice@a.example' })
  await sandbox.stripe.customers.create({ email: 'twice@a.example' })
  expect(await countByEmail('twice@a.example')).toBe(2)
})
