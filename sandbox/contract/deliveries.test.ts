import { mkdtemp, rm } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type Stripe from 'stripe'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type SandboxUnderTest, underTest, useSandbox } from '@/sandbox/contract/account'
import { openReceiver, type ReceivedHook, type Receiver } from '@/sandbox/contract/receiver'
import { customer, first } from '@/sandbox/contract/scenes'
import { startSandbox } from '@/sandbox/server'
import type { Switches } from '@/sandbox/settings'

type Attempt = {
  eventId: string
  endpointId: string
  type: string
  attempt: number | null
  status: number | null
  error: string | null
  response: string
  payload: string
  at: number
  nextTry: number | null
}

const sandbox = useSandbox({ seed: 7 })

const setWaits = (...webhook_retry_seconds: number[]) =>
  sandbox.control('POST', 'settings', { sandbox: { webhook_retry_seconds } })
// Longer than a busy machine may be, so that no real second counts.
beforeEach(() => setWaits(1000, 6000, 72_000))

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

const until = <T>(holds: () => T) => vi.waitFor(holds, { timeout: 10_000, interval: 10 })
const advance = (seconds: number) => sandbox.control('POST', 'clock', { advance_seconds: seconds })
const attemptsOf = (eventId: string, from: SandboxUnderTest = sandbox) =>
  from.control<Attempt[]>('GET', `deliveries?event=${eventId}`)
const attempted = (eventId: string, count: number, from?: SandboxUnderTest) =>
  until(async () => {
    const attempts = await attemptsOf(eventId, from)
    expect(attempts).toHaveLength(count)
    return attempts
  })

/** A receiver of `customer.created` that answers with the statuses given, and then with 200. */
async function listen(
  statuses: number[],
  from: SandboxUnderTest = sandbox,
): Promise<Receiver & { id: string; secret: string }> {
  const answer = (response: ServerResponse) => response.writeHead(statuses.shift() ?? 200).end('So be it.')
  const receiver = await openReceiver(answer)
  const { id, secret } = await from.stripe.webhookEndpoints.create({
    url: receiver.url,
    enabled_events: ['customer.created'],
  })
  cleanups.push(receiver.close, () => from.stripe.webhookEndpoints.del(id).catch(() => undefined))
  return { ...receiver, id, secret: String(secret) }
}

/** Makes an event. */
async function event({ stripe }: SandboxUnderTest = sandbox): Promise<Stripe.Event> {
  await customer(stripe)
  return first((await stripe.events.list({ type: 'customer.created', limit: 1 })).data)
}
const happen = async (from?: SandboxUnderTest) => (await event(from)).id

const pendingOf = async (eventId: string) => (await sandbox.stripe.events.retrieve(eventId)).pending_webhooks
const isListed = async (eventId: string, success: boolean) =>
  (await sandbox.stripe.events.list({ delivery_success: success, limit: 100 })).data.some(
    ({ id }) => id === eventId,
  )

