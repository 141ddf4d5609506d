import fc from 'fast-check'
import type Stripe from 'stripe'
import { describe, expect, test, vi } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, customerWithCard, draft, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const day = 86_400
/** The first of January 2030, midnight. */
const start = 1_893_456_000

const set = (account: object) => sandbox.control('POST', 'settings', { account })
const turn = (move: object) =>
  sandbox.control<{ now: number; ran: Record<string, number> }>('POST', 'clock', move)

async function newestEvents(): Promise<Stripe.Event[]> {
  return sandbox.stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 1000 })
}

describe('weeks that pass in one move', () => {
  test('bring everything about in its order, each at its moment', async () => {
    await set({ automations: { overdue_days: 5 }, retries: { days: [3, 5] } })
    const now = (await sandbox.control<{ now: number }>('GET', 'clock')).now
    const refused = await customerWithCard(sandbox.stripe, 'pm_card_chargeCustomerFail')
    const charged = await draft(sandbox.stripe, {
      customer: refused.id,
      collection_method: 'charge_automatically',
      auto_advance: true,
      automatically_finalizes_at: now + 20 * day,
    })
    const sent = await draft(sandbox.stripe, { auto_advance: true, days_until_due: 22 })
    const last = (await newestEvents())[0]?.id
    const { ran } = await turn({ advance_seconds: 29 * day })
    expect(ran).toMatchObject({ 'invoice.finalize': 2, 'invoice.collect': 3, 'invoice.follow_up': 2 })
    const all = await newestEvents()
    const made = all
      .slice(
        0,
        all.findIndex(({ id }) => id === last),
      )
      .reverse()
    expect(made.map(({ created }) => created)).toEqual(made.map(({ created }) => created).toSorted())
    const told = made
      .filter(({ type }) => /^invoice\.(finalized|sent|payment_failed|overdue)$/.test(type))
      .map(({ type, created, data }) => [
        type,
        (data.object as Stripe.Invoice).id === sent.id ? 'sent' : 'charged',
        created,
      ])
    expect(told).toEqual([
      ['invoice.finalized', 'sent', sent.created + 3601],
      ['invoice.sent', 'sent', sent.created + 3601],
      ['invoice.finalized', 'charged', now + 20 * day],
      ['invoice.payment_failed', 'charged', now + 20 * day],
      ['invoice.payment_failed', 'charged', now + 23 * day],
      ['invoice.overdue', 'sent', sent.created + 27 * day],
      ['invoice.payment_failed', 'charged', now + 28 * day],
    ])
    expect(await sandbox.stripe.invoices.retrieve(charged.id)).toMatchObject({
      status: 'open',
      attempt_count: 3,
      next_payment_attempt: null,
    })
    await sandbox.control('POST', 'reset')
  })

  test('end what lives for a while: events after 30 days, idempotency keys after one', async () => {
    const key = { idempotencyKey: 'passing' }
    const first = await sandbox.stripe.customers.create({ name: 'Ada' }, key)
    const [event] = await newestEvents()
    const found = () => sandbox.stripe.events.retrieve(String(event?.id))
    await turn({ advance_seconds: day - 60 })
    expect((await sandbox.stripe.customers.create({ name: 'Ada' }, key)).id).toBe(first.id)
    await turn({ advance_seconds: 120 })
    const second = await sandbox.stripe.customers.create({ name: 'Byron' }, key)
    expect(second.id).not.toBe(first.id)
    await turn({ advance_seconds: 29 * day - 120 })
    expect((await found()).id).toBe(event?.id)
    const { ran } = await turn({ advance_seconds: 2 * day })
    expect(ran.trim).toBeGreaterThan(0)
    expect(await refusalOf(found())).toMatchObject({ status: 404, code: 'resource_missing' })
    expect((await newestEvents()).every(({ created }) => created >= second.created)).toBe(true)
  })

  test('never go back', async () => {
    const { now } = await turn({ advance_seconds: 0 })
    await expect(turn({ to: now - 60 })).rejects.toThrow(/400/)
    await expect(turn({ advance_seconds: -1 })).rejects.toThrow(/400/)
    expect((await sandbox.control<{ now: number }>('POST', 'clock/run')).now).toBeGreaterThanOrEqual(now)
  })

  test('follow one another when they are asked for at once', async () => {
    const { now } = await turn({ advance_seconds: 0 })
    const turned = await Promise.all([1, 2, 3].map(() => turn({ advance_seconds: day })))
    const ends = turned.map((each) => Math.round((each.now - now) / day))
    expect(ends.toSorted()).toEqual([1, 2, 3])
  })
})

