import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, draft, idOf } from '@/sandbox/contract/scenes'

const account = useAccount()

const coupon = async (params: Stripe.CouponCreateParams) => (await account.stripe.coupons.create(params)).id

describe('a discount on an invoice', () => {
  test('is what becomes of a coupon', async () => {
    const { stripe } = account
    const id = await coupon({ percent_off: 10 })
    const made = await draft(stripe, { discounts: [{ coupon: id }], amounts: [2000, 1000] })
    const [discount] = made.discounts.map(idOf)
    expect(discount).toMatch(/^di_\w{24}$/)
    expect(made).toMatchObject({
      subtotal: 3000,
      subtotal_excluding_tax: 3000,
      total: 2700,
      total_excluding_tax: 2700,
      amount_due: 2700,
      total_discount_amounts: [{ amount: 300, discount }],
      total_pretax_credit_amounts: [{ amount: 300, discount, type: 'discount' }],
    })
    expect(made.lines.data.map((line) => [line.amount, line.discount_amounts, line.discounts])).toEqual([
      [2000, [{ amount: 200, discount }], []],
      [1000, [{ amount: 100, discount }], []],
    ])
    const expand = [
      'discounts.source.coupon',
      'total_discount_amounts.discount',
      'lines.data.discount_amounts.discount',
    ]
    expect(await stripe.invoices.retrieve(made.id, { expand })).toMatchObject({
      discounts: [
        {
          id: discount,
          object: 'discount',
          customer: made.customer,
          invoice: made.id,
          invoice_item: null,
          promotion_code: null,
          source: { type: 'coupon', coupon: { id, times_redeemed: 1 } },
        },
      ],
      total_discount_amounts: [{ discount: { object: 'discount' } }],
      lines: { data: [{ discount_amounts: [{ discount: { id: discount } }] }, {}] },
    })
  })

  test('is replaced with the whole list, goes on when named, and is cleared', async () => {
    const { stripe } = account
    const made = await draft(stripe, { discounts: [{ coupon: await coupon({ percent_off: 10 }) }] })
    const [first] = made.discounts.map(idOf)
    const more = await stripe.invoices.update(made.id, {
      discounts: [
        { coupon: await coupon({ amount_off: 500, currency: 'usd' }) },
        { discount: String(first) },
      ],
    })
    expect(more.discounts.map(idOf)[1]).toBe(first)
    expect(more.total).toBe(1350)
    const none = await stripe.invoices.update(made.id, { discounts: '' })
    expect(none).toMatchObject({ discounts: [], total: 2000, total_discount_amounts: [] })
  })

  test('that is refused leaves nothing behind', async () => {
    const { stripe } = account
    const { id } = await draft(stripe)
    const update = (discount: Stripe.InvoiceUpdateParams.Discount) =>
      refusalOf(stripe.invoices.update(id, { discounts: [discount] }))
    const gone = await coupon({ percent_off: 5 })
    await stripe.coupons.del(gone)
    for (const unknown of ['NO-SUCH', gone]) {
      expect(await update({ coupon: unknown })).toMatchObject({
        status: 400,
        code: 'resource_missing',
        param: 'discounts[0][coupon]',
      })
    }
    const single = await coupon({ percent_off: 5, max_redemptions: 1 })
    await draft(stripe, { discounts: [{ coupon: single }] })
    expect(await stripe.coupons.retrieve(single)).toMatchObject({ times_redeemed: 1, valid: false })
    expect(await update({ coupon: single })).toMatchObject({ status: 400, code: 'coupon_expired' })
    expect(await update({ coupon: single, discount: 'di_x' })).toMatchObject({ code: 'parameters_exclusive' })
    expect(await update({ discount: 'di_none' })).toMatchObject({ param: 'discounts[0][discount]' })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ discounts: [], total: 2000 })
  })

  test('skips what is not discountable, negative or of other products', async () => {
    const { stripe } = account
    const [one, other] = [
      await stripe.products.create({
        name: 'One',
        default_price_data: { currency: 'usd', unit_amount: 1000 },
      }),
      await stripe.products.create({
        name: 'Other',
        default_price_data: { currency: 'usd', unit_amount: 700 },
      }),
    ]
    const id = await coupon({ percent_off: 50, applies_to: { products: [one.id] } })
    const made = await draft(stripe, { amounts: [], discounts: [{ coupon: id }] })
    const filled = await stripe.invoices.addLines(made.id, {
      lines: [
        { pricing: { price: idOf(one.default_price) } },
        { pricing: { price: idOf(other.default_price) } },
        { pricing: { price: idOf(one.default_price) }, discountable: false },
        { amount: -100 },
      ],
    })
    expect(filled).toMatchObject({ subtotal: 2600, total: 2100 })
    expect(filled.lines.data.map(({ discount_amounts: off }) => off?.map(({ amount }) => amount))).toEqual([
      [500],
      [],
      [],
      [],
    ])
  })

  test('in another currency takes nothing off, unless the coupon has one in this', async () => {
    const { stripe } = account
    const params = { amount_off: 500, currency: 'usd' }
    const plain = await draft(stripe, { currency: 'eur', discounts: [{ coupon: await coupon(params) }] })
    expect(plain).toMatchObject({ total: 2000, total_discount_amounts: [{ amount: 0 }] })
    const both = await coupon({ ...params, currency_options: { eur: { amount_off: 450 } } })
    expect(await draft(stripe, { currency: 'eur', discounts: [{ coupon: both }] })).toMatchObject({
      total: 1550,
    })
  })

  test('never makes more than nothing of it', async () => {
    const { stripe } = account
    const made = await draft(stripe, {
      discounts: [{ coupon: await coupon({ amount_off: 9000, currency: 'usd' }) }],
    })
    expect(made).toMatchObject({ subtotal: 2000, total: 0, total_discount_amounts: [{ amount: 2000 }] })
    expect(await stripe.invoices.finalizeInvoice(made.id)).toMatchObject({ status: 'paid', total: 0 })
  })
})

