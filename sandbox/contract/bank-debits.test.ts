import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, eventTypes, first, idOf, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const aDay = () => sandbox.control('POST', 'clock', { advance_seconds: 86_400 })

/** An open invoice whose customer has a bank account by default. */
async function invoiceDebited(token: string, currency = 'usd') {
  const { stripe } = sandbox
  const { id } = await customer(stripe)
  const method = await stripe.paymentMethods.attach(token, { customer: id })
  await stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } })
  return { owner: id, method, invoice: await openInvoice(stripe, { customer: id, currency }) }
}

const stateOf = ({ id }: Stripe.Invoice) => sandbox.stripe.invoices.retrieve(id)

describe('a bank debit', () => {
  test.each([
    ['pm_usBankAccount_success', 'usd', 'us_bank_account'],
    ['pm_sepaDebit', 'eur', 'sepa_debit'],
  ])('%s is under way for a day, then pays the invoice', async (token, currency, type) => {
    const { stripe } = sandbox
    const { invoice } = await invoiceDebited(token, currency)
    expect(await stripe.invoices.pay(invoice.id)).toMatchObject({
      status: 'open',
      amount_paid: 0,
      attempted: true,
      attempt_count: 1,
    })
    const intent = await intentOf(stripe, invoice.id)
    expect(intent).toMatchObject({ status: 'processing', amount_received: 0 })
    expect(await stripe.charges.retrieve(idOf(intent.latest_charge))).toMatchObject({
      id: expect.stringMatching(/^py_/),
      captured: false,
      paid: false,
      payment_method_details: { type },
      status: 'pending',
    })
    await aDay()
    expect(await stateOf(invoice)).toMatchObject({ status: 'paid', amount_paid: 2000, attempt_count: 1 })
    expect(await stripe.charges.retrieve(idOf(intent.latest_charge))).toMatchObject({
      amount_captured: 2000,
      captured: true,
      paid: true,
      status: 'succeeded',
    })
    expect(await eventTypes(stripe, intent.id)).toEqual([
      'payment_intent.created',
      'charge.pending',
      'payment_intent.processing',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice_payment.paid',
    ])
  })

  test('while it is under way nothing else may be paid, voided or attached', async () => {
    const { stripe } = sandbox
    const { invoice, owner } = await invoiceDebited('pm_usBankAccount_success')
    await stripe.invoices.pay(invoice.id)
    const card = await stripe.paymentMethods.attach('pm_card_visa', { customer: owner })
    expect(await refusalOf(stripe.invoices.pay(invoice.id, { payment_method: card.id }))).toMatchObject({
      status: 400,
    })
    expect(await refusalOf(stripe.invoices.pay(invoice.id, { paid_out_of_band: true }))).toMatchObject({
      status: 400,
    })
    expect(await refusalOf(stripe.invoices.voidInvoice(invoice.id))).toMatchObject({ status: 400 })
    const intent = await intentOf(stripe, invoice.id)
    expect(
      await refusalOf(stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })),
    ).toMatchObject({ status: 400, code: 'payment_intent_unexpected_state' })
    await aDay()
    expect((await stateOf(invoice)).status).toBe('paid')
    expect((await stripe.charges.list({ customer: owner })).data).toHaveLength(1)
  })

  test.each([
    ['pm_usBankAccount_insufficientFunds', 'insufficient_funds'],
    ['pm_usBankAccount_accountClosed', 'account_closed'],
    ['pm_usBankAccount_noAccount', 'no_account'],
    ['pm_usBankAccount_debitNotAuthorized', 'debit_not_authorized'],
  ])('%s comes back with %s, and the invoice can be paid again', async (token, code) => {
    const { stripe } = sandbox
    const { invoice, owner } = await invoiceDebited(token)
    await stripe.invoices.pay(invoice.id)
    await aDay()
    expect(await stateOf(invoice)).toMatchObject({ status: 'open', amount_paid: 0, attempt_count: 1 })
    expect(await intentOf(stripe, invoice.id)).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code, payment_method: { type: 'us_bank_account' } },
    })
    expect((await stripe.charges.list({ customer: owner })).data).toMatchObject([
      { status: 'failed', failure_code: code, paid: false },
    ])
    expect(await eventTypes(stripe, invoice.id, 'invoice.')).toContain('invoice.payment_failed')
    expect(await stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 'paid',
    })
  })

  test('that nothing is ever heard of stays under way', async () => {
    const { invoice } = await invoiceDebited('pm_usBankAccount_processing')
    await sandbox.stripe.invoices.pay(invoice.id)
    await sandbox.control('POST', 'clock', { advance_seconds: 60 * 86_400 })
    expect(await intentOf(sandbox.stripe, invoice.id)).toMatchObject({ status: 'processing' })
  })

  test('may be contested after it has paid', async () => {
    const { stripe } = sandbox
    const { invoice, owner } = await invoiceDebited('pm_usBankAccount_dispute')
    await stripe.invoices.pay(invoice.id)
    await aDay()
    expect((await stateOf(invoice)).status).toBe('paid')
    const charge = first((await stripe.charges.list({ customer: owner })).data)
    expect(charge).toMatchObject({ disputed: true })
    expect((await stripe.disputes.list({ charge: charge.id })).data).toMatchObject([
      { reason: 'debit_not_authorized', status: 'needs_response', amount: 2000 },
    ])
  })

  test('needs its own currency', async () => {
    const { stripe } = sandbox
    const { invoice } = await invoiceDebited('pm_usBankAccount_success', 'eur')
    expect(await refusalOf(stripe.invoices.pay(invoice.id))).toMatchObject({
      status: 400,
      code: 'payment_method_currency_mismatch',
    })
    expect(await stateOf(invoice)).toMatchObject({ attempted: false })
  })

  test('is given back slowly', async () => {
    const { stripe } = sandbox
    const { invoice, owner } = await invoiceDebited('pm_usBankAccount_success')
    await stripe.invoices.pay(invoice.id)
    await aDay()
    const charge = first((await stripe.charges.list({ customer: owner })).data)
    const { id, ...refund } = await stripe.refunds.create({ charge: charge.id })
    expect(refund).toMatchObject({ status: 'pending', destination_details: { type: 'us_bank_transfer' } })
    await aDay()
    expect((await stripe.refunds.retrieve(id)).status).toBe('succeeded')
  })
})

