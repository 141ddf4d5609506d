import type Stripe from 'stripe'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { closeWitnessed, underTest } from '@/sandbox/contract/account'
import { useCli } from '@/sandbox/contract/cli'
import { type Sandbox, startSandbox } from '@/sandbox/server'

// Starting a program takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 })

const cli = useCli()

/** The families of events that Stripe Invoicing consists of, as their types begin. */
const families = [
  'charge.',
  'coupon.',
  'credit_note.',
  'customer.',
  'invoice.',
  'invoiceitem.',
  'payment_intent.',
  'payment_method.',
  'plan.',
  'price.',
  'product.',
  'promotion_code.',
  'refund.',
  'tax_rate.',
  'test_helpers.test_clock.',
]

/** What the installed CLI can trigger of them, by its own word; subscriptions are another product. */
const triggers = (await listed()).filter(
  (type) => families.some((family) => type.startsWith(family)) && !type.startsWith('customer.subscription.'),
)

async function listed(): Promise<string[]> {
  const { output } = await cli(null, 'trigger', '--help')
  return [...output.matchAll(/^ {2}(\w+(?:\.\w+)+)$/gm)].map(([, type = '']) => type)
}

/** What the sandbox cannot be brought to yet. This list only ever shrinks: what works must leave it. */
const notYet = new Set<string>()

/** The status in which a trigger leaves its invoice, and that of the charge it tried. */
const leaves: Record<string, { invoice: string; charges?: string[] }> = {
  'invoice.created': { invoice: 'draft' },
  'invoice.updated': { invoice: 'draft' },
  'invoice.finalized': { invoice: 'open' },
  'invoice.sent': { invoice: 'open' },
  'invoice.paid': { invoice: 'paid', charges: ['succeeded'] },
  'invoice.payment_succeeded': { invoice: 'paid', charges: ['succeeded'] },
  'invoice.payment_failed': { invoice: 'open', charges: ['failed'] },
  'invoice.payment_action_required': { invoice: 'open' },
  'invoice.voided': { invoice: 'void' },
  'invoice.marked_uncollectible': { invoice: 'uncollectible' },
}

test('the list is the whole one', () => {
  expect(triggers.length).toBeGreaterThan(60)
  expect(triggers).toContain('test_helpers.test_clock.ready')
  expect([...notYet].filter((type) => !triggers.includes(type))).toEqual([])
})

type Run = { sandbox: Sandbox; code: number; output: string }

const works = triggers.filter((type) => !notYet.has(type))
const order = [...works, ...notYet]
const runs = new Map<string, Promise<Run>>()

/** Starting the CLI costs time, so the next ones run while one is being looked at, each at a sandbox of its own. */
async function runOf(type: string): Promise<Run> {
  const own = order.indexOf(type)
  for (const next of order.slice(own, own + 4)) started(next)
  const run = await started(type)
  onTestFinished(() => closeWitnessed(run.sandbox))
  return run
}

function started(type: string): Promise<Run> {
  const run = runs.get(type) ?? trigger(type)
  runs.set(type, run)
  return run
}

async function trigger(type: string): Promise<Run> {
  const sandbox = await startSandbox({ quiet: true })
  return { sandbox, ...(await cli(sandbox.url, 'trigger', type)) }
}

describe('stripe trigger', () => {
  test.each(works)('%s', async (type) => {
    const { sandbox, code, output } = await runOf(type)
    expect(output).toContain('Trigger succeeded')
    expect(code).toBe(0)
    const { stripe } = underTest(sandbox.url)
    await expect.poll(async () => (await stripe.events.list({ type })).data.length).toBeGreaterThan(0)
    await checkLeft(stripe, type)
  })

  test.each([...notYet])('%s has to leave the list of what does not work yet', async (type) => {
    const { output } = await runOf(type)
    expect(output).toContain('Trigger failed')
  })
})

async function checkLeft(stripe: Stripe, type: string): Promise<void> {
  const left = leaves[type]
  if (!left) return
  const { data } = await stripe.invoices.list()
  expect(data).toMatchObject([{ status: left.invoice, total: 2000, currency: 'usd' }])
  const [event] = (await stripe.events.list({ type })).data
  expect(event?.data.object).toMatchObject({ object: 'invoice', id: data[0]?.id })
  if (!left.charges) return
  const charges = await stripe.charges.list()
  expect(charges.data.map(({ status }) => status)).toEqual(left.charges)
}
