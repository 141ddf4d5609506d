import { afterEach, describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import type { RequestFault } from '@/sandbox/faults/request-fault'

const sandbox = useSandbox({ seed: 7 })

const plant = (fault: object) =>
  sandbox.control<RequestFault>('POST', 'faults', {
    path: '/v1/products',
    method: 'POST',
    count: 1,
    ...fault,
  })
const planted = () => sandbox.control<RequestFault[]>('GET', 'faults')
const count = async () => (await sandbox.stripe.products.list({ limit: 100 })).data.length
const create = () => sandbox.stripe.products.create({ name: 'Chair' })
const send = (key?: string) =>
  sandbox.send('POST', '/v1/products', 'name=Chair', key === undefined ? {} : { 'idempotency-key': key })

afterEach(() => sandbox.control('DELETE', 'faults'))

describe('before the effect', () => {
  test.each([
    [400, null, 'StripeInvalidRequestError', 'invalid_request_error'],
    [401, null, 'StripeAuthenticationError', 'invalid_request_error'],
    [402, 'insufficient_funds', 'StripeCardError', 'card_error'],
    [403, null, 'StripePermissionError', 'invalid_request_error'],
    [409, 'idempotency_key_in_use', 'StripeAPIError', 'idempotency_error'],
    [429, 'rate_limit', 'StripeRateLimitError', 'invalid_request_error'],
    [500, null, 'StripeAPIError', 'api_error'],
    [503, null, 'StripeAPIError', 'api_error'],
  ])('%i is what the SDK takes it for, and leaves nothing', async (status, code, type, rawType) => {
    const before = await count()
    await plant({ effect: 'status_before', status, code })
    await expect(create()).rejects.toMatchObject({ type, rawType, statusCode: status, ...(code && { code }) })
    expect(await count()).toBe(before)
    await create()
    expect(await count()).toBe(before + 1)
  })

  test('the connection is cut, nothing is left', async () => {
    const before = await count()
    await plant({ effect: 'reset_before' })
    // The SDK would try a reset connection again by itself, whatever its number of retries.
    await expect(send()).rejects.toThrow()
    expect(await count()).toBe(before)
  })

  test('nobody answers', async () => {
    const before = await count()
    await plant({ effect: 'hang' })
    await expect(sandbox.stripe.products.create({ name: 'Chair' }, { timeout: 200 })).rejects.toMatchObject({
      type: 'StripeConnectionError',
    })
    expect(await count()).toBe(before)
  })

  test('code, words and headers are as planted', async () => {
    await plant({
      effect: 'status_before',
      status: 429,
      code: 'lock_timeout',
      message: 'Locked.',
      reason: 'endpoint-rate',
      shouldRetry: true,
    })
    const { json, headers } = await send()
    expect(json.error).toEqual({ type: 'invalid_request_error', code: 'lock_timeout', message: 'Locked.' })
    expect(headers.get('stripe-rate-limited-reason')).toBe('endpoint-rate')
    expect(headers.get('stripe-should-retry')).toBe('true')
    expect(headers.get('request-id')).toMatch(/^req_/)
  })
})

describe('after the effect', () => {
  test('a status hides what was done, and is kept under the key', async () => {
    const before = await count()
    await plant({ effect: 'status_after', status: 503 })
    const first = await send('hidden')
    expect(first.json.error).toMatchObject({ type: 'api_error' })
    expect(await count()).toBe(before + 1)
    const again = await send('hidden')
    expect([again.status, again.text]).toEqual([503, first.text])
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(await count()).toBe(before + 1)
  })

  test('the connection is cut, and the key tells what became of it', async () => {
    const before = await count()
    await plant({ effect: 'reset_after', count: 2 })
    await expect(send('cut')).rejects.toThrow()
    await expect(send('cut')).rejects.toThrow()
    const third = await send('cut')
    expect(third.status).toBe(200)
    expect(third.headers.get('idempotent-replayed')).toBe('true')
    expect(await count()).toBe(before + 1)
  })

  test('the answer comes late, as a whole or byte by byte', async () => {
    const before = await count()
    for (const effect of ['slow', 'slow_body']) {
      await plant({ effect, delayMs: 300 })
      const started = performance.now()
      expect((await create()).name).toBe('Chair')
      expect(performance.now() - started).toBeGreaterThan(250)
    }
    expect(await count()).toBe(before + 2)
  })

  test('a body that trickles begins at once', async () => {
    await plant({ effect: 'slow_body', delayMs: 2000 })
    const response = await fetch(`${sandbox.url}/v1/products`, {
      method: 'POST',
      body: 'name=Chair',
      headers: { authorization: 'Bearer sk_test_trickle' },
    })
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect(first?.value?.length).toBeLessThan(Number(response.headers.get('content-length')))
    await reader?.cancel()
  })

  test('the answer is no JSON', async () => {
    const before = await count()
    await plant({ effect: 'invalid_json' })
    await expect(create()).rejects.toMatchObject({ type: 'StripeAPIError' })
    expect(await count()).toBe(before + 1)
  })
})

describe('a fault', () => {
  test('hits the method, path and number of requests that it names', async () => {
    await plant({ effect: 'status_before', path: '/v1/products*', count: 2 })
    await count()
    expect(await refusalOf(create())).toMatchObject({ status: 500 })
    expect((await planted()).map(({ left, hits }) => [left, hits])).toEqual([[1, 1]])
    expect(await refusalOf(sandbox.stripe.products.update('prod_x', { name: 'x' }))).toMatchObject({
      status: 500,
    })
    await create()
    expect(await planted()).toEqual([])
  })

  test('hits the idempotency keys that it names', async () => {
    await plant({ effect: 'status_before', key: 'run-1/*', count: null })
    const statuses = []
    for (const key of ['run-1/a', 'run-2/a', undefined, 'run-1/b']) statuses.push((await send(key)).status)
    expect(statuses).toEqual([500, 200, 200, 500])
  })

  test('hits by chance as often as its probability says', async () => {
    await plant({ effect: 'status_before', probability: 0.5, count: 3 })
    const statuses = []
    for (let index = 0; index < 30; index += 1) statuses.push((await send()).status)
    expect(statuses.filter((status) => status === 500)).toHaveLength(3)
    expect(statuses.slice(0, 3)).not.toEqual([500, 500, 500])
  })

  test('hits what would be refused too', async () => {
    await plant({ effect: 'status_after', status: 500 })
    expect((await sandbox.send('POST', '/v1/products', 'nonsense=1')).status).toBe(500)
    expect((await sandbox.send('POST', '/v1/products', 'nonsense=1')).status).toBe(400)
  })

  test('is lifted alone or with all others', async () => {
    const [first, second, third] = [
      await plant({ effect: 'hang', path: '/v1/a' }),
      await plant({ effect: 'hang', path: '/v1/b' }),
      await plant({ effect: 'hang', path: '/v1/c' }),
    ]
    await sandbox.control('DELETE', `faults/${second.id}`)
    expect((await planted()).map(({ id }) => id)).toEqual([first.id, third.id])
    await expect(sandbox.control('DELETE', `faults/${second.id}`)).rejects.toThrow(/404/)
    await sandbox.control('DELETE', 'faults')
    expect(await planted()).toEqual([])
  })

  test.each([
    [{}],
    [{ effect: 'explode' }],
    [{ effect: 'hang', count: -1 }],
    [{ effect: 'hang', extra: 1 }],
    [{ effect: 'hang', probability: 0 }],
    [{ effect: 'hang', probability: 1.5 }],
    [{ effect: 'status_before', status: 200 }],
    [{ effect: 'hang', path: 'v1' }],
  ])('that makes no sense is refused: %j', async (fault) => {
    await expect(sandbox.control('POST', 'faults', { path: '/v1/x', ...fault })).rejects.toThrow(/400/)
  })
})
