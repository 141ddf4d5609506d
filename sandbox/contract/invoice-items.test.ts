import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, draft, first } from '@/sandbox/contract/scenes'

const account = useAccount()

const amountsOf = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ amount }) => amount).sort((a, b) => a - b)

describe('lines of a draft', () => {
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
    const { id } = first(items.data.filter(({ amount }) => amount === 100))
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
    const item = first((await stripe.invoiceItems.list({ invoice: invoice.id })).data)
    await stripe.invoiceItems.update(item.id, { amount: 350, description: 'Changed' })
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
