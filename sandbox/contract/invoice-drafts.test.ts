import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, draft, eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()

const amountsOf = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ amount }) => amount).sort((a, b) => a - b)

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

describe('lines', () => {
  test('from a bare amount carry a hidden price', async () => {
    const { stripe } = account
    const invoice = await draft(stripe, { amounts: [] })
    const item = await stripe.invoiceItems.create({
      customer: String(invoice.customer),
      invoice: invoice.id,
      amount: 1234,
      currency: 'usd',
      description: 'Consulting',
      metadata: { project: 'x' },
    })
    expect(item).toMatchObject({
      object: 'invoiceitem',
      amount: 1234,
      currency: 'usd',
      discountable: true,
      invoice: invoice.id,
      quantity: 1,
      tax_rates: [],
      period: { start: item.date, end: item.date },
    })
    expect(item).not.toHaveProperty('created')
    const { lines, total } = await stripe.invoices.retrieve(invoice.id)
    expect(total).toBe(1234)
    const [line] = lines.data
    expect(line).toMatchObject({
      object: 'line_item',
      amount: 1234,
      subtotal: 1234,
      currency: 'usd',
      description: 'Consulting',
      discount_amounts: [],
      invoice: invoice.id,
      metadata: { project: 'x' },
      quantity: 1,
      parent: {
        type: 'invoice_item_details',
        invoice_item_details: { invoice_item: item.id, proration: false },
      },
      pricing: { type: 'price_details' },
    })
    expect(line?.id).toMatch(/^il_/)
    const price = await stripe.prices.retrieve(String(line?.pricing?.price_details?.price))
    expect(price).toMatchObject({ active: false, unit_amount: 1234, type: 'one_time' })
  })

  test('from a price multiply it', async () => {
    const { stripe } = account
    const price = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 4500,
      product_data: { name: 'Desk' },
    })
    const invoice = await draft(stripe, { amounts: [] })
    await stripe.invoiceItems.create({
      customer: String(invoice.customer),
      invoice: invoice.id,
      pricing: { price: price.id },
      quantity: 3,
    })
    const { lines, subtotal } = await stripe.invoices.retrieve(invoice.id)
    expect(lines.data[0]).toMatchObject({
      amount: 13_500,
      quantity: 3,
      description: 'Desk',
      pricing: { price_details: { price: price.id, product: price.product } },
    })
    expect(subtotal).toBe(13_500)
  })

  test.each([
    ['0.5', '1', 1],
    ['2.5', '1', 3],
    ['0.4', '1', 0],
    ['0.55', '3', 2],
    ['-2.5', '1', -3],
    ['10', '0', 0],
    ['10', '2.5', 25],
    ['0.333333333333', '3', 1],
    ['1000000.000001', '10', 10_000_000],
  ])('%s a piece times %s is %i', async (unit, quantity, amount) => {
    const { stripe } = account
    const invoice = await draft(stripe, { amounts: [] })
    const item = await stripe.invoiceItems.create({
      customer: String(invoice.customer),
      invoice: invoice.id,
      currency: 'usd',
      unit_amount_decimal: Stripe.Decimal.from(unit),
      ...(quantity.includes('.')
        ? { quantity_decimal: Stripe.Decimal.from(quantity) }
        : { quantity: Number(quantity) }),
    })
    expect(item.amount).toBe(amount)
    expect((await stripe.invoices.retrieve(invoice.id)).total).toBe(amount)
  })

  test('may be credits', async () => {
    const { stripe } = account
    const invoice = await draft(stripe, { amounts: [5000, -1200] })
    expect(invoice).toMatchObject({ subtotal: 3800, total: 3800, amount_due: 3800 })
    expect(amountsOf(invoice)).toEqual([-1200, 5000])
  })

  test.each<[string, object, object]>([
    ['an amount and a price', { amount: 1, pricing: { price: 'price_1' } }, {}],
    ['neither amount nor price', {}, {}],
    ['no currency', { amount: 1, currency: undefined }, {}],
    ['another currency than the invoice', { amount: 1, currency: 'eur' }, {}],
    ['an unknown price', { pricing: { price: 'price_nobody' } }, { code: 'resource_missing' }],
    [
      'an unknown invoice',
      { amount: 1, invoice: 'in_nobody' },
      { code: 'resource_missing', param: 'invoice' },
    ],
    [
      'a negative quantity',
      { unit_amount_decimal: Stripe.Decimal.from('1'), quantity: -1 },
      { param: 'quantity' },
    ],
    [
      'a fractional quantity',
      { unit_amount_decimal: Stripe.Decimal.from('1'), quantity: 1.5 },
      { param: 'quantity' },
    ],
    ['a period that ends before it starts', { amount: 1, period: { start: 10, end: 9 } }, {}],
    ['thirteen decimals', { unit_amount_decimal: '0.0000000000001' }, { param: 'unit_amount_decimal' }],
  ])('with %s are refused and leave nothing', async (_, params, expected) => {
    const { stripe } = account
    const invoice = await draft(stripe, { amounts: [] })
    const base = { customer: String(invoice.customer), invoice: invoice.id, currency: 'usd' }
    expect(await refusalOf(stripe.invoiceItems.create({ ...base, ...params }))).toMatchObject({
      status: 400,
      ...expected,
    })
    expect((await stripe.invoices.retrieve(invoice.id)).lines.data).toEqual([])
  })

  test('take neither archived nor recurring prices', async () => {
    const { stripe } = account
    const archived = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1,
      product_data: { name: 'Old' },
    })
    await stripe.prices.update(archived.id, { active: false })
    const recurring = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1,
      product_data: { name: 'Plan' },
      recurring: { interval: 'month' },
    })
    const { id } = await customer(stripe)
    for (const price of [archived.id, recurring.id]) {
      expect(await refusalOf(stripe.invoiceItems.create({ customer: id, pricing: { price } }))).toMatchObject(
        { status: 400 },
      )
    }
  })

  test('go when their item goes', async () => {
    const { stripe } = account
    const invoice = await draft(stripe, { amounts: [100, 200] })
    const items = await stripe.invoiceItems.list({ invoice: invoice.id })
    const { id } = items.data.find(({ amount }) => amount === 100)!
    expect(await stripe.invoiceItems.del(id)).toEqual({ id, object: 'invoiceitem', deleted: true })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      total: 200,
      lines: { total_count: 1 },
    })
    expect(await refusalOf(stripe.invoiceItems.retrieve(id))).toMatchObject({
      status: 404,
      code: 'resource_missing',
    })
  })

  test('change with their item', async () => {
    const { stripe } = account
    const invoice = await draft(stripe, { amounts: [100] })
    const [item] = (await stripe.invoiceItems.list({ invoice: invoice.id })).data
    await stripe.invoiceItems.update(item!.id, { amount: 350, description: 'Changed' })
    const changed = await stripe.invoices.retrieve(invoice.id)
    expect(changed.total).toBe(350)
    expect(changed.lines.data[0]).toMatchObject({ amount: 350, description: 'Changed' })
  })

  test('beyond ten are paged', async () => {
    const { stripe } = account
    const amounts = Array.from({ length: 23 }, (_, index) => 100 + index)
    const invoice = await draft(stripe, { amounts })
    expect(invoice.lines).toMatchObject({
      has_more: true,
      total_count: 23,
      url: `/v1/invoices/${invoice.id}/lines`,
    })
    expect(invoice.lines.data).toHaveLength(10)
    const all = await stripe.invoices
      .listLineItems(invoice.id, { limit: 5 })
      .autoPagingToArray({ limit: 1000 })
    expect(all.map(({ amount }) => amount).sort()).toEqual(amounts)
    expect(all.slice(0, 10)).toEqual(invoice.lines.data)
    expect(invoice.total).toBe(amounts.reduce((sum, amount) => sum + amount))
  })
})

