import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer } from '@/sandbox/contract/scenes'

const account = useAccount()
const fund = (id: string, amount: number, reference?: string) =>
  account.stripe.testHelpers.customers.fundCashBalance(id, { amount, currency: 'eur', reference })

/** A payment that waits until money comes in. */
function awaiting(id: string, amount: number): Promise<Stripe.PaymentIntent> {
  return account.stripe.paymentIntents.create({
    amount,
    currency: 'eur',
    customer: id,
    allowed_payment_method_types: ['customer_balance'],
    payment_method_data: { type: 'customer_balance' },
    payment_method_options: {
      customer_balance: {
        funding_type: 'bank_transfer',
        bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
      },
    },
    confirm: true,
  })
}

const intentNow = (id: string) => account.stripe.paymentIntents.retrieve(id)
const available = async (id: string) =>
  (await account.stripe.customers.retrieveCashBalance(id)).available?.eur

describe('a cash balance', () => {
  test('is empty and automatic, and set by customer or by itself', async () => {
    const { stripe } = account
    const { id } = await customer(stripe, { cash_balance: { settings: { reconciliation_mode: 'manual' } } })
    expect(await stripe.customers.retrieveCashBalance(id)).toMatchObject({
      object: 'cash_balance',
      available: null,
      customer: id,
      settings: { reconciliation_mode: 'manual', using_merchant_default: false },
    })
    const reset = await stripe.customers.updateCashBalance(id, {
      settings: { reconciliation_mode: 'merchant_default' },
    })
    expect(reset.settings).toEqual({ reconciliation_mode: 'automatic', using_merchant_default: true })
    const shown = await stripe.customers.retrieve(id, { expand: ['cash_balance'] })
    expect(shown).toMatchObject({ cash_balance: { available: null } })
  })

  test('takes what comes in, and tells of it', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const funded = await fund(id, 1000, 'Invoice 7')
    expect(funded).toMatchObject({
      object: 'customer_cash_balance_transaction',
      type: 'funded',
      net_amount: 1000,
      ending_balance: 1000,
      funded: { bank_transfer: { reference: 'Invoice 7', type: 'eu_bank_transfer' } },
    })
    expect(await stripe.customers.retrieveCashBalanceTransaction(id, funded.id)).toEqual(funded)
    expect((await stripe.customers.listCashBalanceTransactions(id)).data).toEqual([funded])
    const { data } = await stripe.events.list({ type: 'cash_balance.funds_available', limit: 1 })
    expect(data[0]?.data.object).toMatchObject({ object: 'cash_balance', available: { eur: 1000 } })
    expect(data[0]?.data.object).not.toHaveProperty('id')
  })

  test('takes no money that cannot be sent', async () => {
    const { id } = await customer(account.stripe)
    const send = (amount: number, currency: string) =>
      account.stripe.testHelpers.customers.fundCashBalance(id, { amount, currency })
    expect(await refusalOf(send(100, 'chf'))).toMatchObject({ status: 400, param: 'currency' })
    for (const amount of [0, 1e15]) {
      expect(await refusalOf(send(amount, 'eur'))).toMatchObject({ status: 400, param: 'amount' })
    }
  })
})

describe('a payment that waits for a transfer', () => {
  test('takes what is there already, the one with the reference first', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const [first, second] = [await awaiting(id, 1000), await awaiting(id, 1000)]
    await fund(id, 1000, second.next_action?.display_bank_transfer_instructions?.reference ?? '')
    expect((await intentNow(second.id)).status).toBe('succeeded')
    expect((await intentNow(first.id)).status).toBe('requires_action')
    await fund(id, 3000)
    expect((await intentNow(first.id)).status).toBe('succeeded')
    expect((await awaiting(id, 1500)).status).toBe('succeeded')
    expect(await available(id)).toBe(500)
  })

  test('is paid when cash is not used by hand any more', async () => {
    const { stripe } = account
    const { id } = await customer(stripe, { cash_balance: { settings: { reconciliation_mode: 'manual' } } })
    const intent = await awaiting(id, 1000)
    await fund(id, 1200)
    expect((await intentNow(intent.id)).status).toBe('requires_action')
    await stripe.customers.updateCashBalance(id, { settings: { reconciliation_mode: 'automatic' } })
    expect((await intentNow(intent.id)).status).toBe('succeeded')
    expect(await available(id)).toBe(200)
  })
})

test('a customer is told where to send the money, always the same', async () => {
  const { stripe } = account
  const { id } = await customer(stripe)
  const tell = (currency: string, type: string) =>
    stripe.customers.createFundingInstructions(id, {
      currency,
      funding_type: 'bank_transfer',
      bank_transfer: { type, ...(currency === 'eur' && { eu_bank_transfer: { country: 'DE' } }) },
    })
  const german = await tell('eur', 'eu_bank_transfer')
  expect(german).toMatchObject({
    object: 'funding_instructions',
    currency: 'eur',
    funding_type: 'bank_transfer',
    bank_transfer: { country: 'DE', type: 'eu_bank_transfer', financial_addresses: [{ type: 'iban' }] },
  })
  expect(await tell('eur', 'eu_bank_transfer')).toEqual(german)
  for (const [currency, type, address] of [
    ['gbp', 'gb_bank_transfer', 'sort_code'],
    ['jpy', 'jp_bank_transfer', 'zengin'],
    ['mxn', 'mx_bank_transfer', 'spei'],
    ['usd', 'us_bank_transfer', 'aba'],
  ] as const) {
    expect((await tell(currency, type)).bank_transfer.financial_addresses).toMatchObject([{ type: address }])
  }
  expect(await refusalOf(tell('usd', 'eu_bank_transfer'))).toMatchObject({
    status: 400,
    param: 'bank_transfer[type]',
  })
})
