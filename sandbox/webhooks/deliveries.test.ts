import { type AddressInfo, createServer } from 'node:net'
import Stripe from 'stripe'
import { afterEach, expect, test, vi } from 'vitest'
import { openReceiver } from '@/sandbox/contract/receiver'
import type { DeliveryFault } from '@/sandbox/faults/delivery-fault'
import { type Addressee, Deliveries, type Delivery } from '@/sandbox/webhooks/deliveries'
import type { HookAnswer } from '@/sandbox/webhooks/post-hook'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function receiver(...[answer]: Parameters<typeof openReceiver>) {
  // What is delivered here is no event.
  const opened = await openReceiver(answer, () => undefined)
  cleanups.push(opened.close)
  return opened
}

type Attempt = Omit<HookAnswer, 'durationMs'> & { eventId: string; attempt: number | null; url: string }

/** Deliveries to endpoints of these urls; an endpoint's secret follows from its id. */
function open(urls: Record<string, string>, faults: DeliveryFault[] = [], timeoutMs = 20_000) {
  const attempts: Attempt[] = []
  const deliveries = new Deliveries({
    addresseeOf: (id): Addressee | undefined => {
      const url = urls[id]
      return url === undefined ? undefined : { url, secrets: [`whsec_${id}`] }
    },
    seed: '7',
    fault: () => faults.shift(),
    onAnswer: ({ event: { id: eventId }, attempt }, url, { durationMs: _, ...answer }) =>
      attempts.push({ eventId, attempt, url, ...answer }),
    timeoutMs,
  })
  cleanups.push(() => deliveries.close())
  return { deliveries, attempts }
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
const delivery = (id: string, endpointId = 'we_1'): Delivery => ({
  event: { id, type: 'invoice.paid' },
  endpointId,
  attempt: 1,
  payload: JSON.stringify({ id, type: 'invoice.paid', name: 'Zoë' }),
  apiVersion: '2026-10-28.endive',
})
/** Long enough for any machine: it is over as soon as it holds. */
const until = (holds: () => void) => vi.waitFor(holds, { timeout: 20_000, interval: 5 })
const settled = (deliveries: Deliveries) => until(() => expect(deliveries.pending()).toBe(0))

test('posts the exact payload, signed so that the SDK accepts it', async () => {
  const { url, received } = await receiver((response) => response.end('Thanks!'))
  const { deliveries, attempts } = open({ we_1: url })
  deliveries.enqueue(delivery('evt_1'))
  await settled(deliveries)
  const [hook] = received
  expect(hook?.body).toBe(delivery('evt_1').payload)
  expect(hook?.headers['content-type']).toBe('application/json; charset=utf-8')
  const verified = new Stripe('sk_test_x').webhooks.constructEvent(
    hook?.body ?? '',
    hook?.headers['stripe-signature'] ?? '',
    'whsec_we_1',
  )
  expect(verified.id).toBe('evt_1')
  expect(attempts).toEqual([
    { eventId: 'evt_1', attempt: 1, url, status: 200, error: null, response: 'Thanks!' },
  ])
})

test('a redirect is an answer that nobody follows', async () => {
  const { url, received } = await receiver((response) =>
    response.writeHead(307, { location: '/elsewhere' }).end(),
  )
  const { deliveries, attempts } = open({ we_1: url })
  deliveries.enqueue(delivery('evt_1'))
  await settled(deliveries)
  expect(attempts.map(({ status }) => status)).toEqual([307])
  expect(received.map((hook) => hook.url)).toEqual(['/hook'])
})

test('keeps the beginning of a long answer, and of one that breaks off', async () => {
  const { url } = await receiver((response, { id }) => {
    if (id === 'evt_long') response.end('é'.repeat(5000))
    else {
      response.writeHead(200, { 'content-length': 100 })
      response.write('Half', () => response.destroy())
    }
  })
  const { deliveries, attempts } = open({ we_1: url })
  for (const id of ['evt_long', 'evt_broken']) deliveries.enqueue(delivery(id))
  await settled(deliveries)
  const responseTo = (id: string) => attempts.find(({ eventId }) => eventId === id)
  expect(responseTo('evt_long')?.response).toBe('é'.repeat(1000))
  expect(responseTo('evt_broken')).toMatchObject({ status: 200, response: expect.stringMatching(/^Half/) })
})

test('an endpoint that never answers holds up nobody else', async () => {
  const silent = await receiver(() => undefined)
  const lively = await receiver()
  const { deliveries, attempts } = open({ we_silent: silent.url, we_ok: lively.url }, [], 60_000)
  for (let index = 0; index < 30; index += 1) {
    deliveries.enqueue(delivery(`evt_${index}`, 'we_silent'))
    deliveries.enqueue(delivery(`evt_${index}`, 'we_ok'))
  }
  await until(() => expect(attempts).toHaveLength(30))
  expect(attempts.every(({ url }) => url === lively.url)).toBe(true)
  await until(() => expect(silent.received).toHaveLength(8))
  expect(deliveries.pending()).toBe(30)
})

test('an answer that does not come in time is none', async () => {
  const { url } = await receiver(() => undefined)
  const { deliveries, attempts } = open({ we_1: url }, [], 50)
  deliveries.enqueue(delivery('evt_1'))
  await settled(deliveries)
  expect(attempts).toMatchObject([{ status: null, error: expect.stringContaining('timeout') }])
})

test('says why no connection came about', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  const { deliveries, attempts } = open({ we_1: `http://127.0.0.1:${port}/` })
  deliveries.enqueue(delivery('evt_1'))
  await settled(deliveries)
  expect(attempts).toMatchObject([{ status: null, error: expect.stringContaining('ECONNREFUSED') }])
})

