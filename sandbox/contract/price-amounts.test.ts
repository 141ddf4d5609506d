import Stripe from 'stripe'
import { beforeAll, describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer } from '@/sandbox/contract/scenes'

const account = useAccount()
let product = ''
beforeAll(async () => {
  product = (await account.stripe.products.create({ name: 'Desk' })).id
})

const create = (params: Partial<Stripe.PriceCreateParams>) =>
  account.stripe.prices.create({ product, currency: 'usd', ...params })

const graduated = {
  billing_scheme: 'tiered',
  tiers_mode: 'graduated',
  tiers: [
    { up_to: 5, unit_amount: 500, flat_amount: 1000 },
    { up_to: 'inf', unit_amount_decimal: Stripe.Decimal.from('33.5') },
  ],
} satisfies Partial<Stripe.PriceCreateParams>

describe('tiers', () => {
  test('are kept in both forms and shown when asked for', async () => {
    const price = await create(graduated)
    expect(price).toMatchObject({
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      unit_amount: null,
      unit_amount_decimal: null,
    })
    expect(price).not.toHaveProperty('tiers')
    const { tiers } = await account.stripe.prices.retrieve(price.id, { expand: ['tiers'] })
    expect(JSON.parse(JSON.stringify(tiers))).toEqual([
      {
        flat_amount: 1000,
        flat_amount_decimal: '1000',
        unit_amount: 500,
        unit_amount_decimal: '500',
        up_to: 5,
      },
      {
        flat_amount: null,
        flat_amount_decimal: null,
        unit_amount: null,
        unit_amount_decimal: '33.5',
        up_to: null,
      },
    ])
  })

  test.each<[string, Partial<Stripe.PriceCreateParams>, string]>([
    ['without their scheme', { ...graduated, billing_scheme: undefined }, 'tiers'],
    ['without a mode', { ...graduated, tiers_mode: undefined }, 'tiers_mode'],
    ['that are missing', { billing_scheme: 'tiered', tiers_mode: 'volume', unit_amount: 1 }, 'tiers'],
    ['without an open end', { ...graduated, tiers: [{ up_to: 5, unit_amount: 1 }] }, 'tiers'],
    [
      'that go back',
      {
        ...graduated,
        tiers: [
          { up_to: 5, unit_amount: 1 },
          { up_to: 5, unit_amount: 1 },
          { up_to: 'inf', unit_amount: 1 },
        ],
      },
      'tiers[1][up_to]',
    ],
    ['that cost nothing known', { ...graduated, tiers: [{ up_to: 'inf' }] }, 'tiers[0][unit_amount]'],
    [
      'with a flat fraction',
      { ...graduated, tiers: [{ up_to: 'inf', flat_amount_decimal: Stripe.Decimal.from('1.5') }] },
      'tiers[0][flat_amount_decimal]',
    ],
    ['beside a unit amount', { ...graduated, unit_amount: 1 }, 'unit_amount'],
    [
      'beside packages',
      { ...graduated, transform_quantity: { divide_by: 2, round: 'up' } },
      'transform_quantity',
    ],
  ])('%s are refused', async (_, params, param) => {
    expect(await refusalOf(create(params))).toMatchObject({ status: 400, param })
  })
})

describe('an amount of the customer’s choice', () => {
  test('has its bounds', async () => {
    const price = await create({ custom_unit_amount: { enabled: true, minimum: 100, preset: 500 } })
    expect(price).toMatchObject({
      custom_unit_amount: { minimum: 100, maximum: null, preset: 500 },
      unit_amount: null,
      unit_amount_decimal: null,
    })
  })

  test.each<[Partial<Stripe.PriceCreateParams>, string]>([
    [{ custom_unit_amount: { enabled: true, minimum: 10 } }, 'custom_unit_amount[minimum]'],
    [{ custom_unit_amount: { enabled: true, minimum: 200, maximum: 100 } }, 'custom_unit_amount[maximum]'],
    [{ custom_unit_amount: { enabled: true, maximum: 100, preset: 101 } }, 'custom_unit_amount[preset]'],
    [{ custom_unit_amount: { enabled: true }, unit_amount: 5 }, 'unit_amount'],
    [{ custom_unit_amount: { enabled: true }, recurring: { interval: 'day' } }, 'custom_unit_amount'],
  ])('%j is refused', async (params, param) => {
    expect(await refusalOf(create(params))).toMatchObject({ status: 400, param })
  })
})

