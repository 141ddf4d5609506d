import { type ChildProcess, spawn } from 'node:child_process'
import { appendFile, mkdtemp, readdir, rm, stat, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type SandboxUnderTest, underTest } from '@/sandbox/contract/account'
import { openReceiver } from '@/sandbox/contract/receiver'
import { customer, customerWithCard, draft, openInvoice } from '@/sandbox/contract/scenes'
import { type SandboxOptions, startSandbox } from '@/sandbox/server'

// Starting a program takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

let directory = ''
const cleanups: (() => Promise<unknown>)[] = []

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sandbox-'))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
  await rm(directory, { recursive: true, force: true })
})

/** The sandbox in this process, with its state in `directory`. */
async function open(options: SandboxOptions = {}): Promise<SandboxUnderTest & { close(): Promise<void> }> {
  const sandbox = await startSandbox({ dataDir: directory, quiet: true, ...options })
  let isOpen = true
  const close = async () => {
    if (isOpen) await sandbox.close()
    isOpen = false
  }
  cleanups.push(close)
  return { ...underTest(sandbox.url), close }
}

/** The sandbox as the program that it is, on a free port, with its state in `directory`. */
async function run(
  ...flags: string[]
): Promise<SandboxUnderTest & { child: ChildProcess; output: () => string }> {
  const args = ['--import', 'tsx', 'sandbox/main.ts', '--port', '0', '--data', directory, ...flags]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  cleanups.push(() => end(child, 'SIGKILL'))
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    const listen = (chunk: Buffer) => {
      output += chunk
      const [, ready] = /Sandbox ready on (\S+)\n/.exec(output) ?? []
      if (ready) resolve(ready)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('close', (code) => reject(new Error(`exit ${code}: ${output}`)))
  })
  return { ...underTest(url), child, output: () => output }
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode)
    child.once('exit', resolve)
    child.kill(signal)
  })
}

/** Everything that a client can read, in one value. */
async function everything({ stripe }: SandboxUnderTest): Promise<unknown> {
  const all = { limit: 100 }
  const lists = await Promise.all([
    stripe.customers.list(all),
    stripe.products.list(all),
    stripe.prices.list(all),
    stripe.invoices.list(all),
    stripe.invoiceItems.list(all),
    stripe.invoicePayments.list(all),
    stripe.paymentIntents.list(all),
    stripe.charges.list(all),
    stripe.events.list(all),
    stripe.webhookEndpoints.list(all),
  ])
  // Hosted addresses carry the port, which is another one after each start.
  return JSON.parse(JSON.stringify(lists.map(({ data }) => data)).replaceAll(/127\.0\.0\.1:\d+/g, 'HOST'))
}

async function fill({ stripe }: SandboxUnderTest): Promise<void> {
  const owner = await customerWithCard(stripe)
  const { id } = await openInvoice(stripe, { customer: owner.id })
  await stripe.invoices.pay(id)
  const declined = await customerWithCard(stripe, 'pm_card_chargeCustomerFail')
  const open = await openInvoice(stripe, { customer: declined.id })
  await stripe.invoices.pay(open.id).catch(() => undefined)
  await stripe.prices.create({ currency: 'usd', unit_amount: 1, product_data: { name: 'Desk' } })
  await draft(stripe)
}

/** The journal: the file that grows with every write. */
async function journal(): Promise<string> {
  const files = (await readdir(directory)).map((file) => join(directory, file))
  const sizes = await Promise.all(files.map(async (file) => ({ file, size: (await stat(file)).size })))
  const [largest] = sizes.sort((a, b) => b.size - a.size)
  if (!largest) throw new Error('There is no journal')
  return largest.file
}

