import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, customerWithCard, eventTypes, openInvoice, paymentIntent } from '@/sandbox/contract/scenes'

const account = useAccount()

describe('a payment intent of its own', () => {
  const create = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    paymentIntent(account.stripe, { amount: 1500, ...params })

  test('waits for a method, is confirmed, and leaves a charge', async () => {
    const { stripe } = account
    const intent = await create()
    expect(intent).toMatchObject({
      object: 'payment_intent',
      status: 'requires_payment_method',
      amount: 1500,
      amount_received: 0,
      capture_method: 'automatic_async',
      client_secret: expect.stringMatching(new RegExp(`^${intent.id}_secret_`)),
      latest_charge: null,
    })
    const confirmed = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
    expect(confirmed).toMatchObject({ status: 'succeeded', amount_received: 1500 })
    expect(await eventTypes(stripe, intent.id)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
    ])
    expect(await refusalOf(stripe.paymentIntents.confirm(intent.id))).toMatchObject({
      status: 400,
      code: 'payment_intent_unexpected_state',
    })
  })

  test('may be created and confirmed at once', async () => {
    expect(await create({ payment_method: 'pm_card_visa', confirm: true })).toMatchObject({
      status: 'succeeded',
    })
  })

  test('goes back to the start when the card is declined', async () => {
    const { stripe } = account
    const intent = await create()
    const confirm = stripe.paymentIntents.confirm(intent.id, {
      payment_method: 'pm_card_visa_chargeDeclined',
    })
    expect(await refusalOf(confirm)).toMatchObject({ status: 402, code: 'card_declined' })
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code: 'card_declined' },
    })
    expect(await eventTypes(stripe, intent.id)).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
    ])
  })

  test('waits for authentication when the cardholder is there', async () => {
    const intent = await create({ payment_method: 'pm_card_threeDSecure2Required', confirm: true })
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: expect.any(String) } })
  })

  test('is canceled once', async () => {
    const { stripe } = account
    const { id } = await create()
    expect(await stripe.paymentIntents.cancel(id)).toMatchObject({
      status: 'canceled',
      canceled_at: expect.any(Number),
    })
    expect(await refusalOf(stripe.paymentIntents.cancel(id))).toMatchObject({ status: 400 })
  })

  test.each<[object, object]>([
    [{ amount: 0 }, { code: 'parameter_invalid_integer', param: 'amount' }],
    [{ amount: 49 }, { code: 'amount_too_small' }],
    [{ amount: 100_000_000 }, { code: 'amount_too_large' }],
    [{ amount: 49, currency: 'jpy' }, { code: 'amount_too_small' }],
    [{ amount: undefined }, { code: 'parameter_missing', param: 'amount' }],
    [{ currency: 'xxq' }, { param: 'currency' }],
    [{ customer: 'cus_nobody' }, { code: 'resource_missing', param: 'customer' }],
    [{ payment_method_types: ['card'] }, { code: 'parameter_unknown', param: 'payment_method_types' }],
  ])('%o is refused', async (params, expected) => {
    expect(await refusalOf(create(params))).toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      ...expected,
    })
  })

  test('is listed for its customer only', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe)
    const { id } = await create({ customer: owner })
    await create()
    expect((await stripe.paymentIntents.list({ customer: owner })).data.map((each) => each.id)).toEqual([id])
  })

  test('that nobody made is missing', async () => {
    expect(await refusalOf(account.stripe.paymentIntents.retrieve('pi_nobody'))).toMatchObject({
      status: 404,
      code: 'resource_missing',
      param: 'intent',
    })
    expect(await refusalOf(account.stripe.charges.retrieve('ch_nobody'))).toMatchObject({
      status: 404,
      param: 'id',
    })
  })
})

test('the balance counts what was charged', async () => {
  const { stripe } = account
  const total = async () => {
    const { available, pending } = await stripe.balance.retrieve()
    return [...available, ...pending]
      .filter(({ currency }) => currency === 'usd')
      .reduce((sum, { amount }) => sum + amount, 0)
  }
  const before = await total()
  const { id } = await openInvoice(stripe, {
    customer: (await customerWithCard(stripe)).id,
    amounts: [10_000],
  })
  await stripe.invoices.pay(id)
  expect(await total()).toBeGreaterThan(before)
})
