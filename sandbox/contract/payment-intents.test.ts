import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  eventTypes,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const create = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  sandbox.stripe.paymentIntents.create({ amount: 2000, currency: 'usd', ...params })

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

describe('updating', () => {
  test('changes what is still open, and says nothing of it', async () => {
    const { stripe } = sandbox
    const intent = await create({ metadata: { a: '1' } })
    const updated = await stripe.paymentIntents.update(intent.id, {
      amount: 3000,
      currency: 'eur',
      description: 'Ten hours',
      metadata: { a: '', b: '2' },
      payment_method: 'pm_card_visa',
      receipt_email: 'jenny@example.com',
      setup_future_usage: 'off_session',
      shipping: { name: 'Jenny', address: { line1: 'Main St 1' }, carrier: 'Post' },
      statement_descriptor_suffix: 'HOURS',
    })
    expect(updated).toMatchObject({
      amount: 3000,
      currency: 'eur',
      description: 'Ten hours',
      metadata: { b: '2' },
      receipt_email: 'jenny@example.com',
      setup_future_usage: 'off_session',
      shipping: { name: 'Jenny', carrier: 'Post', tracking_number: null },
      status: 'requires_confirmation',
    })
    expect(await stripe.paymentIntents.update(intent.id, { receipt_email: '', shipping: '' })).toMatchObject({
      receipt_email: null,
      shipping: null,
    })
    expect(await eventTypes(stripe, intent.id)).toEqual(['payment_intent.created'])
  })

  test('leaves the money alone once it has moved', async () => {
    const { stripe } = sandbox
    const { id } = await create({ payment_method: 'pm_card_visa', confirm: true })
    expect(await refusalOf(stripe.paymentIntents.update(id, { amount: 3000 }))).toMatchObject({
      status: 400,
      code: 'payment_intent_unexpected_state',
    })
    expect(await stripe.paymentIntents.update(id, { metadata: { a: 'b' } })).toMatchObject({
      metadata: { a: 'b' },
    })
  })

  test.each<[object, object]>([
    [{ amount: 49 }, { code: 'amount_too_small', param: 'amount' }],
    [{ amount: 100_000_000 }, { code: 'amount_too_large', param: 'amount' }],
    [{ currency: 'jpy', amount: 49 }, { code: 'amount_too_small' }],
    [{ currency: 'kwd', amount: 1001 }, { param: 'amount' }],
    [{ customer: 'cus_nobody' }, { code: 'resource_missing', param: 'customer' }],
    [{ payment_method: 'pm_nobody' }, { code: 'resource_missing', param: 'payment_method' }],
    [{ receipt_email: 'nobody' }, { code: 'email_invalid', param: 'receipt_email' }],
    [{ statement_descriptor: 'X'.repeat(23) }, { param: 'statement_descriptor' }],
    [{ metadata: { ['k'.repeat(41)]: 'v' } }, { param: `metadata[${'k'.repeat(41)}]` }],
  ])('to %j is refused', async (params, expected) => {
    const { id } = await create()
    expect(await refusalOf(sandbox.stripe.paymentIntents.update(id, params))).toMatchObject({
      status: 400,
      ...expected,
    })
  })
})

describe('the intent of an invoice', () => {
  test('is changed and canceled by the invoice alone, but can be confirmed with its secret', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    const intent = await intentOf(stripe, invoice.id)
    expect(await refusalOf(stripe.paymentIntents.update(intent.id, { amount: 100 }))).toMatchObject({
      status: 400,
    })
    expect(await refusalOf(stripe.paymentIntents.cancel(intent.id))).toMatchObject({ status: 400 })
    const confirm = (secret: string) =>
      sandbox.send(
        'POST',
        `/v1/payment_intents/${intent.id}/confirm`,
        `client_secret=${secret}&payment_method=pm_card_visa`,
      )
    expect((await confirm(`${intent.client_secret}x`)).status).toBe(400)
    expect((await confirm(String(intent.client_secret))).status).toBe(200)
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe('paid')
  })
})