test('kill -9 in the middle of many writes loses nothing that was answered', async () => {
  const before = await run()
  await fill(before)
  const options = { idempotencyKey: 'before-the-crash' }
  const created = await before.stripe.customers.create({ name: 'Ada' }, options)
  const answered: string[] = []
  const writing = Promise.all(
    Array.from({ length: 100 }, async () => {
      const { id } = await openInvoice(before.stripe)
      answered.push(id)
    }),
  ).catch(() => undefined)
  await expect.poll(() => answered.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(5)
  await end(before.child, 'SIGKILL')
  await writing

  const after = await open()
  const invoices = await after.stripe.invoices.list({ limit: 100 }).autoPagingToArray({ limit: 1000 })
  const numbered = new Set(invoices.filter(({ status }) => status === 'open').map(({ id }) => id))
  expect(answered.filter((id) => !numbered.has(id))).toEqual([])
  for (const invoice of invoices) {
    expect(invoice.total).toBe(invoice.lines.data.reduce((sum, line) => sum + line.amount, 0))
    expect(invoice.number === null).toBe(invoice.status === 'draft')
  }
  const replayed = await after.stripe.customers.create({ name: 'Ada' }, options)
  expect(replayed).toEqual(created)
  expect(replayed.lastResponse.headers['idempotent-replayed']).toBe('true')
})

describe('a new start', () => {
  test('finds everything, the ledger and the clock included', async () => {
    const before = await open()
    await fill(before)
    await before.control('POST', 'clock', { advance_seconds: 86_400 })
    const late = await customer(before.stripe)
    const known = await everything(before)
    const ledger = await before.control('GET', 'ledger')
    await before.close()
    const after = await open()
    expect(await everything(after)).toEqual(known)
    expect(await after.control('GET', 'ledger')).toEqual(ledger)
    const later = await customer(after.stripe)
    expect(later.created).toBeGreaterThanOrEqual(late.created)
    expect(later.id).not.toBe(late.id)
    const { data } = await after.stripe.invoices.list({ status: 'open' })
    expect((await fetch(String(data[0]?.hosted_invoice_url))).status).toBe(200)
  })

  test.each([1, 2, 7, 40])('drops a last record torn by %i bytes, and goes on writing', async (bytes) => {
    const before = await open()
    await fill(before)
    const known = await everything(before)
    await before.stripe.customers.create({ name: 'Torn' })
    await before.close()
    const file = await journal()
    await truncate(file, (await stat(file)).size - bytes)

    const torn = await open()
    expect(await everything(torn)).toEqual(known)
    await torn.stripe.customers.create({ name: 'After' })
    const since = await everything(torn)
    await torn.close()
    expect(await everything(await open())).toEqual(since)
  })

  test('does not take garbage after the last record for one', async () => {
    const before = await open()
    await fill(before)
    const known = await everything(before)
    await before.close()
    await appendFile(await journal(), '{"half":')
    expect(await everything(await open())).toEqual(known)
  })

  test('sends what no webhook has confirmed', async () => {
    let isUp = false
    const receiver = await openReceiver((response) => response.writeHead(isUp ? 200 : 503).end())
    cleanups.push(receiver.close)
    const secret = 'whsec_durability000000000000'
    const webhooks = [{ url: receiver.url, secret }]
    const before = await open({ webhooks })
    const { id } = await customer(before.stripe)
    await before.close()
    isUp = true
    receiver.received.length = 0
    const after = await open({ webhooks })
    await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1)
    const [hook] = receiver.received
    const signature = hook?.headers['stripe-signature'] ?? ''
    const event = after.stripe.webhooks.constructEvent(hook?.body ?? '', signature, secret)
    expect(event.data.object).toMatchObject({ id })
    expect((await after.stripe.webhookEndpoints.list()).data).toHaveLength(1)
  })
})

describe('the program', () => {
  test('makes a webhook secret once, and stops although a webhook never answers', async () => {
    const receiver = await openReceiver(() => undefined)
    cleanups.push(receiver.close)
    const first = await run('--webhook', receiver.url)
    await customer(first.stripe)
    await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1)
    await expect.poll(first.output).toMatch(/whsec_/)
    const [secret = ''] = /whsec_\S+/.exec(first.output()) ?? []
    const { body = '', headers } = receiver.received[0] ?? {}
    first.stripe.webhooks.constructEvent(body, headers?.['stripe-signature'] ?? '', secret)
    const started = performance.now()
    expect(await end(first.child, 'SIGTERM')).toBe(0)
    expect(performance.now() - started).toBeLessThan(5000)
    const second = await run('--webhook', receiver.url)
    await expect.poll(second.output).toContain(secret)
  })

  test('answers a mistake with one sentence and exit code 1', async () => {
    const { url } = await open()
    const sentence = /^exit 1: [^\n]+\n$/
    await expect(run('--webhook', 'nowhere')).rejects.toThrow(sentence)
    await expect(run('--port', new URL(url).port)).rejects.toThrow(/^exit 1: [^\n]*port[^\n]*\n$/i)
  })
})
