import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  eventTypes,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const account = useAccount()

const create = (params: Stripe.PaymentMethodCreateParams) => account.stripe.paymentMethods.create(params)
/** A card as people type it: the SDK's types leave that to Stripe.js. */
const card = (fields: object) =>
  create({ type: 'card', card: fields as Stripe.PaymentMethodCreateParams['card'] })

const good: [token: string, brand: string, last4: string, funding: string][] = [
  ['pm_card_visa', 'visa', '4242', 'credit'],
  ['pm_card_visa_debit', 'visa', '5556', 'debit'],
  ['pm_card_mastercard', 'mastercard', '4444', 'credit'],
  ['pm_card_mastercard_debit', 'mastercard', '8210', 'debit'],
  ['pm_card_mastercard_prepaid', 'mastercard', '5100', 'prepaid'],
  ['pm_card_amex', 'amex', '0005', 'credit'],
  ['pm_card_discover', 'discover', '1117', 'credit'],
  ['pm_card_diners', 'diners', '0004', 'credit'],
  ['pm_card_jcb', 'jcb', '0505', 'credit'],
  ['pm_card_unionpay', 'unionpay', '0005', 'credit'],
]

describe('a test card', () => {
  test.each(good)('%s is saved and pays an invoice', async (token, brand, last4, funding) => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const method = await stripe.paymentMethods.attach(token, { customer: id })
    expect(method).toMatchObject({ customer: id, card: { brand, last4, funding } })
    const invoice = await openInvoice(stripe, { customer: id })
    expect(await stripe.invoices.pay(invoice.id, { payment_method: method.id })).toMatchObject({
      status: 'paid',
    })
  })

  test.each([
    ['pm_card_visa_chargeDeclined', '4000000000000002', 'card_declined', 'generic_decline'],
    [
      'pm_card_visa_chargeDeclinedInsufficientFunds',
      '4000000000009995',
      'card_declined',
      'insufficient_funds',
    ],
    ['pm_card_visa_chargeDeclinedLostCard', '4000000000009987', 'card_declined', 'lost_card'],
    ['pm_card_visa_chargeDeclinedStolenCard', '4000000000009979', 'card_declined', 'stolen_card'],
    ['pm_card_chargeDeclinedExpiredCard', '4000000000000069', 'expired_card', 'expired_card'],
    ['pm_card_chargeDeclinedIncorrectCvc', '4000000000000127', 'incorrect_cvc', 'incorrect_cvc'],
    ['pm_card_chargeDeclinedProcessingError', '4000000000000119', 'processing_error', 'processing_error'],
    [
      'pm_card_visa_chargeDeclinedVelocityLimitExceeded',
      '4000000000006975',
      'card_declined',
      'card_velocity_exceeded',
    ],
  ])(
    '%s and its number are refused when saved and when charged',
    async (token, number, code, declineCode) => {
      const { stripe } = account
      const { id } = await customer(stripe)
      const typed = await card({ number, exp_month: 12, exp_year: 2040, cvc: '123' })
      for (const method of [token, typed.id]) {
        const expected = { status: 402, type: 'card_error', code, declineCode }
        expect(await refusalOf(stripe.paymentMethods.attach(method, { customer: id }))).toMatchObject(
          expected,
        )
        const charge = stripe.paymentIntents.create({
          amount: 2000,
          currency: 'usd',
          payment_method: method,
          confirm: true,
        })
        expect(await refusalOf(charge)).toMatchObject(expected)
      }
    },
  )

  test('that only fails when charged can be saved', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, 'pm_card_chargeCustomerFail')
    const { id } = await openInvoice(stripe, { customer: owner.id })
    expect(await refusalOf(stripe.invoices.pay(id))).toMatchObject({ declineCode: 'generic_decline' })
  })

  test('too risky is blocked before it reaches the network; one that is less so pays', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, 'pm_card_radarBlock')
    const { id } = await openInvoice(stripe, { customer: owner.id })
    expect(await refusalOf(stripe.invoices.pay(id))).toMatchObject({
      code: 'card_declined',
      declineCode: 'fraudulent',
    })
    const blocked = await stripe.charges.retrieve(idOf((await intentOf(stripe, id)).latest_charge))
    expect(blocked.outcome).toMatchObject({
      network_status: 'not_sent_to_network',
      reason: 'highest_risk_level',
      risk_level: 'highest',
      type: 'blocked',
    })
    const elevated = await stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      payment_method: 'pm_card_riskLevelElevated',
      confirm: true,
      expand: ['latest_charge'],
    })
    expect(elevated.latest_charge).toMatchObject({ outcome: { risk_level: 'elevated', type: 'authorized' } })
  })

  test.each([
    'pm_card_threeDSecure2Required',
    'pm_card_authenticationRequired',
    'pm_card_authenticationRequiredOnSetup',
  ])('%s wants its holder', async (token) => {
    const { stripe } = account
    const owner = await customerWithCard(stripe, token)
    const { id } = await openInvoice(stripe, { customer: owner.id })
    expect(await refusalOf(stripe.invoices.pay(id))).toMatchObject({
      status: 402,
      code: 'authentication_required',
    })
    expect(await refusalOf(stripe.invoices.pay(id, { off_session: false }))).toMatchObject({
      code: 'invoice_payment_intent_requires_action',
    })
  })
})

