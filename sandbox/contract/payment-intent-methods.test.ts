import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, customerWithCard, first, paymentIntent } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const create = (params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  paymentIntent(sandbox.stripe, params)

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
    const method = first((await stripe.customers.listPaymentMethods(owner.id)).data)
    expect(await refusalOf(create({ payment_method: method.id }))).toMatchObject({
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
