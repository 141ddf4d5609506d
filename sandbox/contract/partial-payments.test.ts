import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, draft, eventTypes, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const account = useAccount()

/** An intent of the invoice's customer, paid at once when a method is named. */
function intentFor(invoice: Stripe.Invoice, amount: number, method?: string) {
  return account.stripe.paymentIntents.create({
    amount,
    currency: invoice.currency,
    customer: String(invoice.customer),
    ...(method === undefined ? {} : { payment_method: method, confirm: true }),
  })
}

const attach = (invoice: Stripe.Invoice, intent: Stripe.PaymentIntent) =>
  account.stripe.invoices.attachPayment(invoice.id, { payment_intent: intent.id, expand: ['payments'] })

const paymentsOf = async (invoice: Stripe.Invoice) =>
  (await account.stripe.invoicePayments.list({ invoice: invoice.id })).data

describe('a payment in part', () => {
  test('that has succeeded is credited at once, and the default payment follows', async () => {
    const { stripe } = account
    const invoice = await openInvoice(stripe)
    const partial = await attach(invoice, await intentFor(invoice, 500, 'pm_card_visa'))
    expect(partial).toMatchObject({
      status: 'open',
      amount_due: 2000,
      amount_paid: 500,
      amount_remaining: 1500,
      amount_overpaid: 0,
    })
    expect(partial.payments?.data).toMatchObject([
      { is_default: false, status: 'paid', amount_requested: 500, amount_paid: 500 },
      { is_default: true, status: 'open', amount_requested: 1500, amount_paid: null },
    ])
    expect(await intentOf(stripe, invoice.id)).toMatchObject({ amount: 1500 })
    const types = await eventTypes(stripe, invoice.id, 'invoice')
    expect(types.slice(types.indexOf('invoice.finalized') + 2)).toEqual([
      'invoice.updated',
      'invoice_payment.paid',
    ])
    expect(await stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_visa' })).toMatchObject({
      status: 'paid',
      amount_paid: 2000,
      amount_remaining: 0,
    })
    expect((await paymentsOf(invoice)).map(({ amount_paid }) => amount_paid)).toEqual([500, 1500])
  })

  test('that has not succeeded yet is credited when it does; several may be open', async () => {
    const { stripe } = account
    const invoice = await openInvoice(stripe)
    const [first, second] = [await intentFor(invoice, 800), await intentFor(invoice, 1200)]
    await attach(invoice, first)
    expect(await attach(invoice, second)).toMatchObject({ status: 'open', amount_paid: 0, attempted: false })
    expect(await paymentsOf(invoice)).toMatchObject([
      { status: 'open', amount_requested: 1200 },
      { status: 'open', amount_requested: 800 },
      { status: 'open', is_default: true, amount_requested: 2000 },
    ])
    await stripe.paymentIntents.confirm(second.id, { payment_method: 'pm_card_visa' })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'open',
      amount_remaining: 800,
    })
    await stripe.paymentIntents.confirm(first.id, { payment_method: 'pm_card_visa' })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', amount_paid: 2000 })
    expect(await paymentsOf(invoice)).toMatchObject([
      { status: 'paid' },
      { status: 'paid' },
      { status: 'canceled', is_default: true },
    ])
    expect(await intentOf(stripe, invoice.id)).toMatchObject({ status: 'canceled' })
    const types = await eventTypes(stripe, invoice.id, 'invoice')
    expect(types.filter((type) => type === 'invoice_payment.paid')).toHaveLength(2)
    expect(types.filter((type) => type === 'invoice.paid')).toHaveLength(1)
    expect(types).toContain('invoice.payment_succeeded')
  })

  test('that fails changes nothing of the invoice', async () => {
    const { stripe } = account
    const invoice = await openInvoice(stripe)
    const intent = await intentFor(invoice, 500)
    await attach(invoice, intent)
    await refusalOf(
      stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa_chargeDeclined' }),
    )
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ attempted: false, amount_paid: 0 })
    expect(await eventTypes(stripe, invoice.id, 'invoice.')).not.toContain('invoice.payment_failed')
  })

  test('can be given up by canceling its intent', async () => {
    const { stripe } = account
    const invoice = await openInvoice(stripe)
    const intent = await intentFor(invoice, 500)
    await attach(invoice, intent)
    await stripe.paymentIntents.cancel(intent.id)
    expect(await stripe.invoicePayments.list({ invoice: invoice.id, status: 'canceled' })).toMatchObject({
      data: [{ is_default: false, status_transitions: { canceled_at: expect.any(Number) } }],
    })
  })

  test('is completed out of band', async () => {
    const { stripe } = account
    const invoice = await openInvoice(stripe)
    await attach(invoice, await intentFor(invoice, 500, 'pm_card_visa'))
    expect(await stripe.invoices.pay(invoice.id, { paid_out_of_band: true })).toMatchObject({
      status: 'paid',
      amount_paid: 2000,
      amount_paid_off_stripe: 1500,
      amount_remaining: 0,
    })
  })

  test('forbids to void the invoice, not to give it up', async () => {
    const { stripe } = account
    const invoice = await openInvoice(stripe)
    await attach(invoice, await intentFor(invoice, 500, 'pm_card_visa'))
    expect(await refusalOf(stripe.invoices.voidInvoice(invoice.id))).toMatchObject({ status: 400 })
    expect(await stripe.invoices.markUncollectible(invoice.id)).toMatchObject({
      status: 'uncollectible',
      amount_paid: 500,
      amount_remaining: 1500,
    })
    expect(await attach(invoice, await intentFor(invoice, 1500, 'pm_card_visa'))).toMatchObject({
      status: 'paid',
    })
  })

  test('one intent may pay several invoices', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const [one, two] = [
      await openInvoice(stripe, { customer: id }),
      await openInvoice(stripe, { customer: id }),
    ]
    const intent = await intentFor(one, 3000)
    await attach(one, intent)
    await attach(two, intent)
    await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
    expect(await stripe.invoices.retrieve(one.id)).toMatchObject({ status: 'paid', amount_paid: 2000 })
    expect(await stripe.invoices.retrieve(two.id)).toMatchObject({ status: 'open', amount_paid: 1000 })
    expect((await paymentsOf(two))[0]).toMatchObject({ amount_requested: 3000, amount_paid: 1000 })
  })
})

