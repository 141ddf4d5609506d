import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { POST } from '@/app/api/stripe/webhook/route'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { announce } from '@/lib/db/changes'
import { db } from '@/lib/db/client'
import { checkHealth } from './health'
import { openLiveStream } from './live-stream'
import { startWorker, type Worker } from './work'

/* The whole way of a change: the sandbox delivers a signed webhook, the worker fetches, an open browser hears of it. */

useTestDatabase()
const sandbox = useTestSandbox()
let web: Server
let worker: Worker

beforeAll(async () => {
  web = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const headers = { 'stripe-signature': String(incoming.headers['stripe-signature']) }
    const request = new Request('http://duebook.example/', {
      method: 'POST',
      body: Buffer.concat(chunks),
      headers,
    })
    const response = await POST(request)
    outgoing.writeHead(response.status).end()
  })
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
  const { port } = web.address() as AddressInfo
  const endpoint = await sandbox.stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${port}/`,
    enabled_events: ['*'],
  })
  process.env.STRIPE_WEBHOOK_SECRET = endpoint.secret
  worker = await startWorker()
})
afterAll(async () => {
  await worker.stop()
  web.close()
})

/** Collects the frames of a stream, as a browser would see them. */
function browser(mayGoOn = async () => true, checkEvery?: number) {
  const leaving = new AbortController()
  const frames: string[] = []
  let ended = false
  const reading = (async () => {
    for await (const chunk of openLiveStream(leaving.signal, mayGoOn, checkEvery)) {
      frames.push(Buffer.from(chunk).toString())
    }
    ended = true
  })()
  return {
    frames,
    hasEnded: () => ended,
    topics: () =>
      frames
        .filter((frame) => frame.startsWith('data: '))
        .flatMap((frame) => JSON.parse(frame.slice(6)).topics as string[]),
    leave: async () => {
      leaving.abort()
      await reading
    },
  }
}

async function openInvoice(): Promise<string> {
  const customer = await sandbox.stripe.customers.create({ name: 'Acme', email: 'acme@example.com' })
  const invoice = await sandbox.stripe.invoices.create({
    customer: customer.id,
    currency: 'usd',
    collection_method: 'send_invoice',
    days_until_due: 30,
  })
  await sandbox.stripe.invoiceItems.create({
    customer: customer.id,
    invoice: invoice.id,
    amount: 4200,
    currency: 'usd',
  })
  await sandbox.stripe.invoices.finalizeInvoice(invoice.id)
  return invoice.id
}

describe('a payment', () => {
  it('reaches two open browsers within 2 s, with the mirror already right', async () => {
    const id = await openInvoice()
    await expect.poll(() => db().invoice.count({ where: { id, status: 'open' } }), { timeout: 5_000 }).toBe(1)
    const browsers = [browser(), browser()]
    await expect.poll(() => browsers.every(({ frames }) => frames.length > 0)).toBe(true)

    await sandbox.stripe.invoices.pay(id, { paid_out_of_band: true })
    await expect
      .poll(() => browsers.every((one) => one.topics().includes(id) && one.topics().includes('overview')), {
        timeout: 2_000,
        interval: 20,
      })
      .toBe(true)
    await expect.poll(() => db().invoice.count({ where: { id, status: 'paid' } }), { timeout: 2_000 }).toBe(1)
    await Promise.all(browsers.map((one) => one.leave()))
  })
})

describe('a live connection', () => {
  it('begins with the health of the connection to Stripe and hears when that changes', async () => {
    const one = browser()
    await expect
      .poll(() => one.frames[0])
      .toBe('event: server-health\ndata: {"stripe":"ok","since":null}\n\n')
    await sandbox.control('POST', '/_sandbox/faults', {
      path: '/v1/account',
      effect: 'status_before',
      status: 500,
    })
    await checkHealth()
    await expect.poll(() => one.frames.some((frame) => frame.includes('"stripe":"unreachable"'))).toBe(true)
    await sandbox.control('DELETE', '/_sandbox/faults')
    await checkHealth()
    await expect.poll(() => one.frames.at(-1)).toContain('"stripe":"ok"')
    await one.leave()
    expect(one.hasEnded()).toBe(true)
  })

  it('gathers a burst into few messages and loses no topic', async () => {
    const one = browser()
    await expect.poll(() => one.frames.length).toBeGreaterThan(0)
    const ids = Array.from({ length: 200 }, (_, index) => `in_burst${index}`)
    await Promise.all(ids.map((id) => announce([id])))
    await expect.poll(() => ids.filter((id) => !one.topics().includes(id))).toEqual([])
    expect(one.frames.length).toBeLessThan(50)
    await one.leave()
  })

  it('ends with the session', async () => {
    let isOpen = true
    const one = browser(async () => isOpen, 20)
    await expect.poll(() => one.frames.length).toBeGreaterThan(0)
    isOpen = false
    await expect.poll(one.hasEnded).toBe(true)
  })

  it('survives that the session cannot be looked at for a while', async () => {
    let asked = 0
    const one = browser(async () => {
      asked += 1
      throw new Error('no database')
    }, 10)
    await expect.poll(() => one.frames.length).toBeGreaterThan(0)
    await expect.poll(() => asked).toBeGreaterThan(2)
    await announce(['in_after'])
    await expect.poll(() => one.topics()).toContain('in_after')
    await one.leave()
  })
})
