import type { ServerResponse } from 'node:http'
import type Stripe from 'stripe'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { openReceiver, type ReceivedHook, type Receiver } from '@/sandbox/contract/receiver'
import { customer, first, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  await sandbox.control('DELETE', 'delivery-faults')
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

type Endpoint = Receiver & { id: string; secret: string }

/** A receiver that the sandbox knows, until the end of the test. */
async function listen(
  events: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = ['*'],
  answer?: (response: ServerResponse, hook: ReceivedHook) => void,
): Promise<Endpoint> {
  const receiver = await openReceiver(answer)
  const { id, secret } = await sandbox.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: events,
  })
  cleanups.push(receiver.close, () => sandbox.stripe.webhookEndpoints.del(id).catch(() => undefined))
  return { ...receiver, id, secret: String(secret) }
}

const arrives = (receiver: Receiver, count: number) =>
  vi.waitFor(() => expect(receiver.received).toHaveLength(count), { timeout: 10_000, interval: 10 })

const pendingOf = async (eventId: string) => (await sandbox.stripe.events.retrieve(eventId)).pending_webhooks

describe('endpoints', () => {
  test('show their secret once, and are listed, changed and deleted', async () => {
    const { webhookEndpoints } = sandbox.stripe
    const created = await webhookEndpoints.create({
      url: 'http://127.0.0.1:9/hook',
      enabled_events: ['invoice.paid'],
      description: 'Mirror',
      metadata: { a: '1' },
    })
    expect(created).toMatchObject({
      object: 'webhook_endpoint',
      status: 'enabled',
      enabled_events: ['invoice.paid'],
      description: 'Mirror',
      livemode: false,
      secret: expect.stringMatching(/^whsec_\w{20,}/),
    })
    const { secret: _, ...shown } = created
    expect(await webhookEndpoints.retrieve(created.id)).toEqual(shown)
    expect((await webhookEndpoints.list()).data).toEqual([shown])
    expect(
      await webhookEndpoints.update(created.id, { disabled: true, enabled_events: ['*'] }),
    ).toMatchObject({
      status: 'disabled',
      enabled_events: ['*'],
    })
    expect(await webhookEndpoints.del(created.id)).toEqual({
      id: created.id,
      object: 'webhook_endpoint',
      deleted: true,
    })
    expect(await refusalOf(webhookEndpoints.retrieve(created.id))).toMatchObject({ status: 404 })
  })

  test.each<[string, object]>([
    ['no url', { url: undefined }],
    ['a url that is none', { url: 'mirror' }],
    ['a url that is not of the web', { url: 'file:///etc/passwd' }],
    ['no events', { enabled_events: undefined }],
    ['an event that does not exist', { enabled_events: ['invoice.paid', 'invoice.payed'] }],
    ['a family that does not exist', { enabled_events: ['invoices.*'] }],
    ['a version that does not exist', { api_version: '2026-10-29.endive' }],
    ['the events of connected accounts', { connect: true }],
  ])('with %s are refused', async (_, change) => {
    const params = { url: 'http://127.0.0.1:9/', enabled_events: ['*' as const], ...change }
    expect(await refusalOf(sandbox.stripe.webhookEndpoints.create(params))).toMatchObject({ status: 400 })
  })
})

describe('accounts', () => {
  test('have at most sixteen endpoints', async () => {
    const { webhookEndpoints } = sandbox.stripe
    const create = () => webhookEndpoints.create({ url: 'http://127.0.0.1:9/', enabled_events: ['*'] })
    const made: string[] = []
    for (let index = 0; index < 16; index += 1) made.push((await create()).id)
    expect(await refusalOf(create())).toMatchObject({ status: 400, type: 'invalid_request_error' })
    for (const id of made) await webhookEndpoints.del(id)
  })
})

describe('delivery', () => {
  test('says that it is in the version of its endpoint', async () => {
    const receiver = await openReceiver()
    const { id, api_version: version } = await sandbox.stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['customer.*' as '*'],
      api_version: '2026-09-30.endive',
    })
    cleanups.push(receiver.close, () => sandbox.stripe.webhookEndpoints.del(id))
    await customer(sandbox.stripe)
    await arrives(receiver, 1)
    expect([version, JSON.parse(receiver.received[0]?.body ?? '').api_version]).toEqual([
      '2026-09-30.endive',
      '2026-09-30.endive',
    ])
  })

  test('brings what the SDK verifies, equal to the event of the API', async () => {
    const endpoint = await listen(['customer.created'])
    const { id } = await customer(sandbox.stripe, { name: 'Zoë 日本' })
    await arrives(endpoint, 1)
    const [hook] = endpoint.received
    const event = sandbox.stripe.webhooks.constructEvent(
      hook?.body ?? '',
      hook?.headers['stripe-signature'] ?? '',
      endpoint.secret,
    )
    expect(event).toMatchObject({
      object: 'event',
      type: 'customer.created',
      data: { object: { id, name: 'Zoë 日本' } },
    })
    expect(hook?.headers['content-type']).toBe('application/json; charset=utf-8')
    await vi.waitFor(async () => expect(await pendingOf(event.id)).toBe(0))
    expect(await sandbox.stripe.events.retrieve(event.id)).toEqual({ ...event, pending_webhooks: 0 })
    expect(() =>
      sandbox.stripe.webhooks.constructEvent(
        hook?.body.replace('Zoë', 'Zoe') ?? '',
        hook?.headers['stripe-signature'] ?? '',
        endpoint.secret,
      ),
    ).toThrow()
  })

  test('a disabled endpoint hears nothing', async () => {
    const endpoint = await listen()
    await sandbox.stripe.webhookEndpoints.update(endpoint.id, { disabled: true })
    await customer(sandbox.stripe)
    const other = await listen(['customer.created'])
    await customer(sandbox.stripe)
    await arrives(other, 1)
    expect(endpoint.received).toEqual([])
  })

  test('a webhook that never answers does not slow the API down', async () => {
    const endpoint = await listen(['*'], () => undefined)
    const started = performance.now()
    await openInvoice(sandbox.stripe)
    expect(performance.now() - started).toBeLessThan(5000)
    await vi.waitFor(() => expect(endpoint.received.length).toBeGreaterThan(0))
  })

  test('an event is sent again on request, as the CLI asks for it', async () => {
    const endpoint = await listen(['customer.created'])
    await customer(sandbox.stripe)
    await arrives(endpoint, 1)
    const { id } = first(endpoint.received)
    const again = await sandbox.send(
      'POST',
      `/v1/events/${id}/retry`,
      `for_stripecli=true&webhook_endpoint=${endpoint.id}`,
    )
    expect(again.status).toBe(200)
    expect(again.json).toMatchObject({ id, object: 'event' })
    await arrives(endpoint, 2)
    expect(endpoint.received[1]?.id).toBe(id)
  })
})

