import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { eventTypes, intentOf, openInvoice, paymentIntent } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const create = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  paymentIntent(sandbox.stripe, params)

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
