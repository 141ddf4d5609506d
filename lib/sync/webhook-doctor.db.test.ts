import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sign } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import type { WebhookDiagnosis } from '@/lib/domain/webhook-view'
import { neededEvents } from '@/lib/stripe/needed-events'
import { checkEndpoint, checkEndpointIfDue } from './check-endpoint'
import { writeTally } from './delivery-tally'
import { checkHealth } from './health'
import { receiveDelivery } from './receive-delivery'
import { webhookDoctor } from './webhook-doctor'

useTestDatabase()
const sandbox = useTestSandbox()
process.env.APP_URL = 'https://billing.example.com'
const url = 'https://billing.example.com/api/stripe/webhook'

const ask = (): Promise<WebhookDiagnosis> =>
  webhookDoctor({
    actor: { id: '', name: '', email: '', role: 'admin' },
    now: new Date(),
    requestId: '',
  })

let count = 0
async function deliver(signed: Parameters<typeof sign>[1] | null): Promise<void> {
  count += 1
  const created = Math.floor(Date.now() / 1000)
  const event = { id: `evt_doctor${count}`, object: 'event', created, livemode: false, type: 'x.y', data: {} }
  const text = JSON.stringify(event)
  async function* body(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text)
  }
  const signature = signed === null ? null : sign(text, signed)
  await receiveDelivery({ method: 'POST', contentLength: null, signature, body: body() })
}

describe('signatures', () => {
  beforeEach(async () => {
    await writeTally()
    await db().webhookTally.deleteMany()
  })

  it('are not known before the first delivery, and knocking is none', async () => {
    await deliver(null)
    expect(await ask()).toMatchObject({
      signature: { state: 'unknown', lastVerifiedAt: null, lastRefusedAt: null, lastRefusedBecause: null },
      lastDeliveryAgeSeconds: null,
    })
  })

  it('are well until one is refused, and well again after the next good one', async () => {
    await deliver({})
    const first = await ask()
    expect(first.signature).toMatchObject({ state: 'ok', lastRefusedAt: null })
    expect(first.lastDeliveryAgeSeconds).toBeLessThan(5)

    await deliver({ secret: 'whsec_another' })
    expect((await ask()).signature).toMatchObject({ state: 'refused', lastRefusedBecause: 'bad_signature' })
    await deliver({ at: Math.floor(Date.now() / 1000) - 400 })
    const last = await ask()
    expect(last.signature).toMatchObject({ state: 'refused', lastRefusedBecause: 'bad_timestamp' })
    expect(last.signature.lastVerifiedAt).toBe(first.signature.lastVerifiedAt)

    await deliver({})
    expect((await ask()).signature).toMatchObject({ state: 'ok', lastRefusedBecause: 'bad_timestamp' })
  })

  it('are counted over many deliveries with one write', async () => {
    for (let at = 0; at < 500; at += 1) await deliver({ secret: 'whsec_forged' })
    expect(await db().webhookTally.findMany()).toEqual([])
    await writeTally()
    expect(await db().webhookTally.findMany()).toMatchObject([{ outcome: 'bad_signature', count: 500n }])
    await deliver({ secret: 'whsec_forged' })
    await writeTally()
    expect(await db().webhookTally.findMany()).toMatchObject([{ outcome: 'bad_signature', count: 501n }])
  })
})

describe('the endpoint', () => {
  beforeAll(async () => {
    expect((await ask()).endpoint).toMatchObject({ state: 'unknown', checkedAt: null, url })
  })

  it('is missing while none leads here, and everything needed with it', async () => {
    await sandbox.stripe.webhookEndpoints.create({
      url: 'https://elsewhere.example.com/api/stripe/webhook',
      enabled_events: ['*'],
    })
    await checkEndpoint()
    expect((await ask()).endpoint).toMatchObject({
      state: 'missing',
      url,
      missingEventTypes: [...neededEvents],
    })
  })

  it('is well when it sends everything, in whatever version', async () => {
    const { id, api_version } = await sandbox.stripe.webhookEndpoints.create({ url, enabled_events: ['*'] })
    await checkEndpoint()
    const { endpoint, clockSkewSeconds } = await ask()
    expect(endpoint).toMatchObject({ state: 'ok', url, apiVersion: api_version, missingEventTypes: [] })
    expect(endpoint.readApiVersion).toBe('2026-10-28.endive')
    expect(clockSkewSeconds).toBe(0)

    await sandbox.stripe.webhookEndpoints.update(id, { enabled_events: ['invoice.paid', 'customer.updated'] })
    await checkEndpoint()
    const { missingEventTypes } = (await ask()).endpoint
    expect(missingEventTypes).toContain('invoice.voided')
    expect(missingEventTypes).not.toContain('invoice.paid')

    await sandbox.stripe.webhookEndpoints.update(id, { disabled: true })
    await checkEndpoint()
    expect((await ask()).endpoint).toMatchObject({ state: 'disabled', url })
  })

  it('is not known to a key that may not read it', async () => {
    await sandbox.control('POST', '/_sandbox/faults', {
      path: '/v1/webhook_endpoints',
      effect: 'status_before',
      status: 403,
    })
    await checkEndpoint()
    await sandbox.control('DELETE', '/_sandbox/faults')
    expect((await ask()).endpoint).toMatchObject({ state: 'hidden', url, missingEventTypes: [] })
  })

  it('is asked about every ten minutes, and its last answer stays while Stripe is away', async () => {
    const calls = async () =>
      (await sandbox.control('GET', '/_sandbox/requests?path=/v1/webhook_endpoints&method=GET')) as unknown[]
    const before = (await calls()).length
    await checkEndpointIfDue()
    expect(await calls()).toHaveLength(before)
    await db().$executeRaw`update webhook_checks set checked_at = now() - interval '11 minutes'`
    await sandbox.control('POST', '/_sandbox/faults', { path: '/v1/*', effect: 'status_before', status: 500 })
    await checkEndpointIfDue()
    await sandbox.control('DELETE', '/_sandbox/faults')
    expect((await ask()).endpoint.state).toBe('hidden')
    await checkEndpointIfDue()
    expect((await ask()).endpoint.state).toBe('disabled')
  })
})

it('the account, the mode and the backlog are named', async () => {
  await checkHealth()
  await db().syncObject.create({ data: { type: 'invoice', id: 'in_waiting', dirtySeq: 1n } })
  const { account, backlog } = await ask()
  expect(account).toEqual({ id: expect.stringMatching(/^acct_/), livemode: false })
  expect(backlog).toMatchObject({ waiting: 1, dead: 0 })
})
