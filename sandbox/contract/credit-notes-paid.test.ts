import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  eventTypes,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

/** An invoice of 2,000 that was paid by card. */
async function paid(stripe: Stripe): Promise<Stripe.Invoice> {
  const { id } = await customerWithCard(stripe)
  const invoice = await openInvoice(stripe, { customer: id, collection_method: 'charge_automatically' })
  return stripe.invoices.pay(invoice.id)
}

async function chargeOf(stripe: Stripe, invoice: Stripe.Invoice): Promise<Stripe.Charge> {
  const { latest_charge } = await intentOf(stripe, invoice.id)
  return stripe.charges.retrieve(idOf(latest_charge))
}

describe('what was paid', () => {
  test('is refunded', async () => {
    const { stripe } = sandbox
    const invoice = await paid(stripe)
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 500,
      refund_amount: 500,
      expand: ['refunds.refund'],
    })
    expect(note).toMatchObject({
      type: 'post_payment',
      pre_payment_amount: 0,
      post_payment_amount: 500,
      customer_balance_transaction: null,
      out_of_band_amount: null,
      refunds: [
        {
          amount_refunded: 500,
          payment_record_refund: null,
          refund: { object: 'refund', amount: 500 },
          type: 'refund',
        },
      ],
    })
    expect(await chargeOf(stripe, invoice)).toMatchObject({ amount_refunded: 500, refunded: false })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'paid',
      amount_due: 2000,
      amount_paid: 2000,
      amount_remaining: 0,
      pre_payment_credit_notes_amount: 0,
      post_payment_credit_notes_amount: 500,
    })
    const types = (await stripe.events.list({ limit: 4 })).data.map(({ type }) => type)
    expect(types.reverse()).toEqual([
      'charge.refunded',
      'refund.created',
      'credit_note.created',
      'invoice.updated',
    ])
    expect(await refusalOf(stripe.creditNotes.voidCreditNote(note.id))).toMatchObject({ status: 400 })
  })

  test('becomes credit of the customer', async () => {
    const { stripe } = sandbox
    const invoice = await paid(stripe)
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 500,
      credit_amount: 500,
      expand: ['customer_balance_transaction.credit_note'],
    })
    expect(note).toMatchObject({
      type: 'post_payment',
      customer_balance_transaction: {
        amount: -500,
        credit_note: { id: note.id },
        ending_balance: -500,
        type: 'credit_note',
      },
    })
    expect(await stripe.customers.retrieve(String(invoice.customer))).toMatchObject({ balance: -500 })
    expect((await eventTypes(stripe, String(invoice.customer), 'customer.')).at(-1)).toBe('customer.updated')
  })

  test('is split as the caller says, to the last unit', async () => {
    const { stripe } = sandbox
    const invoice = await paid(stripe)
    const create = (rest: Partial<Stripe.CreditNoteCreateParams>) =>
      stripe.creditNotes.create({ invoice: invoice.id, amount: 600, ...rest })
    for (const rest of [
      {},
      { refund_amount: 599 },
      { refund_amount: 300, credit_amount: 200, out_of_band_amount: 101 },
      { out_of_band_amount: 601 },
    ]) {
      expect(await refusalOf(create(rest))).toMatchObject({ status: 400, code: undefined })
    }
    const note = await create({ refund_amount: 300, credit_amount: 200, out_of_band_amount: 100 })
    expect(note).toMatchObject({ out_of_band_amount: 100, post_payment_amount: 600 })
    expect(note.refunds).toMatchObject([{ amount_refunded: 300 }])
    expect(await refusalOf(create({ refund_amount: 1701, amount: 1701 }))).toMatchObject({ status: 400 })
  })

  test('out of band cannot be refunded', async () => {
    const { stripe } = sandbox
    const { id } = await openInvoice(stripe)
    await stripe.invoices.pay(id, { paid_out_of_band: true })
    const call = stripe.creditNotes.create({ invoice: id, amount: 100, refund_amount: 100 })
    expect(await refusalOf(call)).toMatchObject({ status: 400, param: 'refund_amount' })
    expect(
      await stripe.creditNotes.create({ invoice: id, amount: 100, out_of_band_amount: 100 }),
    ).toMatchObject({
      out_of_band_amount: 100,
      type: 'post_payment',
    })
  })
})

