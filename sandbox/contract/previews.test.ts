import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, draft, idOf } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const item = (amount: number, rest: Partial<Stripe.InvoiceCreatePreviewParams.InvoiceItem> = {}) => ({
  amount,
  currency: 'usd',
  ...rest,
})

async function lamp(stripe: Stripe, unit_amount = 1200) {
  const product = await stripe.products.create({ name: 'Lamp' })
  return stripe.prices.create({ product: product.id, currency: 'usd', unit_amount })
}

describe('a preview', () => {
  test('shows the invoice of a customer, with pending items before the given ones', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, { balance: -500 })
    await stripe.invoiceItems.create({ customer: id, amount: 300, currency: 'usd', description: 'Older' })
    await stripe.invoiceItems.create({ customer: id, amount: 400, currency: 'usd', description: 'Newer' })
    await stripe.invoiceItems.create({ customer: id, amount: 99, currency: 'eur' })
    const price = await lamp(stripe)
    const preview = await stripe.invoices.createPreview({
      customer: id,
      invoice_items: [
        { price: price.id, quantity: 3 },
        { ...item(-100), description: 'Credit', metadata: { a: 'b' } },
        { unit_amount_decimal: '10.5' as never, quantity: 3, currency: 'usd' },
      ],
      expand: ['customer', 'lines.data.pricing.price_details.price'],
    })
    expect(preview).toMatchObject({
      object: 'invoice',
      status: 'draft',
      billing_reason: 'upcoming',
      currency: 'usd',
      customer: { id },
      customer_name: 'Lumen Labs',
      number: null,
      hosted_invoice_url: null,
      subtotal: 4232,
      total: 4232,
      starting_balance: -500,
      ending_balance: 0,
      amount_due: 3732,
    })
    expect(preview.id).toMatch(/^upcoming_in_1\w{23}$/)
    expect(preview.lines.data.map(({ description, amount }) => [description, amount])).toEqual([
      ['Newer', 400],
      ['Older', 300],
      ['Lamp', 3600],
      ['Credit', -100],
      [null, 32],
    ])
    for (const line of preview.lines.data) {
      expect(line.id).toMatch(/^il_tmp_1\w{23}$/)
      expect(line.invoice).toBe(preview.id)
      expect(line.pricing?.price_details?.price).toMatchObject({ object: 'price' })
    }
  })

  test('comes to what a draft of the same items comes to', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const amounts = [1999, -450, 0, 7]
    const preview = await stripe.invoices.createPreview({
      customer: id,
      invoice_items: amounts.map((amount) => item(amount)),
    })
    const real = await draft(stripe, { customer: id, amounts, collection_method: 'charge_automatically' })
    const own: (keyof Stripe.Invoice)[] = ['id', 'billing_reason', 'ending_balance', 'lines', 'created']
    own.push('period_end', 'period_start', 'webhooks_delivered_at')
    const rest = ({ ...invoice }: Stripe.Invoice) => {
      for (const key of own) delete invoice[key]
      return invoice
    }
    expect(rest(preview)).toEqual(rest(real))
  })

  test('leaves nothing behind: no invoice, item, event or change of the customer', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, { balance: -500 })
    const pending = await stripe.invoiceItems.create({ customer: id, amount: 300, currency: 'usd' })
    const [before, latest] = [await stripe.customers.retrieve(id), await stripe.events.list({ limit: 1 })]
    const { id: previewId } = await stripe.invoices.createPreview({
      customer: id,
      customer_details: { address: { country: 'DE' }, tax_exempt: 'exempt' },
      invoice_items: [item(5), { invoiceitem: pending.id, amount: 1 }],
    })
    expect((await stripe.invoices.list({ customer: id })).data).toEqual([])
    expect((await stripe.invoiceItems.list({ customer: id })).data).toEqual([pending])
    expect(await stripe.customers.retrieve(id)).toEqual(before)
    expect((await stripe.events.list({ limit: 1 })).data).toEqual(latest.data)
    for (const call of [
      stripe.invoices.finalizeInvoice(previewId),
      stripe.invoices.pay(previewId),
      stripe.invoices.update(previewId, { description: 'x' }),
      stripe.invoices.del(previewId),
      stripe.invoices.addLines(previewId, { lines: [{ amount: 1 }] }),
    ]) {
      expect(await refusalOf(call)).toMatchObject({ status: 404, code: 'resource_missing' })
    }
  })

  test('takes details of the customer for granted', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const preview = await stripe.invoices.createPreview({
      customer: id,
      customer_details: {
        address: { country: 'DE', city: 'Berlin' },
        shipping: { name: 'Dock 4', address: { country: 'AT' } },
        tax_exempt: 'reverse',
        tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
      },
      invoice_items: [item(5)],
    })
    expect(preview).toMatchObject({
      customer: id,
      customer_address: { country: 'DE', city: 'Berlin', line1: null },
      customer_shipping: { name: 'Dock 4', address: { country: 'AT' } },
      customer_tax_exempt: 'reverse',
      customer_tax_ids: [{ type: 'eu_vat', value: 'DE123456789' }],
    })
  })

  test('needs no customer at all', async () => {
    const { stripe } = sandbox
    const price = await stripe.prices.create({
      currency: 'eur',
      unit_amount: 700,
      product_data: { name: 'Tea' },
    })
    const preview = await stripe.invoices.createPreview({
      customer_details: { address: { country: 'FR' } },
      invoice_items: [{ price: price.id, quantity: 2 }],
    })
    expect(preview).toMatchObject({
      customer: null,
      customer_address: { country: 'FR' },
      customer_name: null,
      currency: 'eur',
      total: 1400,
      amount_due: 1400,
      starting_balance: 0,
      ending_balance: 0,
    })
  })

  test('changes a pending item on trial', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const price = await lamp(stripe, 50)
    const pending = await stripe.invoiceItems.create({
      customer: id,
      pricing: { price: price.id },
      quantity: 2,
    })
    const preview = await stripe.invoices.createPreview({
      customer: id,
      invoice_items: [{ invoiceitem: pending.id, quantity: 5, description: 'More' }],
    })
    expect(preview.lines.data).toMatchObject([{ amount: 250, quantity: 5, description: 'More' }])
    const foreign = await stripe.invoiceItems.create({
      customer: (await customer(stripe)).id,
      amount: 1,
      currency: 'usd',
    })
    const call = stripe.invoices.createPreview({ customer: id, invoice_items: [{ invoiceitem: foreign.id }] })
    expect(await refusalOf(call)).toMatchObject({ status: 400, param: 'invoice_items[0][invoiceitem]' })
  })

  test('can be read for 72 hours, all of its lines too', async () => {
    const { stripe, control } = sandbox
    const { id } = await customer(stripe)
    const preview = await stripe.invoices.createPreview({
      customer: id,
      invoice_items: Array.from({ length: 12 }, (_, at) => item(at)),
    })
    expect(preview.lines).toMatchObject({ has_more: true, total_count: 12 })
    expect(preview.lines.data).toHaveLength(10)
    const again = await stripe.invoices.retrieve(preview.id, { expand: ['customer'] })
    expect(again).toEqual({ ...preview, customer: await stripe.customers.retrieve(id) })
    const lines = await stripe.invoices.listLineItems(preview.id, { limit: 100 })
    expect(lines.data.map(({ amount }) => amount)).toEqual([...Array(12).keys()])
    await control('POST', 'clock', { advance_seconds: 72 * 3600 - 60 })
    expect((await stripe.invoices.retrieve(preview.id)).id).toBe(preview.id)
    await control('POST', 'clock', { advance_seconds: 60 })
    for (const call of [stripe.invoices.retrieve(preview.id), stripe.invoices.listLineItems(preview.id)]) {
      expect(await refusalOf(call)).toMatchObject({ status: 404, code: 'resource_missing' })
    }
  })

  test('takes its hidden prices and products along, and leaves those that somebody made usable', async () => {
    const { stripe, control } = sandbox
    const { id } = await customer(stripe)
    const preview = await stripe.invoices.createPreview({
      customer: id,
      invoice_items: [item(100), item(200), item(300)],
    })
    const [left, used, kept] = preview.lines.data.map(({ pricing }) => ({
      price: idOf(pricing?.price_details?.price),
      product: String(pricing?.price_details?.product),
    }))
    if (!left || !used || !kept) throw new Error('There are three lines')
    await stripe.prices.update(used.price, { active: true })
    await stripe.products.update(kept.product, { active: true })
    const draft = await stripe.invoices.create({ customer: id, currency: 'usd' })
    await stripe.invoiceItems.create({ customer: id, invoice: draft.id, amount: 400, currency: 'usd' })
    await control('POST', 'clock', { advance_seconds: 74 * 3600 })
    for (const gone of [
      stripe.prices.retrieve(left.price),
      stripe.products.retrieve(left.product),
      stripe.prices.retrieve(kept.price),
    ]) {
      expect(await refusalOf(gone)).toMatchObject({ status: 404, code: 'resource_missing' })
    }
    expect(await stripe.prices.retrieve(used.price, { expand: ['product'] })).toMatchObject({
      active: true,
      product: { id: used.product },
    })
    expect((await stripe.products.retrieve(kept.product)).active).toBe(true)
    const { lines } = await stripe.invoices.retrieve(draft.id)
    const own = await stripe.prices.retrieve(idOf(lines.data[0]?.pricing?.price_details?.price))
    expect(own.unit_amount).toBe(400)
  })
})

