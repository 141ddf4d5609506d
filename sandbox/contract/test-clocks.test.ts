import type Stripe from 'stripe'
import { describe, expect, test, vi } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, draft, eventTypes, idOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const clocks = () => sandbox.stripe.testHelpers.testClocks
const day = 86_400
/** The first of January 2030, midnight. */
const start = 1_893_456_000

/** A customer in a time of its own. */
async function timed(params: Stripe.CustomerCreateParams = {}, frozen_time = start) {
  const clock = await clocks().create({ frozen_time })
  return { clock, owner: await customer(sandbox.stripe, { test_clock: clock.id, ...params }) }
}

/** Advances a clock and waits until it stands. */
async function advance(id: string, frozen_time: number): Promise<Stripe.TestHelpers.TestClock> {
  const advancing = await clocks().advance(id, { frozen_time })
  expect(advancing).toMatchObject({
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: frozen_time } },
  })
  return vi.waitFor(async () => {
    const clock = await clocks().retrieve(id)
    expect(clock.status).toBe('ready')
    return clock
  })
}

describe('a test clock', () => {
  test('is created, retrieved and listed', async () => {
    const before = Math.floor(Date.now() / 1000)
    const clock = await clocks().create({ frozen_time: start, name: 'Year end' })
    expect(clock).toEqual({
      id: expect.stringMatching(/^clock_1\w{23}$/),
      object: 'test_helpers.test_clock',
      created: expect.any(Number),
      deletes_after: clock.created + 7 * day,
      frozen_time: start,
      livemode: false,
      name: 'Year end',
      status: 'ready',
      status_details: {},
    })
    expect(clock.created).toBeGreaterThanOrEqual(before)
    expect(await clocks().retrieve(clock.id)).toEqual(clock)
    expect((await clocks().list({ limit: 1 })).data).toEqual([clock])
    expect(await eventTypes(sandbox.stripe, clock.id)).toEqual(['test_helpers.test_clock.created'])
  })

  test('needs a time, and a short name', async () => {
    expect(await refusalOf(clocks().create({} as Stripe.TestHelpers.TestClockCreateParams))).toMatchObject({
      status: 400,
      code: 'parameter_missing',
      param: 'frozen_time',
    })
    expect(await refusalOf(clocks().create({ frozen_time: start, name: 'n'.repeat(301) }))).toMatchObject({
      status: 400,
      param: 'name',
    })
    expect(await refusalOf(clocks().retrieve('clock_none'))).toMatchObject({
      status: 404,
      code: 'resource_missing',
    })
  })

  test('moves forward only, by two years at most, and tells when it begins and ends', async () => {
    const { id } = await clocks().create({ frozen_time: start })
    for (const frozen_time of [start, start - 1, start + 731 * day]) {
      expect(await refusalOf(clocks().advance(id, { frozen_time }))).toMatchObject({
        status: 400,
        param: 'frozen_time',
      })
    }
    const moved = await advance(id, start + 730 * day)
    expect(moved).toMatchObject({ frozen_time: start + 730 * day, status_details: {} })
    expect(await eventTypes(sandbox.stripe, id)).toEqual([
      'test_helpers.test_clock.created',
      'test_helpers.test_clock.advancing',
      'test_helpers.test_clock.ready',
    ])
  })

  test('takes an existing customer, with what it has and what falls due for it', async () => {
    const { id: owner } = await customer(sandbox.stripe)
    const now = Math.floor(Date.now() / 1000)
    const { id: invoice } = await draft(sandbox.stripe, { customer: owner, auto_advance: true })
    const clock = await clocks().create({ frozen_time: now + 60, customer: owner })
    expect(await sandbox.stripe.customers.retrieve(owner)).toMatchObject({ test_clock: clock.id })
    expect(await sandbox.stripe.invoices.retrieve(invoice)).toMatchObject({ test_clock: clock.id })
    await advance(clock.id, now + 2 * 3600)
    expect((await sandbox.stripe.invoices.retrieve(invoice)).status).toBe('open')
    expect(await refusalOf(clocks().create({ frozen_time: now, customer: owner }))).toMatchObject({
      status: 400,
      param: 'customer',
    })
  })

  test('holds three customers', async () => {
    const { clock, owner } = await timed()
    for (let more = 0; more < 2; more++) await customer(sandbox.stripe, { test_clock: clock.id })
    const fourth = { test_clock: clock.id }
    expect(await refusalOf(customer(sandbox.stripe, fourth))).toMatchObject({
      status: 400,
      param: 'test_clock',
    })
    await sandbox.stripe.customers.del(owner.id)
    await customer(sandbox.stripe, fourth)
    expect(await refusalOf(customer(sandbox.stripe, { test_clock: 'clock_none' }))).toMatchObject({
      status: 400,
      code: 'resource_missing',
      param: 'test_clock',
    })
  })

  test('is deleted with its customers, and what would have happened does not', async () => {
    const { clock, owner } = await timed({ tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }] })
    const [taxId] = (await sandbox.stripe.customers.listTaxIds(owner.id)).data
    const { id } = await draft(sandbox.stripe, { customer: owner.id, auto_advance: true })
    expect(await clocks().del(clock.id)).toEqual({
      id: clock.id,
      object: 'test_helpers.test_clock',
      deleted: true,
    })
    expect(await sandbox.stripe.customers.retrieve(owner.id)).toMatchObject({ deleted: true })
    expect(await refusalOf(clocks().retrieve(clock.id))).toMatchObject({ status: 404 })
    expect(await refusalOf(sandbox.stripe.taxIds.retrieve(String(taxId?.id)))).toMatchObject({ status: 404 })
    const kept = await sandbox.stripe.invoices.retrieve(id, { expand: ['test_clock'] })
    expect(kept).toMatchObject({ status: 'draft', test_clock: clock })
    const types = await eventTypes(sandbox.stripe, clock.id, 'test_helpers')
    expect(types.at(-1)).toBe('test_helpers.test_clock.deleted')
    expect(await eventTypes(sandbox.stripe, owner.id, 'customer.')).toContain('customer.deleted')
  })
})