describe('refunds that exist already', () => {
  test('are linked, whole or in part, and only once', async () => {
    const { stripe } = sandbox
    const invoice = await paid(stripe)
    const { payment_intent } = await chargeOf(stripe, invoice)
    const refund = await stripe.refunds.create({ payment_intent: idOf(payment_intent), amount: 700 })
    const link = (amount: number, amount_refunded?: number) =>
      stripe.creditNotes.create({
        invoice: invoice.id,
        amount,
        refunds: [{ refund: refund.id, ...(amount_refunded === undefined ? {} : { amount_refunded }) }],
      })
    expect((await link(200, 200)).refunds).toMatchObject([{ refund: refund.id, amount_refunded: 200 }])
    expect(await refusalOf(link(501, 501))).toMatchObject({
      status: 400,
      param: 'refunds[0][amount_refunded]',
    })
    expect((await link(500)).refunds).toMatchObject([{ refund: refund.id, amount_refunded: 500 }])
    expect(await refusalOf(link(1))).toMatchObject({ status: 400, param: 'refunds[0][refund]' })
    expect(await chargeOf(stripe, invoice)).toMatchObject({ amount_refunded: 700 })
  })

  test('lower what can be credited while no note accounts for them', async () => {
    const { stripe } = sandbox
    const invoice = await paid(stripe)
    const charge = await chargeOf(stripe, invoice)
    const refund = await stripe.refunds.create({ charge: charge.id, amount: 700 })
    const credit = (amount: number) =>
      stripe.creditNotes.create({ invoice: invoice.id, amount, credit_amount: amount })
    expect(await refusalOf(credit(1301))).toMatchObject({ status: 400 })
    await credit(1300)
    expect(await refusalOf(credit(1))).toMatchObject({ status: 400 })
    const linked = await stripe.creditNotes.create({
      invoice: invoice.id,
      amount: 700,
      refunds: [{ refund: refund.id, type: 'refund' }],
    })
    expect(linked.total).toBe(700)
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      post_payment_credit_notes_amount: 2000,
    })
  })

  test('of something else are refused', async () => {
    const { stripe } = sandbox
    const [invoice, other] = [await paid(stripe), await paid(stripe)]
    const { id } = await stripe.refunds.create({ charge: (await chargeOf(stripe, other)).id })
    const call = stripe.creditNotes.create({ invoice: invoice.id, amount: 2000, refunds: [{ refund: id }] })
    expect(await refusalOf(call)).toMatchObject({ status: 400, param: 'refunds[0][refund]' })
  })
})

describe('an invoice that was paid in part', () => {
  test('asks for less first, and gives back the rest', async () => {
    const { stripe } = sandbox
    const { id } = await customerWithCard(stripe)
    const invoice = await openInvoice(stripe, { customer: id })
    const intent = await stripe.paymentIntents.create({
      amount: 1500,
      currency: 'usd',
      customer: id,
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    })
    await stripe.invoices.attachPayment(invoice.id, { payment_intent: intent.id })
    const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 800, refund_amount: 300 })
    expect(note).toMatchObject({ type: 'mixed', pre_payment_amount: 500, post_payment_amount: 300 })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'paid',
      amount_due: 1500,
      amount_paid: 1500,
      amount_remaining: 0,
      pre_payment_credit_notes_amount: 500,
      post_payment_credit_notes_amount: 300,
    })
    expect(await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })).toMatchObject({
      latest_charge: { amount_refunded: 300 },
    })
  })
})

describe('what credit of the customer had paid', () => {
  test('goes back to the balance by itself', async () => {
    const { stripe } = sandbox
    const { id } = await customerWithCard(stripe)
    await stripe.customers.createBalanceTransaction(id, { amount: -1500, currency: 'usd' })
    const open = await openInvoice(stripe, { customer: id, collection_method: 'charge_automatically' })
    const invoice = await stripe.invoices.pay(open.id)
    expect(invoice).toMatchObject({ total: 2000, amount_paid: 500 })
    const tooMuch = stripe.creditNotes.create({ invoice: invoice.id, amount: 2000, refund_amount: 501 })
    expect(await refusalOf(tooMuch)).toMatchObject({ status: 400, param: 'refund_amount' })
    const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 2000, refund_amount: 500 })
    expect(note).toMatchObject({ post_payment_amount: 2000, refunds: [{ amount_refunded: 500 }] })
    expect(await stripe.customers.retrieve(id)).toMatchObject({ balance: -1500 })
    const { data } = await stripe.customers.listBalanceTransactions(id, { limit: 1 })
    expect(data).toMatchObject([{ amount: -1500, credit_note: note.id, type: 'credit_note' }])
  })

  test('goes back once, and where the caller wants it', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, { balance: -3000 })
    const invoice = await openInvoice(stripe, { customer: id })
    expect(invoice).toMatchObject({ status: 'paid', amount_due: 0 })
    await stripe.creditNotes.create({ invoice: invoice.id, amount: 700 })
    await stripe.creditNotes.create({ invoice: invoice.id, amount: 300, out_of_band_amount: 300 })
    await stripe.creditNotes.create({ invoice: invoice.id, amount: 1000 })
    expect(await stripe.customers.retrieve(id)).toMatchObject({ balance: -1000 - 1700 })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      post_payment_credit_notes_amount: 2000,
    })
  })
})

test('credit of a note pays for the next invoice', async () => {
  const { stripe } = sandbox
  const invoice = await paid(stripe)
  await stripe.creditNotes.create({ invoice: invoice.id, amount: 600, credit_amount: 600 })
  const next = await openInvoice(stripe, { customer: String(invoice.customer) })
  expect(next).toMatchObject({ starting_balance: -600, amount_due: 1400, ending_balance: 0 })
})