describe('a failed delivery', () => {
  test('is tried again at moments of the clock, and the endpoint is pending until it hears', async () => {
    const endpoint = await listen([500, 404, 307])
    const { id, created } = await event()
    const [first] = await attempted(id, 1)
    expect(first).toMatchObject({
      endpointId: endpoint.id,
      type: 'customer.created',
      attempt: 1,
      status: 500,
      response: 'So be it.',
      nextTry: created + 1000,
    })
    expect([await pendingOf(id), await isListed(id, true), await isListed(id, false)]).toEqual([
      1,
      false,
      true,
    ])
    for (const [wait, count] of [
      [1000, 2],
      [6000, 3],
      [72_000, 4],
    ] as const) {
      await advance(wait)
      await attempted(id, count)
    }
    const attempts = await attemptsOf(id)
    expect(attempts.map(({ attempt, status }) => [attempt, status])).toEqual([
      [1, 500],
      [2, 404],
      [3, 307],
      [4, 200],
    ])
    expect(attempts.at(-1)?.nextTry).toBeNull()
    expect([await pendingOf(id), await isListed(id, true), await isListed(id, false)]).toEqual([
      0,
      true,
      false,
    ])
  })

  test('is the same bytes at every try, which the list shows', async () => {
    const endpoint = await listen([500])
    const id = await happen()
    await attempted(id, 1)
    await advance(1000)
    const attempts = await attempted(id, 2)
    expect(endpoint.received[1]?.body).toBe(endpoint.received[0]?.body)
    expect(attempts.map(({ payload }) => payload)).toEqual(endpoint.received.map(({ body }) => body))
  })

  test('is given up after the last try', async () => {
    const endpoint = await listen([500, 500, 500, 500, 500])
    const id = await happen()
    await attempted(id, 1)
    // One leap of the clock: what fell due on the way is tried at once, one after the other.
    await advance(80_000)
    const attempts = await attempted(id, 4)
    expect(attempts.at(-1)?.nextTry).toBeNull()
    await advance(500_000)
    expect(endpoint.received).toHaveLength(4)
    expect([await pendingOf(id), await isListed(id, false)]).toEqual([1, true])
  })

  test('is tried as often as the settings say: three times more within hours, unless told', async () => {
    await sandbox.control('POST', 'reset')
    const { sandbox: switches } = await sandbox.control<Switches>('GET', 'settings')
    expect(switches.webhook_retry_seconds).toEqual([10, 600, 7200])
    await setWaits(5000)
    await listen([500, 500])
    const { id, created } = await event()
    expect((await attempted(id, 1))[0]?.nextTry).toBe(created + 5000)
    await advance(5000)
    expect((await attempted(id, 2)).at(-1)?.nextTry).toBeNull()
  })

  test('is not tried again where the endpoint was disabled or deleted meanwhile', async () => {
    const [disabled, deleted] = [await listen([500]), await listen([500])]
    const id = await happen()
    await attempted(id, 2)
    await sandbox.stripe.webhookEndpoints.update(disabled.id, { disabled: true })
    await sandbox.stripe.webhookEndpoints.del(deleted.id)
    await advance(24 * 3600)
    await attempted(await happen(), 0)
    expect([disabled.received.length, deleted.received.length]).toEqual([1, 1])
    expect(await pendingOf(id)).toBe(1)
  })

  test('says why there was no answer', async () => {
    const endpoint = await listen([])
    await endpoint.close()
    const id = await happen()
    expect((await attempted(id, 1))[0]).toMatchObject({
      status: null,
      error: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test('goes on waiting through a restart', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-'))
    cleanups.push(() => rm(dataDir, { recursive: true, force: true }))
    const begin = async () => {
      const running = await startSandbox({ dataDir, quiet: true })
      cleanups.push(running.close)
      return { ...running, under: underTest(running.url) }
    }
    const before = await begin()
    await before.under.control('POST', 'settings', { sandbox: { webhook_retry_seconds: [1000] } })
    const endpoint = await listen([500], before.under)
    const id = await happen(before.under)
    await attempted(id, 1, before.under)
    await before.close()
    const { under } = await begin()
    expect(await attemptsOf(id, under)).toMatchObject([{ attempt: 1, status: 500 }])
    expect(endpoint.received).toHaveLength(1)
    await under.control('POST', 'clock', { advance_seconds: 1000 })
    expect(await attempted(id, 2, under)).toMatchObject([{ status: 500 }, { attempt: 2, status: 200 }])
  })
})

describe('resending', () => {
  const resend = (id: string, form: string) => sandbox.send('POST', `/v1/events/${id}/retry`, form)

  test('goes to all who listen, or to the endpoint that is named', async () => {
    const [one, other] = [await listen([]), await listen([])]
    const id = await happen()
    await attempted(id, 2)
    expect((await resend(id, '')).json).toMatchObject({ id, object: 'event' })
    await attempted(id, 4)
    await resend(id, `webhook_endpoint=${other.id}`)
    expect((await attempted(id, 5)).at(-1)).toMatchObject({ endpointId: other.id, attempt: null })
    expect([one.received.length, other.received.length]).toEqual([2, 3])
    expect(one.received[1]?.body).toBe(one.received[0]?.body)
  })

  test('takes no automatic try back, even when it succeeds', async () => {
    await listen([500])
    const id = await happen()
    await attempted(id, 1)
    await resend(id, '')
    expect((await attempted(id, 2)).at(-1)).toMatchObject({ attempt: null, status: 200, nextTry: null })
    expect(await pendingOf(id)).toBe(1)
    await advance(1000)
    expect((await attempted(id, 3)).at(-1)).toMatchObject({ attempt: 2, status: 200 })
    expect(await pendingOf(id)).toBe(0)
  })

  test('needs an event and an endpoint that exist, and is over after 30 days', async () => {
    const id = await happen()
    expect((await resend('evt_nobody', '')).status).toBe(404)
    expect((await resend(id, 'webhook_endpoint=we_nobody')).json.error).toMatchObject({
      code: 'resource_missing',
      param: 'webhook_endpoint',
    })
    await advance(30 * 86_400)
    expect((await resend(id, '')).status).toBe(404)
  })
})

describe('rolling a secret', () => {
  const roll = (id: string, body: object) =>
    sandbox.control<{ secret: string; old_secret_expires: number | null }>(
      'POST',
      `webhook_endpoints/${id}/roll`,
      body,
    )
  const verifies = ({ body, headers }: ReceivedHook, secret: string) => {
    try {
      sandbox.stripe.webhooks.constructEvent(body, headers['stripe-signature'] ?? '', secret)
      return true
    } catch {
      return false
    }
  }

  test('lets both secrets sign until the old one expires', async () => {
    const endpoint = await listen([])
    const { secret, old_secret_expires: expires } = await roll(endpoint.id, { expires_in: 3600 })
    expect(secret).toMatch(/^whsec_/)
    expect(secret).not.toBe(endpoint.secret)
    expect(Number(expires)).toBeGreaterThan(0)
    await happen()
    await until(() => expect(endpoint.received).toHaveLength(1))
    await advance(3600)
    await happen()
    await until(() => expect(endpoint.received).toHaveLength(2))
    const [during, after] = endpoint.received
    expect(String(during?.headers['stripe-signature']).match(/v1=/g)).toHaveLength(2)
    expect([endpoint.secret, secret].map((each) => verifies(during!, each))).toEqual([true, true])
    expect([endpoint.secret, secret].map((each) => verifies(after!, each))).toEqual([false, true])
  })

  test('can end the old one at once, and takes a day at most', async () => {
    const endpoint = await listen([])
    const { secret } = await roll(endpoint.id, { expires_in: 0 })
    await happen()
    await until(() => expect(endpoint.received).toHaveLength(1))
    expect([endpoint.secret, secret].map((each) => verifies(first(endpoint.received), each))).toEqual([
      false,
      true,
    ])
    await expect(roll(endpoint.id, { expires_in: 86_401 })).rejects.toThrow(/400/)
    await expect(roll('we_nobody', {})).rejects.toThrow(/404/)
    expect(await sandbox.stripe.webhookEndpoints.retrieve(endpoint.id)).not.toHaveProperty('secret')
  })
})
