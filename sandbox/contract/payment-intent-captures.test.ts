import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { eventTypes, idOf, paymentIntent } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const create = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  paymentIntent(sandbox.stripe, params)

const authorized = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  create({ capture_method: 'manual', payment_method: 'pm_card_visa', confirm: true, ...params })

const chargeOf = (intent: Stripe.PaymentIntent) => sandbox.stripe.charges.retrieve(idOf(intent.latest_charge))

describe('an intent that is captured by hand', () => {
  test('holds the money, then takes it', async () => {
    const { stripe } = sandbox
    const intent = await authorized()
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 2000, amount_received: 0 })
    expect(await chargeOf(intent)).toMatchObject({
      amount_captured: 0,
      balance_transaction: null,
      captured: false,
      paid: true,
      status: 'succeeded',
    })
    expect(await stripe.paymentIntents.capture(intent.id)).toMatchObject({
      status: 'succeeded',
      amount_capturable: 0,
      amount_received: 2000,
    })
    expect(await chargeOf(intent)).toMatchObject({ amount_captured: 2000, captured: true })
    expect(await eventTypes(stripe, intent.id)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'charge.captured',
      'payment_intent.succeeded',
    ])
    expect(await refusalOf(stripe.paymentIntents.capture(intent.id))).toMatchObject({
      status: 400,
      code: 'payment_intent_unexpected_state',
    })
    expect(await refusalOf(stripe.charges.capture(idOf(intent.latest_charge)))).toMatchObject({
      code: 'charge_already_captured',
    })
  })

  test('takes a part, never more; what was taken is what can be given back', async () => {
    const { stripe } = sandbox
    const intent = await authorized()
    expect(
      await refusalOf(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 2001 })),
    ).toMatchObject({ status: 400, param: 'amount_to_capture' })
    expect(await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 700 })).toMatchObject({
      status: 'succeeded',
      amount: 2000,
      amount_received: 700,
    })
    expect((await stripe.refunds.create({ payment_intent: intent.id })).amount).toBe(700)
    expect(await chargeOf(intent)).toMatchObject({ amount_captured: 700, refunded: true })
  })

  test('lets the money go when it is canceled', async () => {
    const { stripe } = sandbox
    const intent = await authorized()
    expect(
      await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'requested_by_customer' }),
    ).toMatchObject({
      status: 'canceled',
      amount_capturable: 0,
      cancellation_reason: 'requested_by_customer',
    })
    expect(await chargeOf(intent)).toMatchObject({ captured: false, refunded: true, amount_refunded: 2000 })
  })

  test('forgets it after a week', async () => {
    const { stripe } = sandbox
    const intent = await authorized()
    await sandbox.control('POST', 'clock', { advance_seconds: 8 * 86_400 })
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'expired',
    })
    expect((await eventTypes(stripe, intent.id)).slice(-2)).toEqual([
      'payment_intent.canceled',
      'charge.expired',
    ])
  })

  test('may ask for more, when that was agreed', async () => {
    const { stripe } = sandbox
    const plain = await authorized()
    expect(
      await refusalOf(stripe.paymentIntents.incrementAuthorization(plain.id, { amount: 3000 })),
    ).toMatchObject({ status: 400 })
    const intent = await authorized({
      payment_method_options: { card: { request_incremental_authorization: 'if_available' } },
    })
    expect(await stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 3000 })).toMatchObject({
      amount: 3000,
      amount_capturable: 3000,
    })
    expect(
      await refusalOf(stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 3000 })),
    ).toMatchObject({ param: 'amount' })
    expect(await stripe.charges.capture(idOf(intent.latest_charge))).toMatchObject({ amount_captured: 3000 })
    expect(
      await refusalOf(stripe.paymentIntents.incrementAuthorization(intent.id, { amount: 4000 })),
    ).toMatchObject({ code: 'intent_invalid_state' })
  })
})