describe('currency options', () => {
  const options = {
    eur: { unit_amount: 900 },
    jpy: { unit_amount: 1500, tax_behavior: 'inclusive' },
  } as const

  test('stand beside the price’s own currency, when asked for', async () => {
    const price = await create({ unit_amount: 1000, currency_options: options })
    expect(price).not.toHaveProperty('currency_options')
    const shown = await account.stripe.prices.retrieve(price.id, { expand: ['currency_options'] })
    expect(Object.keys(shown.currency_options ?? {}).sort()).toEqual(['eur', 'jpy', 'usd'])
    expect(JSON.parse(JSON.stringify(shown.currency_options))).toMatchObject({
      eur: {
        custom_unit_amount: null,
        tax_behavior: 'unspecified',
        unit_amount: 900,
        unit_amount_decimal: '900',
      },
      jpy: { unit_amount: 1500, tax_behavior: 'inclusive' },
      usd: { unit_amount: 1000 },
    })
  })

  test('are changed one by one and cleared by empty text', async () => {
    const { stripe } = account
    const { id } = await create({ unit_amount: 1000, currency_options: options })
    const expand = ['currency_options']
    const changed = await stripe.prices.update(id, {
      currency_options: { eur: { unit_amount: 950, tax_behavior: 'exclusive' }, gbp: { unit_amount: 800 } },
      expand,
    })
    expect(changed.currency_options).toMatchObject({
      eur: { unit_amount: 950, tax_behavior: 'exclusive' },
      gbp: { unit_amount: 800 },
      jpy: { unit_amount: 1500 },
    })
    const cleared = await stripe.prices.update(id, { currency_options: '', expand })
    expect(Object.keys(cleared.currency_options ?? {})).toEqual(['usd'])
  })

  test('show their tiers when asked for them too', async () => {
    const inEuro = [
      { up_to: 5, unit_amount: 450 },
      { up_to: 'inf' as const, unit_amount: 30 },
    ]
    const { id } = await create({ ...graduated, currency_options: { eur: { tiers: inEuro } } })
    const { currency_options: shown } = await account.stripe.prices.retrieve(id, {
      expand: ['currency_options.eur.tiers'],
    })
    expect(shown?.eur?.tiers).toMatchObject([{ up_to: 5, unit_amount: 450 }, { up_to: null }])
    expect(shown?.usd).not.toHaveProperty('tiers')
  })

  test.each<[string, Partial<Stripe.PriceCreateParams>, string]>([
    ['of the own currency', { currency_options: { usd: { unit_amount: 1 } } }, 'currency_options[usd]'],
    ['of an unknown currency', { currency_options: { xxx: { unit_amount: 1 } } }, 'currency_options[xxx]'],
    [
      'without an amount',
      { currency_options: { eur: { tax_behavior: 'inclusive' } } },
      'currency_options[eur][unit_amount]',
    ],
    [
      'of another kind',
      { currency_options: { eur: { tiers: [{ up_to: 'inf', unit_amount: 1 }] } } },
      'currency_options[eur]',
    ],
    [
      'finer than the currency',
      { currency_options: { kwd: { unit_amount: 1001 } } },
      'currency_options[kwd][unit_amount]',
    ],
  ])('%s are refused', async (_, params, param) => {
    expect(await refusalOf(create({ unit_amount: 1000, ...params }))).toMatchObject({ status: 400, param })
  })

  test('keep a tax behavior that says something', async () => {
    const { id } = await create({ unit_amount: 1000, tax_behavior: 'exclusive', currency_options: options })
    const change = (params: Stripe.PriceUpdateParams) => account.stripe.prices.update(id, params)
    expect(await refusalOf(change({ tax_behavior: 'inclusive' }))).toMatchObject({ param: 'tax_behavior' })
    expect(
      await refusalOf(change({ currency_options: { jpy: { tax_behavior: 'exclusive' } } })),
    ).toMatchObject({ param: 'currency_options[jpy][tax_behavior]' })
    expect(await change({ tax_behavior: 'exclusive' })).toMatchObject({ tax_behavior: 'exclusive' })
  })
})

describe('an item', () => {
  async function itemOf(price: string, params: Partial<Stripe.InvoiceItemCreateParams>) {
    const { id } = await customer(account.stripe)
    return account.stripe.invoiceItems.create({ customer: id, pricing: { price }, ...params })
  }

  test('with a tiered price pays each step, also when its quantity changes', async () => {
    const { id } = await create(graduated)
    const item = await itemOf(id, { quantity: 8 })
    expect(item).toMatchObject({ amount: 3601, quantity: 8, pricing: { unit_amount_decimal: null } })
    expect(await account.stripe.invoiceItems.update(item.id, { quantity: 5 })).toMatchObject({ amount: 3500 })
    expect(await account.stripe.invoiceItems.update(item.id, { quantity: 0 })).toMatchObject({ amount: 1000 })
  })

  test('with a package price pays whole packages', async () => {
    const { id } = await create({ unit_amount: 700, transform_quantity: { divide_by: 10, round: 'up' } })
    const item = await itemOf(id, { quantity: 11 })
    expect(item).toMatchObject({ amount: 1400, quantity: 11 })
    expect(String(item.pricing?.unit_amount_decimal)).toBe('700')
  })

  test('pays in the currency of its invoice, of its own wish, or of its customer', async () => {
    const { stripe } = account
    const { id } = await create({ unit_amount: 1000, currency_options: { eur: { unit_amount: 900 } } })
    expect(await itemOf(id, { quantity: 2 })).toMatchObject({ currency: 'usd', amount: 2000 })
    expect(await itemOf(id, { currency: 'eur' })).toMatchObject({ currency: 'eur', amount: 900 })
    const buyer = await customer(stripe)
    const { id: invoice } = await stripe.invoices.create({ customer: buyer.id, currency: 'eur' })
    const billed = await stripe.invoiceItems.create({ customer: buyer.id, invoice, pricing: { price: id } })
    expect(billed).toMatchObject({ currency: 'eur', amount: 900 })
    expect(await itemOf(id, { customer: buyer.id })).toMatchObject({ currency: 'eur', amount: 900 })
    expect(await refusalOf(itemOf(id, { currency: 'gbp' }))).toMatchObject({ status: 400 })
  })

  test.each<[string, Partial<Stripe.PriceCreateParams>]>([
    ['recurring', { unit_amount: 5, recurring: { interval: 'month' } }],
    ['inactive', { unit_amount: 5, active: false }],
    ['chosen by the customer', { custom_unit_amount: { enabled: true } }],
  ])('takes no price that is %s', async (_, params) => {
    const { id } = await create(params)
    expect(await refusalOf(itemOf(id, {}))).toMatchObject({ status: 400, param: 'pricing[price]' })
  })
})