describe('who pays, and with what', () => {
  test('a method that is to be used again is saved once it has paid', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    await create({ customer: id, payment_method: 'pm_card_visa', confirm: true })
    expect((await stripe.customers.listPaymentMethods(id)).data).toEqual([])
    await create({
      customer: id,
      payment_method: 'pm_card_visa',
      confirm: true,
      setup_future_usage: 'off_session',
    })
    expect((await stripe.customers.listPaymentMethods(id)).data).toHaveLength(1)
  })

  test("somebody else's method is refused", async () => {
    const { stripe } = sandbox
    const owner = await customerWithCard(stripe)
    const [method] = (await stripe.customers.listPaymentMethods(owner.id)).data
    expect(await refusalOf(create({ payment_method: method!.id }))).toMatchObject({
      status: 400,
      param: 'payment_method',
    })
  })

  test('only kinds that the intent allows', async () => {
    expect(
      await refusalOf(
        create({ allowed_payment_method_types: ['us_bank_account'], payment_method: 'pm_card_visa' }),
      ),
    ).toMatchObject({ code: 'payment_intent_incompatible_payment_method' })
    expect(
      await refusalOf(
        create({ excluded_payment_method_types: ['card'], payment_method: 'pm_card_visa', confirm: true }),
      ),
    ).toMatchObject({ code: 'payment_intent_incompatible_payment_method' })
    expect(
      (await create({ automatic_payment_methods: { enabled: true, allow_redirects: 'never' } }))
        .automatic_payment_methods,
    ).toEqual({ enabled: true, allow_redirects: 'never' })
  })

  test('data makes a method on the way', async () => {
    const intent = await create({
      payment_method_data: {
        type: 'card',
        card: { token: 'tok_visa' },
        billing_details: { name: 'Jenny' },
      } as Stripe.PaymentIntentCreateParams.PaymentMethodData,
      confirm: true,
      expand: ['payment_method', 'latest_charge'],
    })
    expect(intent).toMatchObject({
      status: 'succeeded',
      payment_method: { billing_details: { name: 'Jenny' }, customer: null },
      latest_charge: { billing_details: { name: 'Jenny' } },
    })
  })

  test('removed parameters are unknown to those who say their version, and tolerated from all others', async () => {
    const body = 'amount=2000&currency=usd&payment_method_types[]=card'
    const { stripe, send } = sandbox
    expect((await send('POST', '/v1/payment_intents', body)).json).toMatchObject({
      error: { code: 'parameter_unknown', param: 'payment_method_types' },
    })
    const answer = await fetch(`${sandbox.url}/v1/payment_intents`, {
      method: 'POST',
      body,
      headers: { authorization: 'Bearer sk_test_contract0000000000' },
    })
    expect(answer.status).toBe(200)
    expect((await stripe.paymentIntents.list({ limit: 1 })).data).toMatchObject([{ amount: 2000 }])
  })
})

describe('authentication', () => {
  test('can be asked for of any card while its holder is there', async () => {
    const intent = await create({
      payment_method: 'pm_card_visa',
      confirm: true,
      payment_method_options: { card: { request_three_d_secure: 'any' } },
    })
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } })
  })

  test('is a refusal when nobody is there, or when asking is not wanted', async () => {
    for (const way of [{ off_session: true }, { error_on_requires_action: true }]) {
      expect(
        await refusalOf(create({ payment_method: 'pm_card_threeDSecure2Required', confirm: true, ...way })),
      ).toMatchObject({ status: 402, code: 'authentication_required' })
    }
  })

  test('waits for another method or the end', async () => {
    const { stripe } = sandbox
    const { id } = await create({ payment_method: 'pm_card_authenticationRequired', confirm: true })
    expect(await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 'succeeded',
      next_action: null,
    })
  })
})

test('a method is asked for by the verbs only where it makes sense', async () => {
  const { stripe } = sandbox
  const { id } = await create()
  expect(await refusalOf(stripe.paymentIntents.applyCustomerBalance(id))).toMatchObject({ status: 400 })
  expect(await refusalOf(stripe.paymentIntents.capture(id))).toMatchObject({
    code: 'payment_intent_unexpected_state',
  })
  expect(await refusalOf(stripe.paymentIntents.verifyMicrodeposits(id, { amounts: [32, 45] }))).toMatchObject(
    {
      code: 'intent_invalid_state',
    },
  )
  expect(await refusalOf(stripe.paymentIntents.confirm(id))).toMatchObject({
    code: 'payment_intent_unexpected_state',
  })
  expect(await refusalOf(create({ off_session: true }))).toMatchObject({ param: 'off_session' })
})
