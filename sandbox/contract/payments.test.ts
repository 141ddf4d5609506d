import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  draft,
  eventTypes,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const account = useAccount()

describe('payment methods', () => {
  test('made from a token belong to one customer', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    expect(method).toMatchObject({
      object: 'payment_method',
      type: 'card',
      customer: id,
      allow_redisplay: 'unspecified',
      card: {
        brand: 'visa',
        last4: '4242',
        funding: 'credit',
        country: 'US',
        checks: { cvc_check: 'unchecked', address_line1_check: null, address_postal_code_check: null },
        networks: { available: ['visa'] },
        three_d_secure_usage: { supported: true },
        wallet: null,
      },
    })
    expect(method.id).toMatch(/^pm_/)
    expect(method.id).not.toBe('pm_card_visa')
    const again = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    expect(again.id).not.toBe(method.id)
    expect(again.card?.fingerprint).toBe(method.card?.fingerprint)
    const { data } = await stripe.customers.listPaymentMethods(id)
    expect(data.map((each) => each.id)).toEqual([again.id, method.id])
    expect((await stripe.paymentMethods.list({ customer: id, type: 'card' })).data).toHaveLength(2)
    expect((await stripe.paymentMethods.attach(method.id, { customer: id })).id).toBe(method.id)
  })

  test('attached are not used until they are the default', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    const invoice = await openInvoice(stripe, { customer: id })
    expect(await refusalOf(stripe.invoices.pay(invoice.id))).toMatchObject({ status: 400 })
    expect((await stripe.invoices.retrieve(invoice.id)).status).toBe('open')
  })

  test.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
  ])('%s cannot be attached', async (token, code, declineCode) => {
    const { stripe } = account
    const { id } = await customer(stripe)
    expect(await refusalOf(stripe.paymentMethods.attach(token, { customer: id }))).toMatchObject({
      status: 402,
      type: 'card_error',
      code,
      declineCode,
    })
    expect((await stripe.customers.listPaymentMethods(id)).data).toEqual([])
  })

  test('are detached once, for good', async () => {
    const { stripe } = account
    const { id } = await customerWithCard(stripe)
    const [method] = (await stripe.customers.listPaymentMethods(id)).data
    expect(await stripe.paymentMethods.detach(method!.id)).toMatchObject({ id: method!.id, customer: null })
    expect((await stripe.customers.listPaymentMethods(id)).data).toEqual([])
    expect(await refusalOf(stripe.paymentMethods.detach(method!.id))).toMatchObject({ status: 400 })
    expect(await refusalOf(stripe.paymentMethods.attach(method!.id, { customer: id }))).toMatchObject({
      status: 400,
    })
    const { data } = await stripe.events.list({ type: 'payment_method.detached', limit: 1 })
    expect(data[0]?.data.previous_attributes).toEqual({ customer: id })
  })

  test('need somebody to belong to', async () => {
    const { stripe } = account
    expect(
      await refusalOf(stripe.paymentMethods.attach('pm_card_visa', { customer: 'cus_nobody' })),
    ).toMatchObject({
      status: 400,
      code: 'resource_missing',
    })
    expect(
      await refusalOf(stripe.paymentMethods.attach('pm_nobody', { customer: 'cus_nobody' })),
    ).toMatchObject({
      code: 'resource_missing',
    })
    expect((await stripe.paymentMethods.list({ type: 'card' })).data).toEqual([])
    expect(await refusalOf(stripe.paymentMethods.list({ customer: 'cus_nobody' }))).toMatchObject({
      status: 400,
    })
    expect(await refusalOf(stripe.customers.listPaymentMethods('cus_nobody'))).toMatchObject({ status: 404 })
  })
})