describe('a card that is typed', () => {
  const visa = { number: '4242424242424242', exp_month: 8, exp_year: 2040, cvc: '314' }

  test('or made from a token', async () => {
    expect(await card(visa)).toMatchObject({
      customer: null,
      card: { last4: '4242', exp_month: 8, exp_year: 2040 },
    })
    expect(await card({ token: 'tok_visa' })).toMatchObject({ card: { last4: '4242' } })
    expect(await card({ token: 'tok_chargeCustomerFail' })).toMatchObject({ card: { last4: '0341' } })
    expect(await card({ number: '378282246310005', exp_month: 1, exp_year: 2040 })).toMatchObject({
      card: { brand: 'amex' },
    })
    expect(await refusalOf(card({ token: 'tok_nobody' }))).toMatchObject({
      status: 400,
      code: 'resource_missing',
      param: 'card[token]',
    })
  })

  test.each<[object, object]>([
    [{ number: '4242424242424241' }, { status: 402, code: 'incorrect_number' }],
    [
      { number: '4111111111111111' },
      { status: 402, code: 'card_declined', declineCode: 'test_mode_live_card' },
    ],
    [{ exp_month: 13 }, { status: 402, code: 'invalid_expiry_month' }],
    [{ exp_year: 2000 }, { status: 402, code: 'invalid_expiry_year' }],
    [{ cvc: '12' }, { status: 402, code: 'invalid_cvc' }],
    [{ number: undefined }, { status: 400, code: 'parameter_missing', param: 'card[number]' }],
    [{ exp_month: undefined }, { status: 400, param: 'card[exp_month]' }],
    [{ exp_year: 'soon' }, { status: 400, code: 'parameter_invalid_integer' }],
    [{ color: 'red' }, { status: 400, code: 'parameter_unknown', param: 'card[color]' }],
  ])('with %j is refused', async (change, expected) => {
    expect(await refusalOf(card({ ...visa, ...change }))).toMatchObject(expected)
  })
})

describe('a payment method', () => {
  test('can be described, and told about', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    const updated = await stripe.paymentMethods.update(method.id, {
      allow_redisplay: 'always',
      billing_details: { name: 'Jenny', address: { city: 'Paris' } },
      card: { exp_month: 3, exp_year: 2041 },
      metadata: { a: 'b' },
    })
    expect(updated).toMatchObject({
      allow_redisplay: 'always',
      billing_details: { name: 'Jenny', address: { city: 'Paris', line1: null } },
      card: { exp_month: 3, exp_year: 2041, last4: '4242' },
      metadata: { a: 'b' },
    })
    expect(await stripe.paymentMethods.update(method.id, { billing_details: { name: '' } })).toMatchObject({
      billing_details: { name: null, address: { city: 'Paris' } },
    })
    expect(await eventTypes(stripe, method.id)).toEqual([
      'payment_method.attached',
      'payment_method.updated',
      'payment_method.updated',
    ])
    const { data } = await stripe.events.list({ type: 'payment_method.updated', limit: 1 })
    expect(data[0]?.data.previous_attributes).toEqual({ billing_details: { name: 'Jenny' } })
  })

  test('belongs to somebody when it changes, and keeps its kind', async () => {
    const { stripe } = account
    const loose = await card({ token: 'tok_visa' })
    expect(await refusalOf(stripe.paymentMethods.update(loose.id, { metadata: { a: 'b' } }))).toMatchObject({
      status: 400,
    })
    const { id } = await customer(stripe)
    const { id: owned } = await stripe.paymentMethods.attach(loose.id, { customer: id })
    expect(owned).toBe(loose.id)
    expect(
      await refusalOf(
        stripe.paymentMethods.update(owned, { us_bank_account: { account_holder_type: 'company' } }),
      ),
    ).toMatchObject({ status: 400, param: 'us_bank_account' })
  })

  test('is found by its kind and its customer', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const visa = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    const bank = await stripe.paymentMethods.attach('pm_usBankAccount_success', { customer: id })
    await stripe.paymentMethods.update(visa.id, { allow_redisplay: 'always' })
    const ids = (list: Stripe.ApiList<Stripe.PaymentMethod>) => list.data.map((method) => method.id)
    expect(ids(await stripe.customers.listPaymentMethods(id))).toEqual([bank.id, visa.id])
    expect(ids(await stripe.customers.listPaymentMethods(id, { type: 'us_bank_account' }))).toEqual([bank.id])
    expect(ids(await stripe.paymentMethods.list({ customer: id, type: 'card' }))).toEqual([visa.id])
    expect(ids(await stripe.paymentMethods.list({ customer: id, allow_redisplay: 'always' }))).toEqual([
      visa.id,
    ])
    expect(ids(await stripe.paymentMethods.list({ customer: id, type: 'paypal' }))).toEqual([])
    expect((await stripe.customers.retrievePaymentMethod(id, bank.id)).id).toBe(bank.id)
    const other = await customer(stripe)
    expect(await refusalOf(stripe.customers.retrievePaymentMethod(other.id, bank.id))).toMatchObject({
      status: 404,
    })
  })

  test('of a kind that the sandbox does not have is refused by name', async () => {
    expect(await refusalOf(create({ type: 'paypal' }))).toMatchObject({ status: 400, param: 'type' })
    expect(await refusalOf(create({}))).toMatchObject({ code: 'parameter_missing', param: 'type' })
  })
})