describe('is refused', () => {
  test('when there is nothing to show', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    expect(await refusalOf(stripe.invoices.createPreview({ customer: id }))).toMatchObject({
      status: 404,
      code: 'invoice_upcoming_none',
    })
    expect(await refusalOf(stripe.invoices.createPreview({ invoice_items: [item(1)] }))).toMatchObject({
      status: 400,
      code: 'parameter_missing',
      param: 'customer',
    })
  })

  test('with items that do not fit', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const wrong: [string, Stripe.InvoiceCreatePreviewParams.InvoiceItem[]][] = [
      ['invoice_items[0][amount]', [{ quantity: 2 }]],
      ['invoice_items[0][price]', [{ price: 'price_none' }]],
      ['invoice_items[1][currency]', [item(1), item(1, { currency: 'eur' })]],
      ['invoice_items[0][unit_amount]', [{ unit_amount: 1, unit_amount_decimal: '1' as never }]],
      ['invoice_items[0][quantity]', [{ unit_amount: 1, quantity: -1 }]],
      ['invoice_items', Array.from({ length: 251 }, () => item(1))],
    ]
    for (const [param, invoice_items] of wrong) {
      const call = stripe.invoices.createPreview({ customer: id, currency: 'usd', invoice_items })
      expect(await refusalOf(call)).toMatchObject({ status: 400, param })
    }
  })

  test('for subscriptions, and for customers that are unknown or gone', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    for (const [param, rest] of [
      ['subscription', { subscription: 'sub_1' }],
      ['subscription_details', { subscription_details: { cancel_at_period_end: true } }],
      ['schedule', { schedule: 'sub_sched_1' }],
      ['preview_mode', { preview_mode: 'recurring' as const }],
    ] as const) {
      const call = stripe.invoices.createPreview({ customer: id, invoice_items: [item(1)], ...rest })
      expect(await refusalOf(call)).toMatchObject({ status: 400, param })
    }
    const gone = await customer(stripe)
    await stripe.customers.del(gone.id)
    for (const missing of ['cus_none', gone.id]) {
      const call = stripe.invoices.createPreview({ customer: missing, invoice_items: [item(1)] })
      expect(await refusalOf(call)).toMatchObject({
        status: 400,
        code: 'resource_missing',
        param: 'customer',
      })
    }
  })

  test('at its old address', async () => {
    const { send } = sandbox
    for (const path of ['upcoming', 'upcoming/lines']) {
      expect(await send('GET', `/v1/invoices/${path}`, undefined)).toMatchObject({ status: 404 })
    }
  })
})