describe('who lives on a test clock', () => {
  test('lives in its time, with all that is made', async () => {
    const { clock, owner } = await timed()
    expect(owner).toMatchObject({ created: start, test_clock: clock.id })
    const made = await draft(sandbox.stripe, { customer: owner.id })
    expect(made).toMatchObject({ created: start, due_date: start + 30 * day, test_clock: clock.id })
    const item = await sandbox.stripe.invoiceItems.create({
      customer: owner.id,
      amount: 100,
      currency: 'usd',
    })
    expect(item).toMatchObject({ date: start, test_clock: clock.id, period: { start, end: start } })
    await advance(clock.id, start + day)
    const open = await sandbox.stripe.invoices.finalizeInvoice(made.id)
    expect(open.status_transitions.finalized_at).toBe(start + day)
    const paid = await sandbox.stripe.invoices.pay(made.id, { payment_method: 'pm_card_visa' })
    expect(paid.status_transitions.paid_at).toBe(start + day)
    const { data } = await sandbox.stripe.events.list({ type: 'invoice.paid', limit: 1 })
    expect(data[0]?.created).toBe(start + day)
  })

  test('is moved by its clock: finalized, sent, past due, each at its moment', async () => {
    const { clock, owner } = await timed()
    const { id } = await draft(sandbox.stripe, { customer: owner.id, auto_advance: true })
    await advance(clock.id, start + 3600)
    expect((await sandbox.stripe.invoices.retrieve(id)).status).toBe('draft')
    await advance(clock.id, start + 30 * day)
    const open = await sandbox.stripe.invoices.retrieve(id)
    expect(open).toMatchObject({ status: 'open', effective_at: start + 3601 })
    expect(await sandbox.stripe.customers.retrieve(owner.id)).toMatchObject({ delinquent: false })
    await advance(clock.id, start + 31 * day)
    expect(await sandbox.stripe.customers.retrieve(owner.id)).toMatchObject({ delinquent: true })
    const { data } = await sandbox.stripe.events.list({ type: 'customer.updated', limit: 1 })
    expect(data[0]).toMatchObject({ created: start + 30 * day + 1, request: { id: null } })
  })

  test('is not moved by the clock of the world', async () => {
    const { clock, owner } = await timed()
    const { id } = await draft(sandbox.stripe, { customer: owner.id, auto_advance: true })
    await sandbox.control('POST', 'clock', { advance_seconds: 6 * day })
    expect((await sandbox.stripe.invoices.retrieve(id)).status).toBe('draft')
    expect((await clocks().retrieve(clock.id)).frozen_time).toBe(start)
    await sandbox.control('POST', 'clock', { advance_seconds: 2 * day })
    expect(await refusalOf(clocks().retrieve(clock.id))).toMatchObject({ status: 404 })
  })

  test('is left out of lists and search that do not ask for it', async () => {
    const { clock, owner } = await timed({ email: 'hidden@lumen.example' })
    const { id } = await openInvoice(sandbox.stripe, { customer: owner.id })
    const has = async (list: Promise<{ data: { id: string }[] }>, id: string) =>
      (await list).data.some((each) => each.id === id)
    const { stripe } = sandbox
    expect(await has(stripe.customers.list(), owner.id)).toBe(false)
    expect(await has(stripe.customers.list({ email: 'hidden@lumen.example' }), owner.id)).toBe(false)
    expect(await has(stripe.customers.list({ test_clock: clock.id }), owner.id)).toBe(true)
    expect(await has(stripe.invoices.list(), id)).toBe(false)
    expect(await has(stripe.invoices.list({ customer: owner.id }), id)).toBe(true)
    const item = idOf((await stripe.invoiceItems.list({ invoice: id })).data[0])
    expect(await has(stripe.invoiceItems.list(), item)).toBe(false)
    expect(await has(stripe.customers.search({ query: 'email:"hidden@lumen.example"' }), owner.id)).toBe(
      false,
    )
    expect(await has(stripe.invoices.search({ query: 'status:"open"' }), id)).toBe(false)
  })

  test('names its clock, in full when asked to', async () => {
    const { clock, owner } = await timed()
    const shown = await sandbox.stripe.customers.retrieve(owner.id, { expand: ['test_clock'] })
    expect(shown).toMatchObject({ test_clock: clock })
  })
})
