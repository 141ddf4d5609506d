import type { ServerResponse } from 'node:http'
import type Stripe from 'stripe'
import { afterEach, describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { openReceiver, type Receiver } from '@/sandbox/contract/receiver'
import {
  customer,
  customerWithCard,
  draft,
  eventTypes,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const hour = 3600
const day = 86_400
const turnTo = (to: number) => sandbox.control('POST', 'clock', { to })
const set = (account: object) => sandbox.control('POST', 'settings', { account })
const retrieve = (id: string) => sandbox.stripe.invoices.retrieve(id)
const mailsAbout = async (id: string) =>
  (await sandbox.control<{ kind: string; invoice: string }[]>('GET', 'mail')).filter(
    ({ invoice }) => invoice === id,
  )

let receiver: Receiver | undefined
afterEach(async () => {
  await sandbox.control('POST', 'reset')
  await receiver?.close()
  receiver = undefined
})

/** A webhook endpoint that answers `invoice.created` as told, and everything else with success. */
async function listen(answer: (response: ServerResponse) => void): Promise<void> {
  receiver = await openReceiver((response, { type }) =>
    type === 'invoice.created' ? answer(response) : response.end(),
  )
  await sandbox.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] })
}

describe('a draft that advances by itself', () => {
  test('waits for the hour that the account gives it, or for as many as it wants', async () => {
    await set({ grace_hours: 24 })
    const { id, created } = await draft(sandbox.stripe, { auto_advance: true })
    expect(await retrieve(id)).toMatchObject({ automatically_finalizes_at: created + 24 * hour + 1 })
    await turnTo(created + 24 * hour - 100)
    expect((await retrieve(id)).status).toBe('draft')
    await turnTo(created + 24 * hour + 1)
    expect(await retrieve(id)).toMatchObject({
      status: 'open',
      status_transitions: { finalized_at: created + 24 * hour + 1 },
    })
  })

  test('has its first times again when it is stopped and let go', async () => {
    const { id, created } = await draft(sandbox.stripe, {
      auto_advance: true,
      collection_method: 'charge_automatically',
    })
    await turnTo(created + 1000)
    const stopped = await sandbox.stripe.invoices.update(id, { auto_advance: false })
    expect(stopped).toMatchObject({ automatically_finalizes_at: null, next_payment_attempt: null })
    await turnTo(created + 2 * hour)
    expect((await retrieve(id)).status).toBe('draft')
    const going = await sandbox.stripe.invoices.update(id, { auto_advance: true })
    expect(going).toMatchObject({
      status: 'draft',
      automatically_finalizes_at: created + 3601,
      next_payment_attempt: created + 3600,
    })
    expect((await retrieve(id)).status).toBe('open')
  })

  test('starts its hour when the last endpoint has heard of it', async () => {
    let isDeaf = true
    await sandbox.control('POST', 'settings', { sandbox: { webhook_retry_seconds: [600, 2 * hour] } })
    await listen((response) => response.writeHead(isDeaf ? 500 : 200).end())
    const { id, created } = await draft(sandbox.stripe, { auto_advance: true })
    await turnTo(created + 2 * hour)
    expect(await retrieve(id)).toMatchObject({ status: 'draft', webhooks_delivered_at: null })
    isDeaf = false
    await turnTo(created + 3 * hour)
    const heard = Number((await retrieve(id)).webhooks_delivered_at)
    expect(heard - created).toBeGreaterThanOrEqual(2 * hour + 600)
    await turnTo(heard + 3500)
    expect((await retrieve(id)).status).toBe('draft')
    await turnTo(heard + 3601)
    expect(await retrieve(id)).toMatchObject({
      status: 'open',
      status_transitions: { finalized_at: heard + 3601 },
    })
  })

  test('waits no longer for an endpoint that is deleted', async () => {
    await listen((response) => response.writeHead(500).end())
    const { id, created } = await draft(sandbox.stripe, { auto_advance: true })
    const [deaf] = (await sandbox.stripe.webhookEndpoints.list()).data
    await sandbox.stripe.webhookEndpoints.del(String(deaf?.id))
    const heard = Number((await retrieve(id)).webhooks_delivered_at)
    expect(heard).toBeGreaterThanOrEqual(created)
    await turnTo(heard + 3601)
    expect((await retrieve(id)).status).toBe('open')
  })

  test('waits three days for an endpoint that fails, and no longer', async () => {
    await listen((response) => response.writeHead(500).end())
    const { id, created } = await draft(sandbox.stripe, { auto_advance: true })
    await turnTo(created + 100 * day)
    expect((await retrieve(id)).status_transitions.finalized_at).toBe(created + 72 * hour)
  })

  test('keeps a time of its own, whoever has not heard of it', async () => {
    await listen((response) => response.writeHead(500).end())
    const owner = await customerWithCard(sandbox.stripe)
    const wanted = owner.created + 2 * day
    const { id } = await draft(sandbox.stripe, {
      customer: owner.id,
      collection_method: 'charge_automatically',
      auto_advance: true,
      automatically_finalizes_at: wanted,
    })
    await turnTo(wanted + day)
    expect(await retrieve(id)).toMatchObject({
      status: 'paid',
      status_transitions: { finalized_at: wanted, paid_at: wanted },
    })
  })

  test('needs a time ahead, of five years at most, and to advance', async () => {
    const now = Math.floor(Date.now() / 1000)
    const { id } = await customer(sandbox.stripe)
    const create = (params: Stripe.InvoiceCreateParams) =>
      refusalOf(sandbox.stripe.invoices.create({ customer: id, ...params }))
    for (const automatically_finalizes_at of [now - 60, now + 5 * 367 * day]) {
      expect(await create({ auto_advance: true, automatically_finalizes_at })).toMatchObject({
        status: 400,
        param: 'automatically_finalizes_at',
      })
    }
    expect(await create({ automatically_finalizes_at: now + day })).toMatchObject({ status: 400 })
  })

  test('says what kept it from being finalized, and stays a draft', async () => {
    const { id: owner } = await customer(sandbox.stripe)
    const { id, created } = await draft(sandbox.stripe, { customer: owner, auto_advance: true })
    await sandbox.stripe.customers.del(owner)
    await turnTo(created + day)
    expect(await retrieve(id)).toMatchObject({
      status: 'draft',
      number: null,
      last_finalization_error: { type: 'invalid_request_error', code: 'resource_missing' },
    })
    expect(await eventTypes(sandbox.stripe, id, 'invoice.')).toContain('invoice.finalization_failed')
  })

  test('notes it too when somebody tried by hand, until it is final', async () => {
    const { stripe } = sandbox
    const { id } = await draft(stripe, { payment_settings: { payment_method_types: ['sepa_debit'] } })
    const attempts = [
      () => stripe.invoices.finalizeInvoice(id),
      () => stripe.invoices.sendInvoice(id),
      () => stripe.invoices.pay(id, { payment_method: 'pm_card_visa' }),
    ]
    for (const attempt of attempts) {
      expect(await refusalOf(attempt())).toMatchObject({
        status: 400,
        code: 'invoice_no_payment_method_types',
      })
    }
    expect(await retrieve(id)).toMatchObject({
      status: 'draft',
      last_finalization_error: { code: 'invoice_no_payment_method_types' },
    })
    const failed = await stripe.events.list({ type: 'invoice.finalization_failed' })
    expect(failed.data).toHaveLength(3)
    await stripe.invoices.update(id, { payment_settings: { payment_method_types: ['card', 'sepa_debit'] } })
    expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({
      status: 'open',
      last_finalization_error: null,
    })
  })

  test.each(['constructor', '__proto__', 'sheep'])('is not asked to be paid by %s', async (type) => {
    const wanted = { payment_settings: { payment_method_types: [type] } }
    expect(await refusalOf(draft(sandbox.stripe, wanted))).toMatchObject({
      status: 400,
      param: 'payment_settings[payment_method_types][0]',
    })
  })

  test('is sent when it is final, unless the account has that switched off', async () => {
    const { id: sent, created } = await draft(sandbox.stripe, { auto_advance: true })
    await turnTo(created + 2 * hour)
    expect(await mailsAbout(sent)).toHaveLength(1)
    expect(await eventTypes(sandbox.stripe, sent, 'invoice.sent')).toEqual(['invoice.sent'])
    await set({ mails: { finalized_invoices: false } })
    const { id: kept } = await draft(sandbox.stripe, { auto_advance: true })
    await turnTo(created + day)
    expect((await retrieve(kept)).status).toBe('open')
    expect(await mailsAbout(kept)).toEqual([])
  })
})