describe('planted misfortune', () => {
  const plant = (fault: object) => sandbox.control('POST', 'delivery-faults', fault)

  test('loses, doubles and delays', async () => {
    const endpoint = await listen(['customer.created'])
    await plant({ types: ['customer.created'], effect: 'drop', count: 1 })
    await plant({ types: ['customer.created'], effect: 'duplicate', count: 1 })
    await plant({ types: ['customer.created'], effect: 'delay', delayMs: 300, count: 1 })
    const ids: string[] = []
    for (let index = 0; index < 4; index += 1) ids.push((await customer(sandbox.stripe)).id)
    await arrives(endpoint, 4)
    const order = endpoint.received.map(({ body }) => ids.indexOf(JSON.parse(body).data.object.id))
    expect([...order].sort()).toEqual([1, 1, 2, 3])
    expect(order.at(-1)).toBe(2)
    expect(await sandbox.control('GET', 'delivery-faults')).toEqual([])
  })

  test('mixes up, forges, and mislabels', async () => {
    const endpoint = await listen(['customer.created'])
    const other = await listen(['customer.created'])
    await plant({ endpoint: endpoint.id, effect: 'reorder', size: 3, count: 3 })
    await plant({ endpoint: other.id, effect: 'wrong_secret', count: 1 })
    await plant({ endpoint: other.id, effect: 'api_version', apiVersion: '2019-12-03', count: 1 })
    const ids: string[] = []
    for (let index = 0; index < 3; index += 1) ids.push((await customer(sandbox.stripe)).id)
    await arrives(endpoint, 3)
    await arrives(other, 3)
    const about = ({ body }: ReceivedHook) => JSON.parse(body).data.object.id
    expect(endpoint.received.map(about)).not.toEqual(ids)
    expect(endpoint.received.map(about).sort()).toEqual([...ids].sort())
    const [forged, mislabeled, good] = ids.map((id) => other.received.find((hook) => about(hook) === id))
    const read = (hook: ReceivedHook | undefined) =>
      sandbox.stripe.webhooks.constructEvent(
        hook?.body ?? '',
        hook?.headers['stripe-signature'] ?? '',
        other.secret,
      )
    expect(() => read(forged)).toThrow(/signature/)
    expect(read(mislabeled).api_version).toBe('2019-12-03')
    expect(read(good).api_version).toBe('2026-10-28.endive')
  })

  test('is seen, and lifted one by one', async () => {
    const { id } = await plant({ effect: 'drop', types: ['invoice.*'] })
    const { id: other } = await plant({ effect: 'drop', types: ['customer.*'] })
    await sandbox.control('DELETE', `delivery-faults/${id}`)
    expect(await sandbox.control('GET', 'delivery-faults')).toMatchObject([{ id: other, hits: 0 }])
    await expect(plant({ effect: 'reorder', size: 1 })).rejects.toThrow(/400/)
  })

  test('holds events back and lets them go in any order', async () => {
    const endpoint = await listen([
      'invoice.created',
      'invoice.updated',
      'invoice.finalized',
      'invoice.voided',
    ])
    await plant({ types: ['*'], effect: 'hold' })
    const { id } = await openInvoice(sandbox.stripe)
    await sandbox.stripe.invoices.voidInvoice(id)
    await sandbox.control('DELETE', 'delivery-faults')
    const { data } = await sandbox.stripe.events.list({ type: 'invoice.*', limit: 20 })
    const order = data
      .filter(({ data: { object } }) => 'id' in object && object.id === id)
      .map((event) => event.id)
    expect(endpoint.received).toEqual([])
    await sandbox.control('POST', 'deliveries/release', { order })
    await arrives(endpoint, order.length)
    expect(endpoint.received.map((hook) => hook.id)).toEqual(order)
    expect(endpoint.received[0]?.type).toBe('invoice.updated')
    expect(endpoint.received.at(-1)?.type).toBe('invoice.created')
  })
})