describe('a bank account whose number was typed', () => {
  const typed = (number = '000123456789') =>
    sandbox.stripe.paymentMethods.create({
      type: 'us_bank_account',
      us_bank_account: {
        account_holder_type: 'individual',
        account_number: number,
        routing_number: '110000000',
      },
      billing_details: { name: 'Jenny Rosen' },
    })

  const intentWith = (method: string) =>
    sandbox.stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      payment_method: method,
      confirm: true,
      mandate_data: { customer_acceptance: { type: 'offline' } },
    })

  test('cannot be saved before it is known to be theirs', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const method = await typed()
    expect(method).toMatchObject({
      us_bank_account: { account_type: 'checking', last4: '6789', bank_name: 'STRIPE TEST BANK' },
    })
    expect(await refusalOf(stripe.paymentMethods.attach(method.id, { customer: id }))).toMatchObject({
      status: 400,
      code: 'payment_method_unexpected_state',
    })
  })

  test('is debited once two small deposits have proved it', async () => {
    const { stripe } = sandbox
    const intent = await intentWith((await typed()).id)
    expect(intent).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'verify_with_microdeposits' },
    })
    expect(
      await refusalOf(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [1, 2] })),
    ).toMatchObject({
      status: 400,
      code: 'payment_method_microdeposit_verification_amounts_mismatch',
    })
    expect(await stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] })).toMatchObject({
      status: 'processing',
    })
    expect(
      await refusalOf(stripe.paymentIntents.verifyMicrodeposits(intent.id, { amounts: [32, 45] })),
    ).toMatchObject({ code: 'intent_invalid_state' })
    await aDay()
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded')
  })

  test('is given up when the answers run out', async () => {
    const { stripe } = sandbox
    const { id } = await intentWith((await typed()).id)
    expect(
      await refusalOf(stripe.paymentIntents.verifyMicrodeposits(id, { descriptor_code: 'SM33CC' })),
    ).toMatchObject({ status: 402, code: 'payment_method_microdeposit_verification_attempts_exceeded' })
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_payment_method')
  })

  test.each<[string, Stripe.PaymentMethodCreateParams, object]>([
    [
      'account',
      {
        us_bank_account: {
          account_holder_type: 'company',
          account_number: '42',
          routing_number: '110000000',
        },
      },
      { code: 'account_number_invalid', param: 'us_bank_account[account_number]' },
    ],
    [
      'routing number',
      {
        us_bank_account: {
          account_holder_type: 'company',
          account_number: '000123456789',
          routing_number: '1',
        },
      },
      { code: 'routing_number_invalid', param: 'us_bank_account[routing_number]' },
    ],
    ['hash', {}, { code: 'parameter_missing', param: 'us_bank_account' }],
  ])('has to have a test %s', async (_, params, expected) => {
    expect(
      await refusalOf(sandbox.stripe.paymentMethods.create({ type: 'us_bank_account', ...params })),
    ).toMatchObject({ status: 400, ...expected })
  })
})

describe('an IBAN', () => {
  const create = (iban: string, name = 'Jenny Rosen') =>
    sandbox.stripe.paymentMethods.create({
      type: 'sepa_debit',
      sepa_debit: { iban },
      billing_details: { name, email: 'jenny@example.com' },
    })

  test('may be written with spaces and pays in euros', async () => {
    const { stripe } = sandbox
    const method = await create('AT61 1904 3002 3457 3201')
    expect(method).toMatchObject({ sepa_debit: { country: 'AT', bank_code: '19043', last4: '3201' } })
    const { id, status } = await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'eur',
      payment_method: method.id,
      confirm: true,
      mandate_data: {
        customer_acceptance: { type: 'online', online: { ip_address: '1.2.3.4', user_agent: 'x' } },
      },
    })
    expect(status).toBe('processing')
    await aDay()
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('succeeded')
  })

  test('of those that fail sends the debit back', async () => {
    const { stripe } = sandbox
    const { id } = await stripe.paymentIntents.create({
      amount: 1000,
      currency: 'eur',
      payment_method: (await create('AT861904300235473202')).id,
      confirm: true,
    })
    await aDay()
    expect((await stripe.paymentIntents.retrieve(id)).status).toBe('requires_payment_method')
  })

  test('has to be right, and somebody’s', async () => {
    expect(await refusalOf(create('AT611904300234573202'))).toMatchObject({
      code: 'invalid_bank_account_iban',
      param: 'sepa_debit[iban]',
    })
    expect(
      await refusalOf(
        sandbox.stripe.paymentMethods.create({
          type: 'sepa_debit',
          sepa_debit: { iban: 'AT611904300234573201' },
        }),
      ),
    ).toMatchObject({ code: 'parameter_missing', param: 'billing_details[name]' })
  })
})