/** A test clock whose customers have about everything that time can do something to. */
async function company(): Promise<{ clock: string; names: string[] }> {
  const { stripe } = sandbox
  const { id: clock } = await stripe.testHelpers.testClocks.create({ frozen_time: start })
  const names: string[] = []
  const owner = async (token?: string) => {
    const { id, invoice_prefix } = await customer(stripe, { test_clock: clock })
    names.push(id, String(invoice_prefix))
    if (token === undefined) return id
    const method = await stripe.paymentMethods.attach(token, { customer: id })
    await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } })
    return id
  }
  const [payer, refused, debtor] = [
    await owner('pm_card_visa'),
    await owner('pm_card_chargeCustomerFail'),
    await owner(),
  ]
  const charged = { collection_method: 'charge_automatically', auto_advance: true } as const
  await draft(stripe, { customer: payer, ...charged, automatically_finalizes_at: start + 10 * day })
  await draft(stripe, { customer: refused, ...charged })
  await draft(stripe, { customer: debtor, auto_advance: true, days_until_due: 9 })
  await openInvoice(stripe, { customer: debtor, auto_advance: true, days_until_due: 0 })
  await openInvoice(stripe, { customer: debtor })
  return { clock, names }
}

async function advance(clock: string, frozen_time: number): Promise<void> {
  await sandbox.stripe.testHelpers.testClocks.advance(clock, { frozen_time })
  await vi.waitFor(async () => {
    expect((await sandbox.stripe.testHelpers.testClocks.retrieve(clock)).status).toBe('ready')
  })
}

/** Everything about the customers of a clock and what happened to them, without ids and what is random. */
async function outcomeOf({
  clock,
  names,
}: {
  clock: string
  names: string[]
}): Promise<{ events: object[] }> {
  const { stripe } = sandbox
  const owners = (await stripe.customers.list({ test_clock: clock })).data
  const invoices = await Promise.all(
    owners.map(({ id }) => stripe.invoices.list({ customer: id, expand: ['data.payments'] })),
  )
  const concerns = (value: object) => names.some((name) => JSON.stringify(value).includes(name))
  const events = (await newestEvents()).filter(({ data }) => concerns(data))
  const mails = (await sandbox.control<{ id: string }[]>('GET', 'mail'))
    .filter(concerns)
    .map(({ id: _, ...mail }) => mail)
  const about = JSON.stringify({ owners, invoices, mails, events: events.map(told) })
  const plain = names.reduce((text, name) => text.replaceAll(name, 'NAME'), about)
  const ids = /\b(\w+?)_1?[0-9A-Za-z]{14,}(_secret_\w+)?/g
  const random: [RegExp, string][] = [
    [ids, '$1_ID'],
    [/\b\d{4}-\d{4}\b/g, 'RECEIPT'],
    [/mail\/\d+/g, 'mail/NUMBER'],
  ]
  return JSON.parse(random.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), plain))
}

function told({ type, created, data }: Stripe.Event): object {
  return { type, created, data }
}

test('time that passes at once does what it does in small steps', async () => {
  await set({
    after_last_retry: 'uncollectible',
    automations: { will_be_due_days: 3, overdue_days: 2 },
    reminder_days: [-4, 0, 7],
    retries: { days: [1, 3, 5] },
  })
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 40 * day - 1 }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(cuts, async (moments) => {
      const [atOnce, bySteps] = [await company(), await company()]
      await advance(atOnce.clock, start + 40 * day)
      for (const at of [...moments.toSorted((a, b) => a - b), 40 * day])
        await advance(bySteps.clock, start + at)
      const outcome = await outcomeOf(atOnce)
      expect(outcome.events.length).toBeGreaterThan(30)
      expect(await outcomeOf(bySteps)).toEqual(outcome)
    }),
    { numRuns: 6, examples: [[[3600, 3601, 3602, 10 * day, 10 * day + 1]]] },
  )
})
