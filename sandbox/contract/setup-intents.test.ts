import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()

describe('a setup intent', () => {
  test('saves a method that is ready to be used', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe)
    const intent = await stripe.setupIntents.create({ customer: owner, description: 'Card on file' })
    expect(intent).toMatchObject({
      object: 'setup_intent',
      status: 'requires_payment_method',
      usage: 'off_session',
      client_secret: expect.stringMatching(/^seti_\w+_secret_/),
    })
    const confirmed = await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
    expect(confirmed.status).toBe('succeeded')
    expect((await stripe.customers.listPaymentMethods(owner)).data).toMatchObject([
      { id: confirmed.payment_method },
    ])
    expect(await eventTypes(stripe, intent.id)).toEqual(['setup_intent.created', 'setup_intent.succeeded'])
    expect((await stripe.setupIntents.list({ customer: owner })).data).toHaveLength(1)
    expect(await refusalOf(stripe.setupIntents.cancel(intent.id))).toMatchObject({
      status: 400,
      code: 'setup_intent_unexpected_state',
    })
  })

  test('fails with a card that is refused, and waits for another', async () => {
    const { stripe } = account
    const intent = await stripe.setupIntents.create({})
    expect(
      await refusalOf(stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_chargeDeclined' })),
    ).toMatchObject({ status: 402, code: 'card_declined', declineCode: 'generic_decline' })
    expect(await stripe.setupIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_payment_method',
      payment_method: null,
      last_setup_error: { code: 'card_declined' },
    })
    expect(await stripe.setupIntents.cancel(intent.id, { cancellation_reason: 'abandoned' })).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'abandoned',
    })
  })

  test('keeps out those who know another secret', async () => {
    const { stripe } = account
    const { id, client_secret } = await stripe.setupIntents.create({ payment_method: 'pm_card_visa' })
    const wrong = { status: 400, param: 'client_secret' }
    const guess = { client_secret: `${client_secret}x` }
    expect(await refusalOf(stripe.setupIntents.retrieve(id, guess))).toMatchObject(wrong)
    expect(await refusalOf(stripe.setupIntents.confirm(id, guess as object))).toMatchObject(wrong)
    const right = { client_secret: String(client_secret) }
    expect(await stripe.setupIntents.retrieve(id, right)).toMatchObject({ status: 'requires_confirmation' })
  })

  test('waits for the holder of a card that wants to be asked', async () => {
    const intent = await account.stripe.setupIntents.create({
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
    })
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } })
  })

  test('proves a bank account, which can be charged from then on', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe)
    const account_ = { account_holder_type: 'individual', account_number: '000123456789' } as const
    const method = await stripe.paymentMethods.create({
      type: 'us_bank_account',
      us_bank_account: { ...account_, routing_number: '110000000' },
      billing_details: { name: 'Jenny Rosen' },
    })
    const intent = await stripe.setupIntents.create({
      customer: owner,
      payment_method: method.id,
      confirm: true,
      mandate_data: { customer_acceptance: { type: 'offline', offline: {} } },
    })
    expect(intent).toMatchObject({ next_action: { type: 'verify_with_microdeposits' } })
    expect(
      await refusalOf(stripe.setupIntents.verifyMicrodeposits(intent.id, { descriptor_code: 'SM00XX' })),
    ).toMatchObject({ status: 400 })
    expect(
      await stripe.setupIntents.verifyMicrodeposits(intent.id, { descriptor_code: 'SM11AA' }),
    ).toMatchObject({ status: 'succeeded' })
    expect((await stripe.customers.listPaymentMethods(owner)).data).toMatchObject([{ id: method.id }])
  })
})
