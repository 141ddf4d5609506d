import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customerWithCard, eventTypes, first, idOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

/** A payment of 2,000 that has succeeded, with its charge. */
async function paid(method = 'pm_card_visa'): Promise<{ intent: Stripe.PaymentIntent; charge: string }> {
  const intent = await sandbox.stripe.paymentIntents.create({
    amount: 2000,
    currency: 'usd',
    payment_method: method,
    confirm: true,
  })
  return { intent, charge: idOf(intent.latest_charge) }
}

const advance = (seconds: number) => sandbox.control('POST', 'clock', { advance_seconds: seconds })

/** Available and pending money in one currency. */
async function balance(currency = 'usd'): Promise<{ available: number; pending: number }> {
  const { available, pending } = await sandbox.stripe.balance.retrieve()
  const sum = (entries: { amount: number; currency: string }[]) =>
    entries.filter((entry) => entry.currency === currency).reduce((all, { amount }) => all + amount, 0)
  return { available: sum(available), pending: sum(pending) }
}

describe('a refund', () => {
  test('gives back all of a charge at once', async () => {
    const { stripe } = sandbox
    const { intent, charge } = await paid()
    const refund = await stripe.refunds.create({
      charge,
      reason: 'requested_by_customer',
      metadata: { a: 'b' },
    })
    expect(refund).toMatchObject({
      id: expect.stringMatching(/^re_/),
      object: 'refund',
      amount: 2000,
      charge,
      currency: 'usd',
      destination_details: { type: 'card', card: { type: 'refund' } },
      metadata: { a: 'b' },
      payment_intent: intent.id,
      reason: 'requested_by_customer',
      status: 'succeeded',
    })
    expect(await stripe.charges.retrieve(charge, { expand: ['refunds'] })).toMatchObject({
      amount_refunded: 2000,
      refunded: true,
      status: 'succeeded',
      refunds: { data: [{ id: refund.id }] },
    })
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded')
    expect((await eventTypes(stripe, intent.id)).slice(-2)).toEqual(['charge.refunded', 'refund.created'])
  })

  test('of a part leaves the rest, until nothing is left', async () => {
    const { stripe } = sandbox
    const { intent, charge } = await paid()
    const first = await stripe.refunds.create({ payment_intent: intent.id, amount: 700 })
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 700, refunded: false })
    expect(await refusalOf(stripe.refunds.create({ charge, amount: 1301 }))).toMatchObject({
      status: 400,
      param: 'amount',
    })
    const rest = await stripe.refunds.create({ charge, payment_intent: intent.id })
    expect(rest.amount).toBe(1300)
    expect(await refusalOf(stripe.refunds.create({ charge }))).toMatchObject({
      status: 400,
      code: 'charge_already_refunded',
    })
    const listed = await stripe.refunds.list({ payment_intent: intent.id })
    expect(listed.data.map(({ id }) => id)).toEqual([rest.id, first.id])
    expect((await stripe.refunds.list({ charge, limit: 1 })).data.map(({ id }) => id)).toEqual([rest.id])
    expect((await stripe.refunds.list({ charge, created: { gt: rest.created + 1 } })).data).toEqual([])
  })

  test('can be told about, not undone', async () => {
    const { stripe } = sandbox
    const { charge } = await paid()
    const { id } = await stripe.refunds.create({ charge })
    expect(await stripe.refunds.update(id, { metadata: { order: '6735' } })).toMatchObject({
      metadata: { order: '6735' },
    })
    expect((await eventTypes(stripe, id)).slice(-2)).toEqual(['refund.updated', 'charge.refund.updated'])
    expect(await refusalOf(stripe.refunds.cancel(id))).toMatchObject({ status: 400 })
  })

  test('that takes its time is pending, then succeeds', async () => {
    const { stripe } = sandbox
    const { charge } = await paid('pm_card_pendingRefund')
    const { id, ...refund } = await stripe.refunds.create({ charge })
    expect(refund).toMatchObject({ status: 'pending', pending_reason: 'processing' })
    await advance(86_400)
    expect(await stripe.refunds.retrieve(id)).toMatchObject({ status: 'succeeded' })
    const { data } = await stripe.events.list({ type: 'refund.updated', limit: 1 })
    expect(data[0]?.data).toMatchObject({ object: { id }, previous_attributes: { status: 'pending' } })
  })

  test('that fails gives the money back to the account', async () => {
    const { stripe } = sandbox
    const { charge } = await paid('pm_card_refundFail')
    const before = await balance()
    const { id, status } = await stripe.refunds.create({ charge })
    expect(status).toBe('succeeded')
    await advance(86_400)
    const failed = await stripe.refunds.retrieve(id, { expand: ['failure_balance_transaction'] })
    expect(failed).toMatchObject({
      status: 'failed',
      failure_reason: 'unknown',
      failure_balance_transaction: { amount: 2000, type: 'refund_failure', source: id },
    })
    expect(await stripe.charges.retrieve(charge)).toMatchObject({ amount_refunded: 0, refunded: false })
    expect((await eventTypes(stripe, charge)).slice(-4)).toEqual([
      'refund.updated',
      'charge.refund.updated',
      'refund.failed',
      'charge.updated',
    ])
    const after = await balance()
    expect(after.available + after.pending).toBe(before.available + before.pending)
    expect((await stripe.refunds.create({ charge })).amount).toBe(2000)
  })

  test('of what paid an invoice leaves the invoice as it is', async () => {
    const { stripe } = sandbox
    const { id: owner } = await customerWithCard(stripe)
    const invoice = await openInvoice(stripe, { customer: owner })
    const before = await stripe.invoices.pay(invoice.id)
    const charge = first((await stripe.charges.list({ customer: owner })).data)
    expect(await stripe.refunds.create({ charge: charge.id })).toMatchObject({ customer: owner })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'paid',
      amount_paid: before.amount_paid,
      amount_remaining: 0,
    })
  })

  test.each<[string, () => Promise<Stripe.RefundCreateParams>, object]>([
    ['of nothing', async () => ({}), { code: 'parameter_missing' }],
    [
      'of what nobody made',
      async () => ({ charge: 'ch_nobody' }),
      { code: 'resource_missing', param: 'charge' },
    ],
    ['of 0', async () => ({ charge: (await paid()).charge, amount: 0 }), { param: 'amount' }],
    [
      'for a reason nobody has',
      async () => ({ charge: (await paid()).charge, reason: 'bored' }),
      { param: 'reason' },
    ],
    [
      'of an intent that was not paid',
      async () => {
        const { id } = await sandbox.stripe.paymentIntents.create({ amount: 2000, currency: 'usd' })
        return { payment_intent: id }
      },
      { param: 'payment_intent' },
    ],
    [
      'of a charge that failed',
      async () => {
        const { id } = await sandbox.stripe.paymentIntents.create({ amount: 2000, currency: 'usd' })
        await refusalOf(
          sandbox.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_chargeDeclined' }),
        )
        const { latest_charge: charge } = await sandbox.stripe.paymentIntents.retrieve(id)
        return { charge: idOf(charge) }
      },
      { code: 'charge_not_refundable' },
    ],
    [
      'of a charge of another intent',
      async () => ({ charge: (await paid()).charge, payment_intent: (await paid()).intent.id }),
      { param: 'charge' },
    ],
  ])('%s is refused', async (_, params, expected) => {
    expect(await refusalOf(sandbox.stripe.refunds.create(await params()))).toMatchObject({
      status: 400,
      ...expected,
    })
  })
})

