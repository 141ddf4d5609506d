import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, draft, eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()

describe('a new invoice', () => {
  test('starts as recorded', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const invoice = await stripe.invoices.create({ customer: id })
    expect(invoice).toMatchObject({
      object: 'invoice',
      amount_due: 0,
      amount_overpaid: 0,
      amount_paid: 0,
      amount_remaining: 0,
      amount_shipping: 0,
      attempt_count: 0,
      attempted: false,
      auto_advance: false,
      automatic_tax: { enabled: false },
      automatically_finalizes_at: null,
      billing_reason: 'manual',
      collection_method: 'charge_automatically',
      currency: 'usd',
      custom_fields: null,
      customer: id,
      customer_email: 'accounts@lumen.example',
      customer_name: 'Lumen Labs',
      default_payment_method: null,
      default_tax_rates: [],
      description: null,
      discounts: [],
      due_date: null,
      effective_at: null,
      ending_balance: null,
      footer: null,
      from_invoice: null,
      hosted_invoice_url: null,
      invoice_pdf: null,
      issuer: { type: 'self' },
      last_finalization_error: null,
      latest_revision: null,
      livemode: false,
      metadata: {},
      next_payment_attempt: null,
      number: null,
      parent: null,
      period_start: invoice.created,
      period_end: invoice.created,
      post_payment_credit_notes_amount: 0,
      pre_payment_credit_notes_amount: 0,
      starting_balance: 0,
      status: 'draft',
      status_transitions: {
        finalized_at: null,
        marked_uncollectible_at: null,
        paid_at: null,
        voided_at: null,
      },
      subtotal: 0,
      total: 0,
    })
    expect(invoice.lines).toMatchObject({ object: 'list', data: [], has_more: false, total_count: 0 })
    expect(invoice.id).toMatch(/^in_\w{24}$/)
    for (const gone of ['paid', 'charge', 'payment_intent', 'tax', 'subscription', 'payments']) {
      expect(invoice).not.toHaveProperty(gone)
    }
    expect(await eventTypes(stripe, invoice.id, 'invoice.')).toEqual(['invoice.created'])
  })

  test('is due so many whole days after its creation', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const send = (days: number) =>
      stripe.invoices.create({ customer: id, collection_method: 'send_invoice', days_until_due: days })
    const month = await send(30)
    expect(month.due_date).toBe(month.created + 30 * 86_400)
    const now = await send(0)
    expect(now.due_date).toBe(now.created)
    expect(month).not.toHaveProperty('days_until_due')
  })

  test.each<[string, object, object]>([
    ['sent without a due date', { collection_method: 'send_invoice' }, {}],
    ['charged automatically with a due date', { days_until_due: 3 }, {}],
    ['charged automatically with a date', { due_date: Math.floor(Date.now() / 1000) + 999 }, {}],
    [
      'with both forms of a due date',
      { collection_method: 'send_invoice', days_until_due: 1, due_date: Math.floor(Date.now() / 1000) + 999 },
      {},
    ],
    [
      'with a negative term',
      { collection_method: 'send_invoice', days_until_due: -1 },
      { param: 'days_until_due' },
    ],
    ['of an unknown way of collection', { collection_method: 'beg' }, { param: 'collection_method' }],
    ['for an unknown customer', { customer: 'cus_nobody' }, { code: 'resource_missing', param: 'customer' }],
    ['for nobody', { customer: undefined }, {}],
    ['with lines', { lines: [{ amount: 1 }] }, { code: 'parameter_unknown' }],
    ['with too long a number', { number: 'N'.repeat(27) }, { param: 'number' }],
    [
      'with five custom fields',
      { custom_fields: Array.from({ length: 5 }, () => ({ name: 'a', value: 'b' })) },
      {},
    ],
    ["with somebody else's card", { default_payment_method: 'pm_nobody' }, { code: 'resource_missing' }],
  ])('%s is refused', async (_, params, expected) => {
    const { id } = await customer(account.stripe)
    expect(await refusalOf(account.stripe.invoices.create({ customer: id, ...params }))).toMatchObject({
      status: 400,
      type: 'invalid_request_error',
      ...expected,
    })
  })

  test('takes pending items only when asked, and only those of its currency', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    for (const [amount, currency] of [
      [100, 'usd'],
      [200, 'usd'],
      [400, 'eur'],
    ] as const) {
      await stripe.invoiceItems.create({ customer: id, amount, currency })
    }
    const without = await stripe.invoices.create({ customer: id })
    expect(without.lines.data).toEqual([])
    const [pending] = (await stripe.invoiceItems.list({ customer: id, pending: true })).data
    expect(pending).toMatchObject({ object: 'invoiceitem', invoice: null, amount: 400 })
    const included = await stripe.invoices.create({
      customer: id,
      currency: 'usd',
      pending_invoice_items_behavior: 'include',
    })
    expect(included.lines.data.map(({ amount }) => amount)).toEqual([200, 100])
    expect(included).toMatchObject({ total: 300, amount_due: 300, currency: 'usd' })
    const left = await stripe.invoiceItems.list({ customer: id, pending: true })
    expect(left.data.map(({ amount }) => amount)).toEqual([400])
  })
})

describe('a draft', () => {
  test('changes everything that a customer sees', async () => {
    const { stripe } = account
    const { id, due_date: due } = await draft(stripe)
    const changed = await stripe.invoices.update(id, {
      description: 'Thank you',
      footer: 'Ltd.',
      custom_fields: [{ name: 'Order', value: 'PO-7' }],
      days_until_due: 7,
      metadata: { a: '1' },
      number: `D-${Date.now()}`,
    })
    expect(changed).toMatchObject({
      description: 'Thank you',
      footer: 'Ltd.',
      custom_fields: [{ name: 'Order', value: 'PO-7' }],
      metadata: { a: '1' },
    })
    expect(changed.due_date).toBe(Number(due) - 23 * 86_400)
    const cleared = await stripe.invoices.update(id, {
      description: '',
      custom_fields: '',
      number: '',
      footer: '',
    })
    expect(cleared).toMatchObject({ description: null, custom_fields: null, number: null, footer: null })
  })

  test('keeps customer and currency', async () => {
    const { id } = await draft(account.stripe)
    for (const change of [{ customer: 'cus_x' }, { currency: 'eur' }]) {
      expect(await refusalOf(account.stripe.invoices.update(id, change as object))).toMatchObject({
        status: 400,
      })
    }
  })

  test('makes no event of an update that changes nothing', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [], description: 'Same' })
    await stripe.invoices.update(id, { description: 'Same' })
    expect(await eventTypes(stripe, id, 'invoice.')).toEqual(['invoice.created'])
  })

  test('is deleted with its items, and only a draft is', async () => {
    const { stripe } = account
    const { id, customer: owner } = await draft(stripe)
    expect(await stripe.invoices.del(id)).toEqual({ id, object: 'invoice', deleted: true })
    const missing = { status: 404, code: 'resource_missing', param: 'invoice' }
    expect(await refusalOf(stripe.invoices.retrieve(id))).toMatchObject(missing)
    expect(await refusalOf(stripe.invoices.del(id))).toMatchObject(missing)
    expect((await stripe.invoices.list({ customer: String(owner) })).data).toEqual([])
    expect((await stripe.invoiceItems.list({ customer: String(owner) })).data).toEqual([])
    expect((await eventTypes(stripe, id, 'invoice.')).at(-1)).toBe('invoice.deleted')
  })
})
