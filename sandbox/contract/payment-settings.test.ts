import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customerWithCard, draft, idOf, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const account = useAccount()

type Options = Stripe.InvoiceCreateParams.PaymentSettings.PaymentMethodOptions

/** The options that a draft shows after each change of them. */
async function shownAfter(...changes: Options[]) {
  const { stripe } = account
  const { id } = await draft(stripe)
  let shown: unknown
  for (const options of changes) {
    const { payment_settings: settings } = await stripe.invoices.update(id, {
      payment_settings: { payment_method_options: options },
    })
    shown = settings.payment_method_options
  }
  return shown
}

const none = {
  acss_debit: null,
  bancontact: null,
  card: null,
  customer_balance: null,
  konbini: null,
  payto: null,
  pix: null,
  sepa_debit: null,
  upi: null,
  us_bank_account: null,
}

describe("options of an invoice's payment methods", () => {
  test('are shown by kind, null where nothing was said', async () => {
    expect(
      await shownAfter({
        acss_debit: { mandate_options: { transaction_type: 'business' } },
        bancontact: { preferred_language: 'fr' },
        billie: {
          company_details: { registered_address: { city: 'Berlin' }, registered_name: 'Lumen' },
          reference: 'PO 7',
        },
        card: { request_three_d_secure: 'any' },
        customer_balance: {
          funding_type: 'bank_transfer',
          bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
        },
        payto: { mandate_options: { amount: 500, purpose: 'utility' } },
        pix: { expires_after_seconds: 3600 },
        upi: { mandate_options: { description: 'Hours' } },
        us_bank_account: { verification_method: 'microdeposits' },
      }),
    ).toEqual({
      ...none,
      acss_debit: { mandate_options: { transaction_type: 'business' } },
      bancontact: { preferred_language: 'fr' },
      billie: {
        company_details: {
          registered_address: {
            city: 'Berlin',
            country: null,
            line1: null,
            line2: null,
            postal_code: null,
            state: null,
          },
          registered_name: 'Lumen',
          registration_number: null,
          vat: null,
        },
        reference: 'PO 7',
      },
      card: { request_three_d_secure: 'any' },
      customer_balance: {
        funding_type: 'bank_transfer',
        bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } },
      },
      payto: { mandate_options: { amount: 500, amount_type: null, purpose: 'utility' } },
      pix: { amount_includes_iof: null, expires_after_seconds: 3600 },
      upi: { mandate_options: { amount: null, amount_type: null, description: 'Hours', end_date: null } },
      us_bank_account: { verification_method: 'microdeposits' },
    })
  })

  test('are merged, and cleared by kind until none are left', async () => {
    const pix: Options = { pix: { amount_includes_iof: 'always' } }
    expect(await shownAfter(pix, { pix: { expires_after_seconds: 60 }, bancontact: {} })).toEqual({
      ...none,
      pix: { amount_includes_iof: 'always', expires_after_seconds: 60 },
    })
    const card: Options = { card: { request_three_d_secure: 'challenge' } }
    expect(await shownAfter(pix, card, { pix: '' })).toEqual({
      ...none,
      card: { request_three_d_secure: 'challenge' },
    })
    expect(await shownAfter(pix, { billie: { reference: 'PO' } }, { billie: '', pix: '' })).toBeNull()
    const { payment_settings: untouched } = await draft(account.stripe)
    expect(untouched.payment_method_options).toBeNull()
  })

  test('go to the payment intent, which then asks every card to authenticate', async () => {
    const { stripe } = account
    const { id: customer } = await customerWithCard(stripe)
    const { id } = await openInvoice(stripe, {
      customer,
      payment_settings: {
        payment_method_options: {
          card: { request_three_d_secure: 'any' },
          us_bank_account: { verification_method: 'instant' },
        },
      },
    })
    expect((await intentOf(stripe, id)).payment_method_options).toEqual({
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'any' },
      us_bank_account: { verification_method: 'instant' },
    })
    expect(await refusalOf(stripe.invoices.pay(id, { off_session: false }))).toMatchObject({
      code: 'invoice_payment_intent_requires_action',
    })
  })

  test('of an open invoice change with it, and those of a paid one do not', async () => {
    const { stripe } = account
    const { id: customer } = await customerWithCard(stripe)
    const { id } = await openInvoice(stripe, { customer })
    const change = (options: Options) =>
      stripe.invoices.update(id, { payment_settings: { payment_method_options: options } })
    await change({ card: { request_three_d_secure: 'challenge' } })
    expect((await intentOf(stripe, id)).payment_method_options?.card?.request_three_d_secure).toBe(
      'challenge',
    )
    await change({ card: '' })
    expect((await intentOf(stripe, id)).payment_method_options?.card?.request_three_d_secure).toBe(
      'automatic',
    )
    await stripe.invoices.pay(id)
    expect(await refusalOf(change({ card: '' }))).toMatchObject({ status: 400, param: 'payment_settings' })
  })

  test('of a kind or value that Stripe does not know are refused by name', async () => {
    const refused = (options: object) =>
      refusalOf(draft(account.stripe, { payment_settings: { payment_method_options: options as Options } }))
    expect(await refused({ card: { request_three_d_secure: 'never' } })).toMatchObject({
      status: 400,
      param: 'payment_settings[payment_method_options][card][request_three_d_secure]',
    })
    expect(await refused({ pix: { expires_after_seconds: 59 } })).toMatchObject({
      code: 'parameter_invalid_integer',
      param: 'payment_settings[payment_method_options][pix][expires_after_seconds]',
    })
    expect(await refused({ cheque: { name: 'x' } })).toMatchObject({ code: 'parameter_unknown' })
  })
})