describe('a discount on an item', () => {
  test('comes before those of the invoice, and is in its subtotal', async () => {
    const { stripe } = account
    const half = await coupon({ percent_off: 50 })
    const made = await draft(stripe, { amounts: [1000], discounts: [{ coupon: half }] })
    const item = await stripe.invoiceItems.create({
      customer: String(made.customer),
      invoice: made.id,
      amount: 2000,
      currency: 'usd',
      discounts: [{ coupon: half }],
    })
    const [own] = (item.discounts ?? []).map(idOf)
    expect(item).toMatchObject({ net_amount: expect.any(Number), discounts: [own] })
    const invoice = await stripe.invoices.retrieve(made.id)
    expect(invoice).toMatchObject({ subtotal: 2000, total: 1000 })
    expect(invoice.total_discount_amounts).toEqual(
      expect.arrayContaining([
        { amount: 1000, discount: own },
        { amount: 1000, discount: invoice.discounts.map(idOf)[0] },
      ]),
    )
    const expanded = await stripe.invoiceItems.retrieve(item.id, { expand: ['discounts'] })
    expect(expanded.discounts).toMatchObject([{ id: own, invoice: null, invoice_item: item.id }])
    await stripe.invoiceItems.update(item.id, { discounts: '' })
    expect(await stripe.invoices.retrieve(made.id)).toMatchObject({ subtotal: 3000, total: 1500 })
  })

  test('stays with a pending item until it is billed', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const item = await stripe.invoiceItems.create({
      customer: id,
      amount: 2000,
      currency: 'usd',
      discounts: [{ coupon: await coupon({ percent_off: 25 }) }],
    })
    expect(item).toMatchObject({ amount: 2000, net_amount: 1500 })
    const invoice = await stripe.invoices.create({ customer: id, pending_invoice_items_behavior: 'include' })
    expect(invoice).toMatchObject({ subtotal: 1500, total: 1500 })
    expect(invoice.lines.data[0]).toMatchObject({ amount: 2000, subtotal: 2000, discounts: item.discounts })
  })

  test('can be given and taken by lines', async () => {
    const { stripe } = account
    const made = await draft(stripe)
    const line = String(made.lines.data[0]?.id)
    const [first, second] = [await coupon({ percent_off: 10 }), await coupon({ percent_off: 20 })]
    await stripe.invoices.updateLines(made.id, { lines: [{ id: line, discounts: [{ coupon: first }] }] })
    expect(await stripe.invoices.retrieve(made.id)).toMatchObject({ total: 1800 })
    await stripe.invoices.updateLineItem(made.id, line, { discounts: [{ coupon: second }] })
    expect(await stripe.invoices.retrieve(made.id)).toMatchObject({ total: 1600 })
    const wrong = { id: line, discounts: [{ coupon: 'NO-SUCH' }] }
    expect(await refusalOf(stripe.invoices.updateLines(made.id, { lines: [wrong] }))).toMatchObject({
      code: 'resource_missing',
      param: 'lines[0][discounts][0][coupon]',
    })
  })

  test('is frozen once the invoice is final', async () => {
    const { stripe } = account
    const made = await draft(stripe)
    const { data } = await stripe.invoiceItems.list({ invoice: made.id })
    expect(data[0]).not.toHaveProperty('frozen_fields')
    await stripe.invoices.finalizeInvoice(made.id)
    const item = await stripe.invoiceItems.retrieve(String(data[0]?.id))
    expect(item.frozen_fields).toEqual(['discounts', 'pricing', 'quantity'])
    expect(await refusalOf(stripe.invoiceItems.update(item.id, { discounts: '' }))).toMatchObject({
      code: 'invoice_not_editable',
    })
    const late = refusalOf(stripe.invoices.update(made.id, { discounts: '' }))
    expect(await late).toMatchObject({ status: 400, param: 'discounts' })
  })
})

