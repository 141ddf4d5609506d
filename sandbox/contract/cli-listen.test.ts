import type Stripe from 'stripe'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { TEST_KEY, useSandbox } from '@/sandbox/contract/account'
import { useCli, useRunningCli } from '@/sandbox/contract/cli'
import { openReceiver, type Receiver } from '@/sandbox/contract/receiver'
import { customer, first } from '@/sandbox/contract/scenes'

// Starting a program takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const sandbox = useSandbox({ seed: 7 })
const cli = useCli()
const running = useRunningCli()

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const until = <T>(holds: () => T) => vi.waitFor(holds, { timeout: 30_000, interval: 20 })
const arrives = (receiver: Receiver, count: number) =>
  until(() => expect(receiver.received).toHaveLength(count))

/** `stripe listen` that forwards to a receiver of its own, until the end of the test. */
async function listen(...flags: string[]) {
  const receiver = await openReceiver((response) => response.writeHead(202).end('Forwarded.'))
  const { end, output } = await running(
    sandbox.url,
    'Ready!',
    'listen',
    '--forward-to',
    receiver.url,
    '--skip-update',
    ...flags,
  )
  cleanups.push(receiver.close, end)
  const [secret = ''] = /whsec_\w+/.exec(output()) ?? []
  return { ...receiver, end, secret }
}

const verified = ({ received, secret }: Receiver & { secret: string }, index: number): Stripe.Event =>
  sandbox.stripe.webhooks.constructEvent(
    received[index]?.body ?? '',
    received[index]?.headers['stripe-signature'] ?? '',
    secret,
  )

test('listen forwards every event, signed by the secret that it prints', async () => {
  const listener = await listen('--all-snapshot')
  const printed = await cli(sandbox.url, 'listen', '--print-secret', '--skip-update', '--all-snapshot')
  expect([printed.code, printed.output.trim()]).toEqual([0, listener.secret])
  const { id } = await customer(sandbox.stripe, { name: 'Zoë 日本' })
  await sandbox.stripe.customers.update(id, { name: 'Zoë' })
  await arrives(listener, 2)
  const types = [verified(listener, 0), verified(listener, 1)].map(({ type }) => type)
  expect(types.sort()).toEqual(['customer.created', 'customer.updated'])
  const created = first((await sandbox.stripe.events.list({ type: 'customer.created', limit: 1 })).data)
  await until(async () =>
    expect(await sandbox.control('GET', `deliveries?event=${created.id}`)).toMatchObject([
      { url: listener.url, status: 202, response: 'Forwarded.', type: 'customer.created' },
    ]),
  )
})

test('events resend goes to who listens, and to an endpoint only when it is named', async () => {
  const endpoint = await openReceiver()
  cleanups.push(endpoint.close)
  const { id: endpointId } = await sandbox.stripe.webhookEndpoints.create({
    url: endpoint.url,
    enabled_events: ['product.created'],
  })
  await sandbox.stripe.products.create({ name: 'Chair' })
  await arrives(endpoint, 1)
  const { id } = first((await sandbox.stripe.events.list({ type: 'product.created', limit: 1 })).data)
  const listener = await listen('--all-snapshot')
  expect((await cli(sandbox.url, 'events', 'resend', id)).output).toContain(id)
  await arrives(listener, 1)
  expect(verified(listener, 0).id).toBe(id)
  expect(endpoint.received).toHaveLength(1)
  await cli(sandbox.url, 'events', 'resend', id, '--webhook-endpoint', endpointId)
  await arrives(endpoint, 2)
  expect(listener.received).toHaveLength(1)
})

test.each([
  ['--events', 'customer.deleted'],
  ['--latest', '--all-snapshot'],
])('listen %s %s hears each event once', async (...flags) => {
  const listener = await listen(...flags)
  const { id } = await customer(sandbox.stripe)
  await sandbox.stripe.customers.del(id)
  await until(() => expect(listener.received.map(({ type }) => type)).toContain('customer.deleted'))
  const types = listener.received.map(({ type }) => type)
  expect(types.filter((type) => type === 'customer.deleted')).toHaveLength(1)
  expect(types.includes('customer.created')).toBe(flags[0] === '--latest')
})

test('logs tail shows requests and what was wrong with them', async () => {
  const { output, end } = await running(
    sandbox.url,
    'Ready!',
    'logs',
    'tail',
    '--filter-status-code-type',
    '4XX',
  )
  cleanups.push(end)
  await customer(sandbox.stripe)
  await sandbox.send('GET', '/v1/customers/cus_tailed')
  await until(() => expect(output()).toContain("No such customer: 'cus_tailed'"))
  expect(output()).toContain('GET /v1/customers/cus_tailed')
  expect(output()).not.toContain('POST /v1/customers')
})

/** A CLI as far as its socket goes. */
async function socketOf(session: Record<string, unknown>, feature = session.websocket_authorized_feature) {
  const url = `${session.websocket_url}?websocket_feature=${feature}`
  const headers = { 'Websocket-Id': String(session.websocket_id) }
  const socket = new WebSocket(url, 'stripecli-devproxy-v1', { headers })
  const frames: { type: string; endpoint: { api_version: string | null }; event_payload: string }[] = []
  socket.on('message', (data) => frames.push(JSON.parse(String(data))))
  const refusal = new Promise<string>((resolve) =>
    socket.on('unexpected-response', (_, response) => response.on('data', (data) => resolve(String(data)))),
  )
  const opened = new Promise<string>((resolve) => socket.on('open', () => resolve(socket.protocol)))
  return { socket, frames, said: await Promise.race([refusal, opened]) }
}
/** What the CLI gets when it opens a session: no object of the API. */
async function session(form = 'device_name=test&websocket_features[]=webhooks') {
  const response = await fetch(`${sandbox.url}/v1/stripecli/sessions`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${TEST_KEY}` },
  })
  return (await response.json()) as Record<string, unknown>
}

test('who comes back hears what happened meanwhile', async () => {
  const opened = await session()
  const before = await socketOf(opened)
  expect(before.said).toBe('stripecli-devproxy-v1')
  const closed = new Promise((resolve) => before.socket.on('close', resolve))
  before.socket.close()
  await closed
  const { id } = await customer(sandbox.stripe)
  const second = await socketOf(opened)
  cleanups.push(async () => second.socket.terminate())
  await until(() => expect(second.frames).toHaveLength(2))
  expect(second.frames.map(({ type, endpoint }) => [type, endpoint.api_version])).toEqual([
    ['webhook_event', null],
    ['webhook_event', '2026-10-28.endive'],
  ])
  expect(JSON.parse(first(second.frames).event_payload)).toMatchObject({ data: { object: { id } } })
})

test('a session that is unknown, or of another feature, has to begin anew', async () => {
  const opened = await session()
  for (const [other, feature] of [
    [{ ...opened, websocket_id: 'cliws_nobody' }, 'webhooks'],
    [opened, 'request_logs'],
  ] as const) {
    const { said } = await socketOf(other, feature)
    expect(JSON.parse(said)).toMatchObject({ error: { message: 'Unknown WebSocket ID.' } })
  }
})

test('a session needs features and filters that exist', async () => {
  for (const form of [
    'device_name=test',
    'device_name=test&websocket_features[]=telepathy',
    'device_name=test&websocket_features[]=request_logs&filters={"filter_weather":["rain"]}',
    'device_name=test&websocket_features[]=request_logs&filters=nonsense',
  ]) {
    const { error } = (await session(form)) as { error: { type: string } }
    expect(error.type).toBe('invalid_request_error')
  }
})
