import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { TEST_KEY, useSandbox } from '@/sandbox/contract/account'

// Starting a program takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const sandbox = useSandbox()
const require = createRequire(import.meta.url)
let home = ''

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'stripe-cli-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

function command(): string {
  const manifest = require('@stripe/cli/package.json') as { bin: { stripe: string } }
  return join(dirname(require.resolve('@stripe/cli/package.json')), manifest.bin.stripe)
}

/** Runs the unmodified Stripe CLI against the sandbox, in a home of its own. */
function stripe(...args: string[]): Promise<{ code: number; output: string }> {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: home,
    STRIPE_API_KEY: TEST_KEY,
    STRIPE_CLI_TELEMETRY_OPTOUT: '1',
  }
  return new Promise((resolve) => {
    const all = [command(), ...args, '--api-base', sandbox.url]
    execFile(process.execPath, all, { env, timeout: 110_000 }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
    })
  })
}

test('customers create', async () => {
  const { code, output } = await stripe(
    'customers',
    'create',
    '-d',
    'name=Jenny Rosen',
    '-d',
    'metadata[a]=b',
  )
  expect(output).toContain('"name": "Jenny Rosen"')
  expect(code).toBe(0)
  const { data } = await sandbox.stripe.customers.list()
  expect(data).toMatchObject([{ name: 'Jenny Rosen', metadata: { a: 'b' } }])
})

test('get, by the prefix of an id', async () => {
  const { id } = await sandbox.stripe.customers.create({ name: 'Ada' })
  expect((await stripe('get', id)).output).toContain('"name": "Ada"')
})

test('an error is shown as Stripe words it', async () => {
  const { output } = await stripe('get', '/v1/customers/cus_nobody')
  expect(output).toContain("No such customer: 'cus_nobody'")
})

/** Trigger, the status in which it leaves its invoice, and that of the charge it tried, if any. */
test.each<[trigger: string, status: string, charge?: string]>([
  ['invoice.created', 'draft'],
  ['invoice.updated', 'draft'],
  ['invoice.finalized', 'open'],
  ['invoice.sent', 'open'],
  ['invoice.paid', 'paid', 'succeeded'],
  ['invoice.payment_succeeded', 'paid', 'succeeded'],
  ['invoice.payment_failed', 'open', 'failed'],
  ['invoice.payment_action_required', 'open'],
  ['invoice.voided', 'void'],
  ['invoice.marked_uncollectible', 'uncollectible'],
])('trigger %s leaves an invoice that is %s', async (trigger, status, charge) => {
  const before = await sandbox.stripe.invoices.list({ limit: 100 })
  const { code, output } = await stripe('trigger', trigger)
  expect(output).toContain('Trigger succeeded')
  expect(code).toBe(0)
  const after = await sandbox.stripe.invoices.list({ limit: 100 })
  expect(after.data).toHaveLength(before.data.length + 1)
  const [invoice] = after.data
  expect(invoice).toMatchObject({ status, total: 2000, currency: 'usd' })
  const { data } = await sandbox.stripe.events.list({ type: trigger, limit: 1 })
  expect(data[0]?.data.object).toMatchObject({ object: 'invoice', id: invoice?.id })
  if (charge === undefined) return
  const charges = await sandbox.stripe.charges.list({ customer: String(invoice?.customer) })
  expect(charges.data).toMatchObject([{ status: charge, amount: 2000 }])
})

test.each([
  ['customer.deleted'],
  ['product.updated'],
  ['price.updated'],
  ['payment_intent.succeeded'],
  ['payment_intent.payment_failed'],
  ['payment_intent.canceled'],
  ['payment_method.attached'],
  ['charge.failed'],
  ['invoice.deleted'],
])('trigger %s', async (trigger) => {
  const { code, output } = await stripe('trigger', trigger)
  expect(output).toContain('Trigger succeeded')
  expect(code).toBe(0)
  expect((await sandbox.stripe.events.list({ type: trigger, limit: 1 })).data).toHaveLength(1)
})