describe('the account’s balance', () => {
  test('is the sum of its transactions, pending for two days', async () => {
    const { stripe } = sandbox
    await advance(10 * 86_400)
    const before = await balance()
    expect(before.pending).toBe(0)
    const { charge } = await paid()
    await stripe.refunds.create({ charge, amount: 500 })
    expect(await balance()).toEqual({ available: before.available - 500, pending: 2000 })
    await advance(2 * 86_400)
    expect(await balance()).toEqual({ available: before.available + 1500, pending: 0 })
    const { data } = await stripe.balanceTransactions.list({ limit: 100 })
    expect(data.filter(({ currency }) => currency === 'usd').reduce((sum, { net }) => sum + net, 0)).toBe(
      (await balance()).available,
    )
  })

  test('has a line for every charge and refund', async () => {
    const { stripe } = sandbox
    const { charge } = await paid()
    const { balance_transaction: line } = await stripe.charges.retrieve(charge, {
      expand: ['balance_transaction.source'],
    })
    expect(line).toMatchObject({
      object: 'balance_transaction',
      amount: 2000,
      fee: 0,
      net: 2000,
      status: 'pending',
      type: 'charge',
      source: { id: charge },
    })
    const refund = await stripe.refunds.create({ charge, expand: ['balance_transaction'] })
    expect(refund.balance_transaction).toMatchObject({ amount: -2000, net: -2000, type: 'refund' })
    expect((await stripe.balanceTransactions.list({ source: refund.id })).data).toHaveLength(1)
    expect((await stripe.balanceTransactions.list({ type: 'refund', limit: 1 })).data[0]?.source).toBe(
      refund.id,
    )
  })

  test('gets the money of some cards at once', async () => {
    const before = await balance()
    await paid('pm_card_bypassPending')
    expect((await balance()).available).toBe(before.available + 2000)
  })
})
