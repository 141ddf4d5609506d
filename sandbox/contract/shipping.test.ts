import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { draft } from '@/sandbox/contract/scenes'

const account = useAccount()
const ground = { display_name: 'Ground', fixed_amount: { amount: 500, currency: 'usd' } }

describe('a shipping rate', () => {
  test('starts with what Stripe assumes', async () => {
    const { stripe } = account
    const rate = await stripe.shippingRates.create({
      ...ground,
      delivery_estimate: { minimum: { unit: 'business_day', value: 2 } },
    })
    expect(rate).toMatchObject({
      object: 'shipping_rate',
      active: true,
      delivery_estimate: { minimum: { unit: 'business_day', value: 2 }, maximum: null },
      display_name: 'Ground',
      fixed_amount: { amount: 500, currency: 'usd' },
      livemode: false,
      metadata: {},
      tax_behavior: 'unspecified',
      tax_code: null,
      type: 'fixed_amount',
    })
    expect(rate.id).toMatch(/^shr_\w{24}$/)
    expect(await stripe.shippingRates.retrieve(rate.id)).toMatchObject({ id: rate.id })
  })

  test('changes in whether it is active, its metadata, other currencies and once in tax behavior', async () => {
    const { stripe } = account
    const { id } = await stripe.shippingRates.create(ground)
    const changed = await stripe.shippingRates.update(id, {
      active: false,
      metadata: { a: '1' },
      tax_behavior: 'exclusive',
      fixed_amount: { currency_options: { eur: { amount: 450 } } },
      expand: ['fixed_amount.currency_options'],
    })
    expect(changed).toMatchObject({
      active: false,
      metadata: { a: '1' },
      tax_behavior: 'exclusive',
      fixed_amount: {
        currency_options: {
          usd: { amount: 500, tax_behavior: 'exclusive' },
          eur: { amount: 450, tax_behavior: 'unspecified' },
        },
      },
    })
    expect(await refusalOf(stripe.shippingRates.update(id, { tax_behavior: 'inclusive' }))).toMatchObject({
      param: 'tax_behavior',
    })
    const { data } = await stripe.shippingRates.list({ active: false, currency: 'eur' })
    expect(data.map((rate) => rate.id)).toEqual([id])
  })

  test.each([
    [{ display_name: undefined }, 'display_name'],
    [{ fixed_amount: undefined }, 'fixed_amount'],
    [{ fixed_amount: { amount: -1, currency: 'usd' } }, 'fixed_amount[amount]'],
    [{ display_name: 'x'.repeat(101) }, 'display_name'],
  ])('is refused with %j', async (wrong, param) => {
    const refused = refusalOf(account.stripe.shippingRates.create({ ...ground, ...wrong } as never))
    expect(await refused).toMatchObject({ status: 400, param })
  })
})

describe('shipping on an invoice', () => {
  test('is part of its total and taxed like it, and can be taken off', async () => {
    const { stripe } = account
    const { id: vat } = await stripe.taxRates.create({
      display_name: 'VAT',
      percentage: 10,
      inclusive: false,
    })
    const rate = await stripe.shippingRates.create(ground)
    const made = await draft(stripe, {
      amounts: [1000],
      default_tax_rates: [vat],
      shipping_cost: { shipping_rate: rate.id },
    })
    expect(made).toMatchObject({
      amount_shipping: 550,
      shipping_cost: { amount_subtotal: 500, amount_tax: 50, amount_total: 550, shipping_rate: rate.id },
      subtotal: 1000,
      total: 1650,
      total_excluding_tax: 1500,
      total_taxes: [{ amount: 100 }],
    })
    const expand = ['shipping_cost.shipping_rate', 'shipping_cost.taxes']
    expect(await stripe.invoices.retrieve(made.id, { expand })).toMatchObject({
      shipping_cost: {
        shipping_rate: { id: rate.id },
        taxes: [{ amount: 50, rate: { id: vat }, taxability_reason: null, taxable_amount: 500 }],
      },
    })
    expect(await stripe.invoices.update(made.id, { shipping_cost: '' })).toMatchObject({
      amount_shipping: 0,
      shipping_cost: null,
      total: 1100,
    })
  })

  test('can be said right there', async () => {
    const { stripe } = account
    const made = await draft(stripe, {
      shipping_cost: { shipping_rate_data: { ...ground, type: 'fixed_amount' } },
    })
    expect(made).toMatchObject({ amount_shipping: 500, total: 2500, shipping_cost: { amount_total: 500 } })
    expect(await stripe.shippingRates.retrieve(String(made.shipping_cost?.shipping_rate))).toMatchObject(
      ground,
    )
  })

  test('has to be possible in its currency, and offered', async () => {
    const { stripe } = account
    const rate = await stripe.shippingRates.create({
      ...ground,
      fixed_amount: { amount: 500, currency: 'eur' },
    })
    const { id } = await draft(stripe)
    const ship = () => refusalOf(stripe.invoices.update(id, { shipping_cost: { shipping_rate: rate.id } }))
    expect(await ship()).toMatchObject({ status: 400, param: 'shipping_cost[shipping_rate]' })
    await stripe.shippingRates.update(rate.id, {
      active: false,
      fixed_amount: { currency_options: { usd: { amount: 550 } } },
    })
    expect(await ship()).toMatchObject({ status: 400, param: 'shipping_cost[shipping_rate]' })
    await stripe.shippingRates.update(rate.id, { active: true })
    const shipped = await stripe.invoices.update(id, { shipping_cost: { shipping_rate: rate.id } })
    expect(shipped).toMatchObject({ amount_shipping: 550 })
  })
})