describe('paying an invoice', () => {
  test('with the default card', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe)
    const { id } = await openInvoice(stripe, { customer: owner.id, auto_advance: true })
    const paid = await stripe.invoices.pay(id, { expand: ['payments'] })
    expect(paid).toMatchObject({
      status: 'paid',
      attempted: true,
      attempt_count: 1,
      auto_advance: false,
      amount_due: 2000,
      amount_paid: 2000,
      amount_remaining: 0,
      amount_overpaid: 0,
      next_payment_attempt: null,
      status_transitions: { paid_at: expect.any(Number) },
    })
    expect(paid.payments?.data).toMatchObject([
      {
        status: 'paid',
        amount_paid: 2000,
        is_default: true,
        status_transitions: { paid_at: expect.any(Number) },
      },
    ])
    const intent = await intentOf(stripe, id)
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 2000, last_payment_error: null })
    expect(intent).not.toHaveProperty('invoice')
    const charge = await stripe.charges.retrieve(idOf(intent.latest_charge))
    expect(charge).toMatchObject({
      object: 'charge',
      amount: 2000,
      amount_captured: 2000,
      amount_refunded: 0,
      captured: true,
      customer: owner.id,
      paid: true,
      payment_intent: intent.id,
      payment_method_details: { type: 'card', card: { last4: '4242' } },
      refunded: false,
      status: 'succeeded',
      outcome: { network_status: 'approved_by_network', type: 'authorized' },
    })
    expect((await stripe.charges.list({ payment_intent: intent.id })).data.map((each) => each.id)).toEqual([
      charge.id,
    ])
    const byIntent = await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: intent.id },
    })
    expect(byIntent.data).toMatchObject([{ invoice: id, status: 'paid' }])
  })

  test('of a customer who never made it the default, by naming the card', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe)
    const method = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: owner })
    const { id } = await openInvoice(stripe, { customer: owner })
    expect(await stripe.invoices.pay(id, { payment_method: method.id })).toMatchObject({ status: 'paid' })
  })

  test('with the card of the invoice rather than that of the customer', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, 'pm_card_chargeCustomerFail')
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id })
    const { id } = await openInvoice(stripe, { customer: owner.id, default_payment_method: method.id })
    expect(await stripe.invoices.pay(id)).toMatchObject({ status: 'paid' })
  })

  test('finalizes a draft first', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { customer: (await customerWithCard(stripe)).id })
    const paid = await stripe.invoices.pay(id)
    expect(paid).toMatchObject({ status: 'paid', number: expect.any(String) })
    const types = await eventTypes(stripe, id, 'invoice.')
    expect(types.indexOf('invoice.finalized')).toBeLessThan(types.indexOf('invoice.paid'))
  })

  test("with somebody else's card is refused", async () => {
    const { stripe } = account
    const other = await customerWithCard(stripe)
    const [method] = (await stripe.customers.listPaymentMethods(other.id)).data
    const { id } = await openInvoice(stripe)
    expect(await refusalOf(stripe.invoices.pay(id, { payment_method: method!.id }))).toMatchObject({
      status: 400,
    })
    expect((await stripe.invoices.retrieve(id)).attempted).toBe(false)
  })

  test('with a card that is declined keeps the attempt', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, 'pm_card_chargeCustomerFail')
    const { id } = await draft(stripe, { customer: owner.id })
    const refusal = await refusalOf(stripe.invoices.pay(id))
    expect(refusal).toMatchObject({
      status: 402,
      type: 'card_error',
      code: 'card_declined',
      declineCode: 'generic_decline',
      message: 'Your card was declined.',
    })
    expect(refusal.param).toBeUndefined()
    const invoice = await stripe.invoices.retrieve(id)
    expect(invoice).toMatchObject({
      status: 'open',
      attempted: true,
      attempt_count: 1,
      amount_paid: 0,
      amount_remaining: 2000,
      number: expect.any(String),
    })
    const intent = await intentOf(stripe, id)
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_payment_error: { code: 'card_declined', decline_code: 'generic_decline' },
    })
    expect(await stripe.charges.retrieve(idOf(intent.latest_charge))).toMatchObject({
      status: 'failed',
      paid: false,
      captured: false,
      amount_captured: 0,
      failure_code: 'card_declined',
    })
    await refusalOf(stripe.invoices.pay(id))
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ attempt_count: 1, status: 'open' })
    const good = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner.id })
    expect(await stripe.invoices.pay(id, { payment_method: good.id })).toMatchObject({
      status: 'paid',
      attempt_count: 1,
    })
  })

  test('the error of a decline carries charge and payment intent', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe, {
      customer: (await customerWithCard(stripe, 'pm_card_chargeCustomerFail')).id,
    })
    const error: Stripe.errors.StripeCardError = await stripe.invoices.pay(id).catch((reason) => reason)
    expect(error.type).toBe('StripeCardError')
    expect(error.charge).toMatch(/^ch_/)
    expect(error.payment_intent).toMatchObject({
      object: 'payment_intent',
      status: 'requires_payment_method',
    })
    expect(error.requestId).toMatch(/^req_/)
  })

  test('with a 3-D Secure card while nobody is there asks for authentication', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, 'pm_card_threeDSecure2Required')
    const { id } = await openInvoice(stripe, { customer: owner.id })
    expect(await refusalOf(stripe.invoices.pay(id))).toMatchObject({
      status: 402,
      type: 'card_error',
      code: 'authentication_required',
    })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', attempted: true })
    expect(await eventTypes(stripe, id, 'invoice.')).toContain('invoice.payment_action_required')
  })

  test('out of band takes no money', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe)
    const { id } = await openInvoice(stripe, { customer: owner.id })
    expect(await stripe.invoices.pay(id, { paid_out_of_band: true })).toMatchObject({
      status: 'paid',
      attempted: false,
      attempt_count: 0,
      amount_due: 2000,
      amount_paid: 2000,
      amount_remaining: 0,
    })
    expect((await stripe.charges.list({ customer: owner.id })).data).toEqual([])
    expect(await intentOf(stripe, id)).toMatchObject({ status: 'canceled' })
    const types = await eventTypes(stripe, id, 'invoice.')
    expect(types).toContain('invoice.paid')
    expect(types).not.toContain('invoice.payment_succeeded')
  })

  test('on a page of the own, by confirming its payment intent', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe)
    const intent = await intentOf(stripe, id)
    expect(await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 'succeeded',
    })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', amount_paid: 2000 })
  })

  test('its payment intent can be neither changed nor canceled', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe)
    const intent = await intentOf(stripe, id)
    expect(await refusalOf(stripe.paymentIntents.cancel(intent.id))).toMatchObject({ status: 400 })
    expect((await stripe.invoices.retrieve(id)).status).toBe('open')
  })
})

describe('a payment intent of its own', () => {
  const create = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    account.stripe.paymentIntents.create({ amount: 1500, currency: 'usd', ...params })

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