describe('more than was due', () => {
  test('becomes credit of the customer', async () => {
    const { stripe } = account
    const invoice = await openInvoice(stripe)
    expect(await attach(invoice, await intentFor(invoice, 2700, 'pm_card_visa'))).toMatchObject({
      status: 'paid',
      amount_paid: 2000,
      amount_remaining: 0,
      amount_overpaid: 700,
      payments: { data: [{ amount_paid: 2700 }, { status: 'canceled' }] },
    })
    const owner = String(invoice.customer)
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ balance: -700 })
    expect((await stripe.customers.listBalanceTransactions(owner)).data).toMatchObject([
      { type: 'invoice_overpaid', amount: -700, ending_balance: -700, invoice: invoice.id },
    ])
    expect(await eventTypes(stripe, invoice.id, 'invoice.')).toContain('invoice.overpaid')
  })

  test('also comes from a payment that arrives after the invoice was paid', async () => {
    const { stripe } = account
    const invoice = await openInvoice(stripe)
    const late = await intentFor(invoice, 300)
    await attach(invoice, late)
    await stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_visa' })
    await stripe.paymentIntents.confirm(late.id, { payment_method: 'pm_card_visa' })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'paid',
      amount_paid: 2000,
      amount_overpaid: 300,
    })
    const types = await eventTypes(stripe, invoice.id, 'invoice.')
    expect(types.filter((type) => type === 'invoice.paid')).toHaveLength(1)
    expect(types.at(-1)).toBe('invoice.overpaid')
  })
})

describe('attaching is refused', () => {
  test('on an invoice that takes no money', async () => {
    const { stripe } = account
    const owner = (await customer(stripe)).id
    const isDraft = await draft(stripe, { customer: owner })
    const isVoid = await openInvoice(stripe, { customer: owner })
    const isPaid = await openInvoice(stripe, { customer: owner })
    await stripe.invoices.voidInvoice(isVoid.id)
    await stripe.invoices.pay(isPaid.id, { paid_out_of_band: true })
    const intent = await intentFor(isDraft, 500)
    for (const invoice of [isDraft, isVoid, isPaid]) {
      expect(await refusalOf(attach(invoice, intent))).toMatchObject({ status: 400 })
    }
  })

  test.each<[string, (invoice: Stripe.Invoice) => Promise<Stripe.PaymentIntent>]>([
    ["somebody else's", async (_) => intentFor(await openInvoice(account.stripe), 500)],
    ['in another currency', (invoice) => intentFor({ ...invoice, currency: 'eur' }, 500)],
    ['canceled', async (invoice) => account.stripe.paymentIntents.cancel((await intentFor(invoice, 500)).id)],
    ['its own', (invoice) => intentOf(account.stripe, invoice.id)],
    [
      'attached already',
      async (invoice) => {
        const intent = await intentFor(invoice, 500)
        await attach(invoice, intent)
        return intent
      },
    ],
    [
      'given back',
      async (invoice) => {
        const intent = await intentFor(invoice, 500, 'pm_card_visa')
        await account.stripe.refunds.create({ payment_intent: intent.id })
        return intent
      },
    ],
    [
      'used up',
      async (invoice) => {
        const other = await openInvoice(account.stripe, { customer: String(invoice.customer) })
        const intent = await intentFor(other, 500, 'pm_card_visa')
        await attach(other, intent)
        return intent
      },
    ],
  ])('for an intent that is %s', async (_, intent) => {
    const invoice = await openInvoice(account.stripe)
    const before = await paymentsOf(invoice)
    const refused = await intent(invoice)
    const known = (await paymentsOf(invoice)).length - before.length
    expect(await refusalOf(attach(invoice, refused))).toMatchObject({ status: 400, param: 'payment_intent' })
    expect(await paymentsOf(invoice)).toHaveLength(before.length + known)
  })

  test('without anything to attach, or with what nobody made', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe)
    expect(await refusalOf(stripe.invoices.attachPayment(id))).toMatchObject({ code: 'parameter_missing' })
    expect(await refusalOf(stripe.invoices.attachPayment(id, { payment_intent: 'pi_nobody' }))).toMatchObject(
      {
        status: 400,
        code: 'resource_missing',
        param: 'payment_intent',
      },
    )
  })
})