describe('bulk changes', () => {
  test('add, change and remove lines in one call each', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [100] })
    const added = await stripe.invoices.addLines(id, {
      lines: [
        { amount: 250, description: 'One' },
        { price_data: { currency: 'usd', unit_amount: 70, product_data: { name: 'Two' } }, quantity: 2 },
      ],
      invoice_metadata: { step: 'added' },
    })
    expect(added).toMatchObject({ object: 'invoice', total: 490, metadata: { step: 'added' } })
    expect(amountsOf(added)).toEqual([100, 140, 250])
    const one = added.lines.data.find(({ description }) => description === 'One')!
    const updated = await stripe.invoices.updateLines(id, {
      lines: [{ id: one.id, amount: 300, description: 'Uno' }],
    })
    expect(updated.total).toBe(540)
    const line = await stripe.invoices.updateLineItem(id, one.id, {
      description: 'Eins',
      metadata: { a: 'b' },
    })
    expect(line).toMatchObject({
      object: 'line_item',
      id: one.id,
      description: 'Eins',
      amount: 300,
      metadata: { a: 'b' },
    })
    const removed = await stripe.invoices.removeLines(id, { lines: [{ id: one.id, behavior: 'delete' }] })
    expect(removed.total).toBe(240)
  })

  test('give an unassigned line back to the pending pool, and take it again', async () => {
    const { stripe } = account
    const invoice = await draft(stripe, { amounts: [100, 200] })
    const owner = String(invoice.customer)
    const hundred = invoice.lines.data.find(({ amount }) => amount === 100)!
    const { total } = await stripe.invoices.removeLines(invoice.id, {
      lines: [{ id: hundred.id, behavior: 'unassign' }],
    })
    expect(total).toBe(200)
    const [pending, ...others] = (await stripe.invoiceItems.list({ customer: owner, pending: true })).data
    expect(pending).toMatchObject({ amount: 100, invoice: null })
    expect(others).toEqual([])
    const back = await stripe.invoices.addLines(invoice.id, { lines: [{ invoice_item: pending!.id }] })
    expect(back.total).toBe(300)
    expect(
      await refusalOf(stripe.invoices.addLines(invoice.id, { lines: [{ invoice_item: pending!.id }] })),
    ).toMatchObject({
      status: 400,
    })
  })

  test('happen as a whole or not at all', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [100] })
    const good = { amount: 1 }
    for (const bad of [
      { amount: 1, quantity: 2 },
      { pricing: { price: 'price_nobody' } },
      { description: 'x' },
    ]) {
      expect(await refusalOf(stripe.invoices.addLines(id, { lines: [good, bad] }))).toMatchObject({
        status: 400,
      })
    }
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ total: 100, lines: { total_count: 1 } })
  })

  test('name the parameter that is wrong', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [] })
    expect(
      await refusalOf(stripe.invoices.addLines(id, { lines: [{ amount: 1, quantity: 2 }] })),
    ).toMatchObject({
      status: 400,
      param: 'lines[0][amount]',
    })
    expect(
      await refusalOf(stripe.invoices.updateLines(id, { lines: [{ id: 'il_nobody', amount: 1 }] })),
    ).toMatchObject({
      code: 'resource_missing',
    })
  })

  test('end at 250 lines', async () => {
    const { stripe } = account
    const { id, customer: owner } = await draft(stripe, { amounts: [] })
    const full = await stripe.invoices.addLines(id, {
      lines: Array.from({ length: 250 }, () => ({ amount: 1 })),
    })
    expect(full).toMatchObject({ total: 250, lines: { total_count: 250 } })
    expect(await refusalOf(stripe.invoices.addLines(id, { lines: [{ amount: 1 }] }))).toMatchObject({
      status: 400,
    })
    expect(
      await refusalOf(
        stripe.invoiceItems.create({ customer: String(owner), invoice: id, amount: 1, currency: 'usd' }),
      ),
    ).toMatchObject({ status: 400 })
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