test('an endpoint that is gone when its turn comes gets nothing', async () => {
  const urls: Record<string, string> = {}
  const { url, received } = await receiver((response) => {
    delete urls.we_1
    response.end()
  })
  urls.we_1 = url
  const { deliveries } = open(urls, [planted('hold'), planted('hold')])
  for (const id of ['evt_1', 'evt_2']) deliveries.enqueue(delivery(id))
  deliveries.release()
  await settled(deliveries)
  expect(received.map(({ id }) => id)).toEqual(['evt_1'])
})

test('planted faults: lost, twice, late', async () => {
  const { url, received } = await receiver()
  const faults = [planted('drop'), planted('duplicate'), planted('delay', { delayMs: 1_000 })]
  const { deliveries } = open({ we_1: url }, faults)
  for (const id of ['evt_lost', 'evt_twice', 'evt_late', 'evt_plain']) deliveries.enqueue(delivery(id))
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
  const { deliveries } = open({ we_1: url }, faults)
  for (const id of ['a', 'b', 'c', 'd', 'e']) deliveries.enqueue(delivery(id))
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
  const { deliveries } = open({ we_1: url }, faults)
  for (const id of ['a', 'b', 'c']) deliveries.enqueue(delivery(id))
  expect(deliveries.pending()).toBe(3)
  deliveries.enqueue(delivery('d'))
  await settled(deliveries)
  const order = received.map(({ id }) => id)
  expect(order).not.toEqual(['a', 'b', 'c', 'd'])
  expect([...order].sort()).toEqual(['a', 'b', 'c', 'd'])
  deliveries.enqueue(delivery('e'))
  deliveries.release()
  await settled(deliveries)
  expect(received.at(-1)?.id).toBe('e')
})

test('planted faults: a signature that nobody can verify, and a version that nobody asked for', async () => {
  const { url, received } = await receiver()
  const faults = [planted('wrong_secret'), planted('api_version', { apiVersion: '2019-12-03' })]
  const { deliveries } = open({ we_1: url }, faults)
  for (const id of ['evt_forged', 'evt_old', 'evt_good']) deliveries.enqueue(delivery(id))
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
  const { deliveries, attempts } = open({ we_1: url }, [], 60_000)
  for (let index = 0; index < 20; index += 1) deliveries.enqueue(delivery(`evt_${index}`))
  await until(() => expect(received).toHaveLength(8))
  const started = performance.now()
  await deliveries.close()
  expect(performance.now() - started).toBeLessThan(20_000)
  deliveries.enqueue(delivery('evt_after'))
  expect(deliveries.pending()).toBe(0)
  expect(attempts).toEqual([])
  expect(received).toHaveLength(8)
})