describe('a promotion code on an invoice', () => {
  const code = async (params: Partial<Stripe.PromotionCodeCreateParams> = {}) => {
    const promotion = { type: 'coupon' as const, coupon: await coupon({ percent_off: 10 }) }
    return account.stripe.promotionCodes.create({ promotion, ...params })
  }
  const redeem = (invoice: Stripe.Invoice, { id }: Stripe.PromotionCode) =>
    account.stripe.invoices.update(invoice.id, {
      discounts: [{ promotion_code: id }],
      expand: ['discounts.promotion_code'],
    })

  test('is redeemed with its coupon', async () => {
    const { stripe } = account
    const promotion = await code({ max_redemptions: 1 })
    expect(await redeem(await draft(stripe), promotion)).toMatchObject({
      total: 1800,
      discounts: [{ promotion_code: { id: promotion.id, times_redeemed: 1, active: false } }],
    })
    expect(await refusalOf(redeem(await draft(stripe), promotion))).toMatchObject({
      status: 400,
      param: 'discounts[0][promotion_code]',
    })
  })

  test('is good for its own customer, its first purchase and enough of it', async () => {
    const { stripe } = account
    const made = await draft(stripe)
    const stranger = await customer(stripe)
    expect(await refusalOf(redeem(made, await code({ customer: stranger.id })))).toMatchObject({
      status: 400,
    })
    expect(await redeem(made, await code({ customer: String(made.customer) }))).toMatchObject({ total: 1800 })

    const least = (minimum: number) =>
      code({ restrictions: { minimum_amount: minimum, minimum_amount_currency: 'usd' } })
    expect(await refusalOf(redeem(made, await least(2001)))).toMatchObject({ status: 400 })
    expect(await redeem(made, await least(2000))).toMatchObject({ total: 1800 })

    const first = await code({ restrictions: { first_time_transaction: true } })
    expect(await redeem(made, first)).toMatchObject({ total: 1800 })
    await stripe.invoices.pay(made.id, { paid_out_of_band: true })
    const next = await draft(stripe, { customer: String(made.customer) })
    expect(await refusalOf(redeem(next, first))).toMatchObject({
      status: 400,
      param: 'discounts[0][promotion_code]',
    })
  })
})