describe('an invoice that is not paid', () => {
  test('is reminded of before and after its due date, until it is paid', async () => {
    await set({ reminder_days: [-2, 3, 10] })
    const { id, due_date } = await openInvoice(sandbox.stripe, { auto_advance: true })
    const due = Number(due_date)
    const kinds = async () => (await mailsAbout(id)).map(({ kind }) => kind)
    await turnTo(due - 2 * day - 100)
    expect(await kinds()).toEqual([])
    await turnTo(due - 2 * day)
    expect(await kinds()).toEqual(['reminder'])
    await turnTo(due + 4 * day)
    expect(await kinds()).toEqual(['reminder', 'reminder'])
    await sandbox.stripe.invoices.pay(id, { paid_out_of_band: true })
    await turnTo(due + 20 * day)
    expect((await kinds()).filter((kind) => kind === 'reminder')).toHaveLength(2)
  })

  test('is told of by automations that the account has', async () => {
    const plain = await openInvoice(sandbox.stripe, { auto_advance: true })
    await set({ automations: { will_be_due_days: 7, overdue_days: 5 } })
    const quiet = await openInvoice(sandbox.stripe)
    const due = Number(plain.due_date)
    await turnTo(due + 6 * day)
    const told = (id: string) => eventTypes(sandbox.stripe, id, 'invoice.')
    expect(await told(plain.id)).toEqual(expect.arrayContaining(['invoice.will_be_due', 'invoice.overdue']))
    expect(await told(quiet.id)).not.toContain('invoice.overdue')
    const [overdue] = (await sandbox.stripe.events.list({ type: 'invoice.overdue' })).data
    expect(overdue?.created).toBe(due + 5 * day)
  })

  test('makes its customer delinquent when its date passes, until one is paid', async () => {
    const { id: owner } = await customer(sandbox.stripe)
    const { id, due_date } = await openInvoice(sandbox.stripe, { customer: owner })
    const delinquent = async () =>
      ((await sandbox.stripe.customers.retrieve(owner)) as Stripe.Customer).delinquent
    await turnTo(Number(due_date) - 60)
    expect(await delinquent()).toBe(false)
    await turnTo(Number(due_date) + 1)
    expect(await delinquent()).toBe(true)
    await sandbox.stripe.invoices.pay(id, { paid_out_of_band: true })
    expect(await delinquent()).toBe(false)
  })

  test('leaves delinquent whom it failed to charge, until the invoice is paid in whatever way', async () => {
    const { id: owner } = await customerWithCard(sandbox.stripe, 'pm_card_chargeCustomerFail')
    const delinquent = async () =>
      ((await sandbox.stripe.customers.retrieve(owner)) as Stripe.Customer).delinquent
    const { id, created } = await draft(sandbox.stripe, {
      customer: owner,
      collection_method: 'charge_automatically',
      auto_advance: true,
    })
    await turnTo(created + 2 * hour)
    expect(await delinquent()).toBe(true)
    const intent = await intentOf(sandbox.stripe, id)
    await sandbox.stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
    expect((await retrieve(id)).status).toBe('paid')
    expect(await delinquent()).toBe(false)
  })
})
