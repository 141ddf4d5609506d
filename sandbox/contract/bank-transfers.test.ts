import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()

/** An intent of 2,000 euros' cents that waits for a bank transfer of a new customer. */
async function awaited(params: Partial<Stripe.CustomerCreateParams> = {}) {
  const { id: owner } = await customer(account.stripe, params)
  return { owner, intent: await transfer(owner) }
}

const transfer = (owner: string) =>
  account.stripe.paymentIntents.create({
    amount: 2000,
    currency: 'eur',
    customer: owner,
    payment_method_data: { type: 'customer_balance' },
    payment_method_options: {
      customer_balance: {
        funding_type: 'bank_transfer',
        bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
      },
    },
    confirm: true,
  })

const fund = (owner: string, amount: number) =>
  account.stripe.testHelpers.customers.fundCashBalance(owner, { amount, currency: 'eur' })

const cashOf = async (owner: string) => {
  const { available } = await account.stripe.customers.retrieveCashBalance(owner)
  return available?.eur ?? 0
}

describe('a bank transfer', () => {
  test('pays the intent that waits for it, bit by bit; the rest is kept', async () => {
    const { stripe } = account
    const { owner, intent } = await awaited()
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: {
        type: 'display_bank_transfer_instructions',
        display_bank_transfer_instructions: {
          amount_remaining: 2000,
          currency: 'eur',
          type: 'eu_bank_transfer',
        },
      },
    })
    expect(await fund(owner, 700)).toMatchObject({ type: 'funded', net_amount: 700, ending_balance: 700 })
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'requires_action',
      next_action: { display_bank_transfer_instructions: { amount_remaining: 1300 } },
    })
    await fund(owner, 1500)
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'succeeded',
      amount_received: 2000,
    })
    expect(await cashOf(owner)).toBe(200)
    const { data } = await stripe.customers.listCashBalanceTransactions(owner)
    expect(data.map(({ type, net_amount: net }) => [type, net])).toEqual([
      ['applied_to_payment', -1300],
      ['funded', 1500],
      ['applied_to_payment', -700],
      ['funded', 700],
    ])
    expect(await eventTypes(stripe, intent.id, 'payment_intent.')).toEqual([
      'payment_intent.created',
      'payment_intent.requires_action',
      'payment_intent.partially_funded',
      'payment_intent.succeeded',
    ])
  })

  test('that came before is used at once, and goes back to the cash when refunded or canceled', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe)
    await fund(owner, 2500)
    const paid = await transfer(owner)
    expect(paid.status).toBe('succeeded')
    const partly = await transfer(owner)
    expect(partly.status).toBe('requires_action')
    expect(await cashOf(owner)).toBe(0)
    await stripe.paymentIntents.cancel(partly.id)
    expect(await cashOf(owner)).toBe(500)
    expect(await stripe.refunds.create({ payment_intent: paid.id })).toMatchObject({
      status: 'succeeded',
      destination_details: { type: 'customer_cash_balance' },
    })
    expect(await cashOf(owner)).toBe(2500)
  })

  test('is applied by hand where the customer is settled by hand', async () => {
    const { stripe } = account
    const { owner, intent } = await awaited({ cash_balance: { settings: { reconciliation_mode: 'manual' } } })
    await fund(owner, 900)
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('requires_action')
    expect(
      await refusalOf(stripe.paymentIntents.applyCustomerBalance(intent.id, { amount: 901 })),
    ).toMatchObject({ status: 400, code: 'balance_insufficient' })
    await stripe.paymentIntents.applyCustomerBalance(intent.id, { amount: 400 })
    expect(await cashOf(owner)).toBe(500)
    expect(
      await stripe.customers.updateCashBalance(owner, { settings: { reconciliation_mode: 'automatic' } }),
    ).toMatchObject({ settings: { reconciliation_mode: 'automatic', using_merchant_default: false } })
    await fund(owner, 1100)
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded')
  })

  test('needs a customer', async () => {
    const params = {
      amount: 2000,
      currency: 'eur',
      payment_method_data: { type: 'customer_balance' },
      confirm: true,
    } as const
    expect(await refusalOf(account.stripe.paymentIntents.create(params))).toMatchObject({
      status: 400,
      param: 'customer',
    })
  })
})
