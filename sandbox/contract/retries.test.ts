import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customerWithCard, draft, eventTypes, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const day = 86_400
const advance = (seconds: number) => sandbox.control('POST', 'clock', { advance_seconds: seconds })
const set = (account: object) => sandbox.control('POST', 'settings', { account })

/** An open invoice that is charged by itself, before its first attempt. */
async function collected(token: string): Promise<Stripe.Invoice> {
  const { id } = await customerWithCard(sandbox.stripe, token)
  return openInvoice(sandbox.stripe, {
    customer: id,
    collection_method: 'charge_automatically',
    auto_advance: true,
  })
}

const stateOf = ({ id }: Stripe.Invoice) => sandbox.stripe.invoices.retrieve(id)
const chargesOf = async ({ customer }: Stripe.Invoice) =>
  (await sandbox.stripe.charges.list({ customer: String(customer) })).data
const countOf = async ({ id }: Stripe.Invoice, type: string) =>
  (await eventTypes(sandbox.stripe, id, 'invoice.')).filter((each) => each === type).length

describe('automatic collection', () => {
  test('tries again on the account’s schedule, and gives up as the account says', async () => {
    await set({ retries: { days: [1, 3] }, after_last_retry: 'uncollectible' })
    const invoice = await collected('pm_card_chargeCustomerFail')
    await advance(3600)
    const first = await stateOf(invoice)
    expect(first).toMatchObject({ status: 'open', attempt_count: 1, attempted: true })
    expect(first.next_payment_attempt).toBe(invoice.created + 3600 + day)
    expect(await sandbox.stripe.customers.retrieve(String(invoice.customer))).toMatchObject({
      delinquent: true,
    })
    await advance(day)
    const second = await stateOf(invoice)
    expect(second.attempt_count).toBe(2)
    expect(second.next_payment_attempt).toBe(invoice.created + 3600 + 4 * day)
    await advance(3 * day)
    expect(await stateOf(invoice)).toMatchObject({
      status: 'uncollectible',
      attempt_count: 3,
      auto_advance: false,
      next_payment_attempt: null,
      status_details: { uncollectible: { reason: 'max_payment_attempts' } },
    })
    expect(await countOf(invoice, 'invoice.payment_failed')).toBe(3)
    expect(await countOf(invoice, 'invoice.marked_uncollectible')).toBe(1)
    expect(await chargesOf(invoice)).toHaveLength(3)
    expect(await sandbox.stripe.customers.retrieve(String(invoice.customer))).toMatchObject({
      delinquent: true,
    })
  })

  test('may leave it open in the end', async () => {
    await set({ retries: { days: [1] }, after_last_retry: 'leave' })
    const invoice = await collected('pm_card_chargeCustomerFail')
    await advance(3600)
    await advance(30 * day)
    expect(await stateOf(invoice)).toMatchObject({
      status: 'open',
      attempt_count: 2,
      auto_advance: true,
      next_payment_attempt: null,
    })
  })

  test('is done when a retry finds a better card', async () => {
    await set({ retries: { days: [1] } })
    const { stripe } = sandbox
    const invoice = await collected('pm_card_chargeCustomerFail')
    await advance(3600)
    const owner = String(invoice.customer)
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner })
    await stripe.customers.update(owner, { invoice_settings: { default_payment_method: card.id } })
    await advance(day)
    expect(await stateOf(invoice)).toMatchObject({
      status: 'paid',
      attempt_count: 2,
      next_payment_attempt: null,
    })
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ delinquent: false })
  })

  test.each(['pm_card_threeDSecure2Required', 'pm_card_radarBlock'])(
    'does not charge %s again, which would only be refused again',
    async (token) => {
      await set({ retries: { days: [1, 1, 1] } })
      const { stripe } = sandbox
      const invoice = await collected(token)
      await advance(3600)
      expect(await stateOf(invoice)).toMatchObject({
        attempt_count: 1,
        next_payment_attempt: expect.any(Number),
      })
      await advance(day)
      expect(await stateOf(invoice)).toMatchObject({
        attempt_count: 2,
        next_payment_attempt: expect.any(Number),
      })
      expect(await chargesOf(invoice)).toHaveLength(1)
      const owner = String(invoice.customer)
      const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner })
      await stripe.invoices.update(invoice.id, { default_payment_method: card.id })
      await advance(day)
      expect(await stateOf(invoice)).toMatchObject({ status: 'paid', attempt_count: 3 })
    },
  )

  test('is not disturbed by attempts by hand', async () => {
    await set({ retries: { days: [2, 2] } })
    const { stripe } = sandbox
    const invoice = await collected('pm_card_chargeCustomerFail')
    await refusalOf(stripe.invoices.pay(invoice.id))
    const first = await stateOf(invoice)
    expect(first.attempt_count).toBe(1)
    expect(first.next_payment_attempt).toBeGreaterThanOrEqual(invoice.created + 2 * day)
    await advance(day)
    await refusalOf(stripe.invoices.pay(invoice.id))
    expect(await stateOf(invoice)).toMatchObject({
      attempt_count: 1,
      next_payment_attempt: first.next_payment_attempt,
    })
    await advance(day)
    expect((await stateOf(invoice)).attempt_count).toBe(2)
  })

  test('begins when a draft becomes final by itself, and fails without a method', async () => {
    await set({ retries: { days: [2] } })
    const invoice = await draft(sandbox.stripe, {
      collection_method: 'charge_automatically',
      auto_advance: true,
    })
    await advance(3700)
    expect(await stateOf(invoice)).toMatchObject({
      status: 'open',
      attempted: true,
      attempt_count: 1,
      next_payment_attempt: expect.any(Number),
    })
    expect(await countOf(invoice, 'invoice.payment_failed')).toBe(1)
    expect(await chargesOf(invoice)).toEqual([])
  })

  test('waits for a bank, and goes on when the debit comes back', async () => {
    await set({ retries: { days: [2] } })
    const { stripe } = sandbox
    const invoice = await collected('pm_usBankAccount_insufficientFunds')
    await advance(3600)
    expect(await stateOf(invoice)).toMatchObject({ attempt_count: 1, next_payment_attempt: null })
    expect(await stripe.customers.retrieve(String(invoice.customer))).toMatchObject({ delinquent: false })
    await advance(day)
    const failed = await stateOf(invoice)
    expect(failed).toMatchObject({ status: 'open', attempt_count: 1 })
    expect(failed.next_payment_attempt).toBe(invoice.created + 3600 + 3 * day)
    await advance(2 * day)
    expect((await stateOf(invoice)).attempt_count).toBe(2)
    await advance(day)
    expect(await stateOf(invoice)).toMatchObject({ status: 'open', next_payment_attempt: null })
    expect(await chargesOf(invoice)).toHaveLength(2)
  })

  test('waits a day while another payment is under way', async () => {
    const { stripe } = sandbox
    const invoice = await collected('pm_card_visa')
    const debit = await stripe.paymentIntents.create({
      amount: 500,
      currency: 'usd',
      customer: String(invoice.customer),
      payment_method: 'pm_usBankAccount_insufficientFunds',
      confirm: true,
    })
    await stripe.invoices.attachPayment(invoice.id, { payment_intent: debit.id })
    await advance(3600)
    const waiting = await stateOf(invoice)
    expect(waiting).toMatchObject({ status: 'open', attempt_count: 0 })
    expect(waiting.next_payment_attempt).toBe(invoice.created + 3600 + day)
    await advance(day)
    expect(await stateOf(invoice)).toMatchObject({ status: 'paid', attempt_count: 1, amount_paid: 2000 })
  })

  test('stops when somebody switches it off', async () => {
    await set({ retries: { days: [1] } })
    const invoice = await collected('pm_card_chargeCustomerFail')
    await advance(3600)
    await sandbox.stripe.invoices.update(invoice.id, { auto_advance: false })
    await advance(5 * day)
    expect(await stateOf(invoice)).toMatchObject({ attempt_count: 1, next_payment_attempt: null })
  })
})

test('an invoice that nobody collects is not tried again', async () => {
  const { id } = await customerWithCard(sandbox.stripe, 'pm_card_chargeCustomerFail')
  const invoice = await openInvoice(sandbox.stripe, { customer: id })
  await refusalOf(sandbox.stripe.invoices.pay(invoice.id))
  expect(await stateOf(invoice)).toMatchObject({ attempt_count: 1, next_payment_attempt: null })
})
