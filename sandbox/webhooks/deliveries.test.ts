import { type AddressInfo, createServer } from 'node:net'
import Stripe from 'stripe'
import { afterEach, expect, test, vi } from 'vitest'
import { openReceiver } from '@/sandbox/contract/receiver'
import type { DeliveryFault } from '@/sandbox/faults/delivery-fault'
import {
  createDeliveries,
  type Deliveries,
  type DeliveryAttempt,
  type DeliveryEndpoint,
} from '@/sandbox/webhooks/deliveries'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function receiver(...answer: Parameters<typeof openReceiver>) {
  const opened = await openReceiver(...answer)
  cleanups.push(opened.close)
  return opened
}

function endpoint(id: string, url: string, enabledEvents = ['*']): DeliveryEndpoint {
  return { id, url, secrets: [`whsec_${id}`], enabledEvents, disabled: false }
}

function open(
  endpoints: DeliveryEndpoint[],
  faults: DeliveryFault[] = [],
  retryDelaysMs = [20, 40],
  timeoutMs = 20_000,
) {
  const attempts: DeliveryAttempt[] = []
  const succeeded: string[] = []
  const deliveries: Deliveries = createDeliveries({
    endpoints: () => endpoints,
    nowSeconds: () => 1_800_000_000,
    seed: '7',
    fault: () => faults.shift(),
    onSuccess: (eventId, endpointId) => succeeded.push(`${eventId}>${endpointId}`),
    onAttempt: (attempt) => attempts.push(attempt),
    retryDelaysMs,
    timeoutMs,
  })
  cleanups.push(deliveries.close)
  return { deliveries, attempts, succeeded }
}

const planted = (effect: DeliveryFault['effect'], more: Partial<DeliveryFault> = {}): DeliveryFault => ({
  id: 'fault_1',
  left: 1,
  probability: 1,
  hits: 0,
  types: ['*'],
  endpoint: null,
  effect,
  delayMs: 0,
  size: 2,
  apiVersion: '2020-08-27',
  ...more,
})
const event = (id: string, type = 'invoice.paid') => ({
  id,
  type,
  payload: JSON.stringify({ id, type, name: 'Zoë' }),
})
/** Long enough for any machine: it is over as soon as it holds. */
const until = (holds: () => void) => vi.waitFor(holds, { timeout: 20_000, interval: 5 })
const settled = (deliveries: Deliveries) => until(() => expect(deliveries.pending()).toBe(0))

test('posts the exact payload, signed so that the SDK accepts it', async () => {
  const { url, received } = await receiver()
  const { deliveries, attempts, succeeded } = open([endpoint('we_1', url)])
  deliveries.enqueue(event('evt_1'))
  await settled(deliveries)
  const [hook] = received
  expect(hook?.body).toBe(event('evt_1').payload)
  expect(hook?.headers['content-type']).toBe('application/json; charset=utf-8')
  const verified = new Stripe('sk_test_x').webhooks.constructEvent(
    hook?.body ?? '',
    hook?.headers['stripe-signature'] ?? '',
    'whsec_we_1',
  )
  expect(verified.id).toBe('evt_1')
  expect(succeeded).toEqual(['evt_1>we_1'])
  expect(attempts).toEqual([
    { eventId: 'evt_1', endpointId: 'we_1', url, attempt: 1, status: 200, error: null, at: 1_800_000_000 },
  ])
})

test('goes to the endpoints that listen for the type, or to the one that is named', async () => {
  const { url, received } = await receiver()
  const endpoints = [
    { ...endpoint('we_all', `${url}/all`) },
    { ...endpoint('we_family', `${url}/family`, ['invoice.*']) },
    { ...endpoint('we_exact', `${url}/exact`, ['invoice.paid']) },
    { ...endpoint('we_other', `${url}/other`, ['customer.created', 'invoice_payment.*', 'invoice']) },
    { ...endpoint('we_off', `${url}/off`), disabled: true },
  ]
  const { deliveries } = open(endpoints)
  deliveries.enqueue(event('evt_1'))
  await settled(deliveries)
  expect(received.map((hook) => hook.url).sort()).toEqual(['/hook/all', '/hook/exact', '/hook/family'])
  deliveries.enqueue(event('evt_2'), 'we_other')
  deliveries.enqueue(event('evt_3'), 'we_off')
  await settled(deliveries)
  expect(received.slice(3).map((hook) => hook.url)).toEqual(['/hook/other'])
})

test('tries again after a failure until it succeeds', async () => {
  const statuses = [500, 404, 204]
  const { url } = await receiver((response) => response.writeHead(statuses.shift() ?? 599).end())
  const { deliveries, attempts, succeeded } = open([endpoint('we_1', url)])
  deliveries.enqueue(event('evt_1'))
  await settled(deliveries)
  expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 500],
    [2, 404],
    [3, 204],
  ])
  expect(succeeded).toEqual(['evt_1>we_1'])
})

test('gives up after the last try, and a redirect is a failure that nobody follows', async () => {
  const { url, received } = await receiver((response) =>
    response.writeHead(307, { location: '/elsewhere' }).end(),
  )
  const { deliveries, attempts, succeeded } = open([endpoint('we_1', url)])
  deliveries.enqueue(event('evt_1'))
  await settled(deliveries)
  expect(attempts.map(({ status }) => status)).toEqual([307, 307, 307])
  expect(new Set(received.map((hook) => hook.url))).toEqual(new Set(['/hook']))
  expect(succeeded).toEqual([])
})

