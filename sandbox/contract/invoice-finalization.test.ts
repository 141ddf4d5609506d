import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  draft,
  eventTypes,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const account = useAccount()

describe('finalizing', () => {
  test('freezes, numbers and opens, and charges nobody', async () => {
    const { stripe } = account
    const owner = await customerWithCard(stripe)
    const { id } = await draft(stripe, { customer: owner.id, collection_method: 'charge_automatically' })
    const invoice = await stripe.invoices.finalizeInvoice(id, { expand: ['payments', 'confirmation_secret'] })
    const finalizedAt = invoice.status_transitions.finalized_at
    expect(finalizedAt).toEqual(expect.any(Number))
    expect(invoice).toMatchObject({
      status: 'open',
      number: `${owner.invoice_prefix}-0001`,
      effective_at: finalizedAt,
      ending_balance: 0,
      attempted: false,
      attempt_count: 0,
      amount_due: 2000,
      amount_paid: 0,
      amount_remaining: 2000,
    })
    expect(invoice.hosted_invoice_url).toMatch(/^http/)
    expect(invoice.invoice_pdf).toMatch(/\/pdf/)
    expect(invoice.payments?.data).toMatchObject([
      {
        object: 'invoice_payment',
        is_default: true,
        status: 'open',
        amount_requested: 2000,
        amount_paid: null,
      },
    ])
    const intent = await intentOf(stripe, id)
    expect(intent).toMatchObject({ amount: 2000, currency: 'usd', customer: owner.id, latest_charge: null })
    expect(invoice.confirmation_secret).toEqual({
      client_secret: intent.client_secret,
      type: 'payment_intent',
    })
    expect((await stripe.charges.list({ customer: owner.id })).data).toEqual([])
    expect(await eventTypes(stripe, id, 'invoice.')).toEqual(expect.arrayContaining(['invoice.finalized']))
  })

  test('an invoice over nothing pays it', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [] })
    const invoice = await stripe.invoices.finalizeInvoice(id, { expand: ['payments'] })
    expect(invoice).toMatchObject({
      status: 'paid',
      attempted: true,
      attempt_count: 0,
      amount_due: 0,
      amount_paid: 0,
    })
    expect(invoice.number).toMatch(/-0001$/)
    expect(invoice.status_transitions.paid_at).toEqual(expect.any(Number))
    expect(invoice.payments?.data).toEqual([])
    const types = await eventTypes(stripe, id, 'invoice.')
    expect(types).toEqual(expect.arrayContaining(['invoice.created', 'invoice.finalized', 'invoice.paid']))
    expect(await refusalOf(stripe.invoices.pay(id))).toMatchObject({ status: 400 })
  })

  test.each([
    ['credit lowers what is due', -1000, 3000, { status: 'open', amount_due: 2000, ending_balance: 0 }, 0],
    [
      'more credit than needed pays',
      -5000,
      3000,
      { status: 'paid', amount_due: 0, ending_balance: -2000 },
      -2000,
    ],
    ['debt is added', 400, 3000, { status: 'open', amount_due: 3400, ending_balance: 0 }, 0],
    ['too little to charge moves to the balance', 0, 30, { status: 'paid', amount_due: 0 }, 30],
    [
      'a negative total becomes credit',
      0,
      -700,
      { status: 'paid', amount_due: 0, ending_balance: -700 },
      -700,
    ],
  ])('with a balance: %s', async (_, balance, amount, expected, left) => {
    const { stripe } = account
    const { id: owner } = await customer(stripe, { balance })
    const { id } = await draft(stripe, { customer: owner, amounts: [amount] })
    const invoice = await stripe.invoices.finalizeInvoice(id)
    expect(invoice).toMatchObject({ total: amount, starting_balance: balance, ...expected })
    expect(invoice.amount_remaining).toBe(invoice.amount_due - invoice.amount_paid)
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ balance: left })
  })

  test('leaves a balance of another currency alone', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe, { balance: -1000 })
    const { id } = await draft(stripe, { customer: owner, currency: 'eur' })
    expect(await stripe.invoices.finalizeInvoice(id)).toMatchObject({ amount_due: 2000 })
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ balance: -1000 })
  })

  test('numbers in sequence, without gaps for deleted drafts', async () => {
    const { stripe } = account
    const { id: owner, invoice_prefix: prefix } = await customer(stripe)
    const numbers: (string | null)[] = []
    for (let index = 0; index < 3; index += 1) {
      const { id } = await draft(stripe, { customer: owner, amounts: [] })
      await stripe.invoices.del(id)
      numbers.push((await openInvoice(stripe, { customer: owner })).number)
    }
    expect(numbers).toEqual([`${prefix}-0001`, `${prefix}-0002`, `${prefix}-0003`])
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ next_invoice_sequence: 4 })
    expect((await openInvoice(stripe)).number).not.toContain(prefix)
  })

  test('uses a number of the caller once', async () => {
    const { stripe } = account
    const number = `OWN-${Date.now()}`
    expect((await openInvoice(stripe, { number })).number).toBe(number)
    expect(await refusalOf(draft(stripe, { number }))).toMatchObject({ status: 400 })
  })

  test('keeps a date of issue that was given', async () => {
    const effective = Math.floor(Date.now() / 1000) - 86_400
    expect(await openInvoice(account.stripe, { effective_at: effective })).toMatchObject({
      effective_at: effective,
    })
  })
})