describe('what a payment says of the card it uses', () => {
  const create = (card: Stripe.PaymentIntentCreateParams.PaymentMethodOptions.Card, usage?: 'off_session') =>
    account.stripe.paymentIntents.create({
      amount: 2000,
      currency: 'usd',
      payment_method_options: { card },
      setup_future_usage: usage,
      ...(usage ? {} : { radar_options: { referrer: 'https://lumen.example' } }),
    })

  test('is kept and shown', async () => {
    const { id, payment_method_options: options } = await create(
      { setup_credential_usage: 'recurring' },
      'off_session',
    )
    expect(options?.card?.setup_credential_usage).toBe('recurring')
    const updated = await account.stripe.paymentIntents.update(id, {
      payment_method_options: { card: { setup_credential_usage: 'installment' } },
    })
    expect(updated.payment_method_options?.card?.setup_credential_usage).toBe('installment')
    const stored = await create({ stored_credential_usage: 'unscheduled' })
    expect(stored.payment_method_options?.card?.stored_credential_usage).toBe('unscheduled')
  })

  test('contradicts saving it once more', async () => {
    const refusal = { status: 400, param: 'payment_method_options[card][stored_credential_usage]' }
    expect(await refusalOf(create({ stored_credential_usage: 'recurring' }, 'off_session'))).toMatchObject(
      refusal,
    )
    const { id } = await create({ stored_credential_usage: 'recurring' })
    expect(
      await refusalOf(account.stripe.paymentIntents.confirm(id, { setup_future_usage: 'on_session' })),
    ).toMatchObject(refusal)
  })
})

describe('capturing a charge', () => {
  async function authorizedCharge(): Promise<string> {
    const { latest_charge: charge } = await account.stripe.paymentIntents.create({
      amount: 2000,
      capture_method: 'manual',
      confirm: true,
      currency: 'usd',
      payment_method: 'pm_card_visa',
      receipt_email: 'first@lumen.example',
    })
    return idOf(charge)
  }

  test('says what the statement and the receipt will', async () => {
    const { stripe } = account
    const captured = await stripe.charges.capture(await authorizedCharge(), {
      receipt_email: 'second@lumen.example',
      statement_descriptor: 'LUMEN LABS',
      statement_descriptor_suffix: 'HOURS',
    })
    expect(captured).toMatchObject({
      captured: true,
      receipt_email: 'second@lumen.example',
      statement_descriptor: 'LUMEN LABS',
      statement_descriptor_suffix: 'HOURS',
    })
    expect(captured.calculated_statement_descriptor).toMatch(/HOURS$/)
  })

  test('takes a descriptor for the suffix where there is none', async () => {
    const { stripe } = account
    const captured = await stripe.charges.capture(await authorizedCharge(), { statement_descriptor: 'TEN' })
    expect(captured.calculated_statement_descriptor).toMatch(/TEN$/)
    expect(captured.receipt_email).toBe('first@lumen.example')
  })

  test('refuses what no statement prints, and takes nothing', async () => {
    const { stripe } = account
    const charge = await authorizedCharge()
    expect(
      await refusalOf(stripe.charges.capture(charge, { statement_descriptor_suffix: '<12>' })),
    ).toMatchObject({ status: 400, param: 'statement_descriptor_suffix' })
    expect(await refusalOf(stripe.charges.capture(charge, { receipt_email: 'nobody' }))).toMatchObject({
      code: 'email_invalid',
    })
    expect((await stripe.charges.retrieve(charge)).captured).toBe(false)
  })
})