test('an endpoint that never answers holds up nobody else', async () => {
  const silent = await receiver(() => undefined)
  const lively = await receiver()
  const endpoints = [endpoint('we_silent', silent.url), endpoint('we_ok', lively.url)]
  const { deliveries, attempts } = open(endpoints, [], [], 60_000)
  for (let index = 0; index < 30; index += 1) deliveries.enqueue(event(`evt_${index}`))
  await until(() => expect(attempts).toHaveLength(30))
  expect(attempts.every(({ endpointId }) => endpointId === 'we_ok')).toBe(true)
  await until(() => expect(silent.received).toHaveLength(8))
  expect(deliveries.pending()).toBe(30)
})

test('an answer that does not come in time is a failure', async () => {
  const { url } = await receiver(() => undefined)
  const { deliveries, attempts } = open([endpoint('we_1', url)], [], [], 50)
  deliveries.enqueue(event('evt_1'))
  await settled(deliveries)
  expect(attempts).toMatchObject([{ status: null, error: expect.stringContaining('timeout') }])
})

test('says why no connection came about', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const { deliveries, attempts } = open([endpoint('we_1', `http://127.0.0.1:${port}/`)], [], [])
  deliveries.enqueue(event('evt_1'))
  await settled(deliveries)
  expect(attempts).toMatchObject([{ status: null, error: expect.stringContaining('ECONNREFUSED') }])
})

test('an endpoint that is deleted between two tries gets no second one', async () => {
  const endpoints: DeliveryEndpoint[] = []
  const { url, received } = await receiver((response) => {
    endpoints.length = 0
    response.writeHead(500).end()
  })
  endpoints.push(endpoint('we_1', url))
  const { deliveries } = open(endpoints)
  deliveries.enqueue(event('evt_1'))
  await settled(deliveries)
  expect(received).toHaveLength(1)
})

test('planted faults: lost, twice, late', async () => {
  const { url, received } = await receiver()
  const faults = [planted('drop'), planted('duplicate'), planted('delay', { delayMs: 1_000 })]
  const { deliveries } = open([endpoint('we_1', url)], faults)
  for (const id of ['evt_lost', 'evt_twice', 'evt_late', 'evt_plain']) deliveries.enqueue(event(id))
  expect(deliveries.pending()).toBe(4)
  await settled(deliveries)
  expect(received.map(({ id }) => id).sort()).toEqual(['evt_late', 'evt_plain', 'evt_twice', 'evt_twice'])
  expect(received.at(-1)?.id).toBe('evt_late')
})

test('held events leave in the order that is asked for, one answered before the next', async () => {
  let answering = 0
  let widest = 0
  const { url, received } = await receiver((response) => {
    answering += 1
    widest = Math.max(widest, answering)
    setTimeout(() => {
      answering -= 1
      response.end()
    }, 10)
  })
  const faults = Array.from({ length: 5 }, () => planted('hold'))
  const { deliveries } = open([endpoint('we_1', url)], faults)
  for (const id of ['a', 'b', 'c', 'd', 'e']) deliveries.enqueue(event(id))
  expect(deliveries.pending()).toBe(5)
  deliveries.release(['c', 'a', 'unknown'])
  await until(() => expect(deliveries.pending()).toBe(3))
  expect(received.map(({ id }) => id)).toEqual(['c', 'a'])
  deliveries.release()
  await settled(deliveries)
  expect(received.map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd', 'e'])
  expect(widest).toBe(1)
})

test('planted faults: gathered and sent in another order, one answered before the next', async () => {
  const { url, received } = await receiver()
  const faults = Array.from({ length: 5 }, () => planted('reorder', { size: 4 }))
  const { deliveries } = open([endpoint('we_1', url)], faults)
  for (const id of ['a', 'b', 'c']) deliveries.enqueue(event(id))
  expect(deliveries.pending()).toBe(3)
  deliveries.enqueue(event('d'))
  await settled(deliveries)
  const order = received.map(({ id }) => id)
  expect(order).not.toEqual(['a', 'b', 'c', 'd'])
  expect([...order].sort()).toEqual(['a', 'b', 'c', 'd'])
  deliveries.enqueue(event('e'))
  deliveries.release()
  await settled(deliveries)
  expect(received.at(-1)?.id).toBe('e')
})

test('planted faults: a signature that nobody can verify, and a version that nobody asked for', async () => {
  const { url, received } = await receiver()
  const faults = [planted('wrong_secret'), planted('api_version', { apiVersion: '2019-12-03' })]
  const { deliveries } = open([endpoint('we_1', url)], faults)
  for (const id of ['evt_forged', 'evt_old', 'evt_good']) deliveries.enqueue(event(id))
  await settled(deliveries)
  const { webhooks } = new Stripe('sk_test_x')
  const read = (id: string) => {
    const hook = received.find((each) => each.id === id)
    const header = hook?.headers['stripe-signature'] ?? ''
    return webhooks.constructEvent(hook?.body ?? '', header, 'whsec_we_1')
  }
  expect(() => read('evt_forged')).toThrow(Stripe.errors.StripeSignatureVerificationError)
  expect(read('evt_old').api_version).toBe('2019-12-03')
  expect(read('evt_good')).not.toHaveProperty('api_version')
})

test('closing aborts what runs and forgets what waits', async () => {
  const { url, received } = await receiver(() => undefined)
  const { deliveries, attempts } = open([endpoint('we_1', url)], [], [1], 60_000)
  for (let index = 0; index < 20; index += 1) deliveries.enqueue(event(`evt_${index}`))
  await until(() => expect(received).toHaveLength(8))
  const started = performance.now()
  await deliveries.close()
  expect(performance.now() - started).toBeLessThan(20_000)
  deliveries.enqueue(event('evt_after'))
  expect(deliveries.pending()).toBe(0)
  expect(attempts).toEqual([])
  expect(received).toHaveLength(8)
})
