import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()

describe('a product', () => {
  test('has measures, a tax code and features for its page, and loses them by empty text', async () => {
    const { stripe } = account
    const product = await stripe.products.create({
      name: 'Desk',
      images: ['https://desk.example/a.png'],
      marketing_features: [{ name: 'Oak' }],
      package_dimensions: { height: 1.25, length: 2, weight: 3.5, width: 4 },
      shippable: true,
      tax_code: 'txcd_99999999',
      type: 'good',
      url: 'https://desk.example',
    })
    expect(product).toMatchObject({
      marketing_features: [{ name: 'Oak' }],
      package_dimensions: { height: 1.25, length: 2, weight: 3.5, width: 4 },
      shippable: true,
      tax_code: 'txcd_99999999',
      tax_details: null,
      type: 'good',
    })
    const cleared = await stripe.products.update(product.id, {
      images: '',
      marketing_features: '',
      package_dimensions: '',
      tax_code: '',
      url: '',
    })
    expect(cleared).toMatchObject({
      images: [],
      marketing_features: [],
      package_dimensions: null,
      tax_code: null,
      url: null,
      shippable: true,
    })
    expect(await eventTypes(stripe, product.id, 'product.')).toEqual(['product.created', 'product.updated'])
  })

  test('says its tax code in both places', async () => {
    const { stripe } = account
    const product = await stripe.products.create({
      name: 'Desk',
      tax_details: { tax_code: 'txcd_10000000' },
    })
    const both = (code: string | null) => ({
      tax_code: code,
      tax_details: { tax_code: code, performance_location: null },
    })
    expect(product).toMatchObject(both('txcd_10000000'))
    const update = (params: object) => stripe.products.update(product.id, params)
    expect(await update({ name: 'Table', tax_code: 'txcd_20000000' })).toMatchObject({
      ...both('txcd_20000000'),
      name: 'Table',
    })
    expect(await update({ tax_details: '' })).toMatchObject({ tax_code: null, tax_details: null })
  })

  test.each([
    [{ tax_code: 'txcd_x' }, { code: 'resource_missing', param: 'tax_code' }],
    [{ tax_code: 'txcd_10000000', tax_details: { tax_code: 'txcd_20000000' } }, { param: 'tax_code' }],
    [
      { package_dimensions: { height: 1.234, length: 1, weight: 1, width: 1 } },
      { param: 'package_dimensions[height]' },
    ],
    [{ package_dimensions: { height: 1 } }, { param: 'package_dimensions[length]' }],
    [{ images: Array(9).fill('https://desk.example/a.png') }, { param: 'images' }],
    [{ marketing_features: [{ name: 'x'.repeat(81) }] }, { param: 'marketing_features[0][name]' }],
    [{ unit_label: 'x'.repeat(13) }, { param: 'unit_label' }],
    [{ statement_descriptor: 'DESK <1>' }, { param: 'statement_descriptor' }],
    [{ url: 'desk' }, { code: 'url_invalid', param: 'url' }],
    [{ name: '' }, { code: 'parameter_invalid_empty', param: 'name' }],
  ])('with %j is refused', async (params, expected) => {
    const created = account.stripe.products.create({ name: 'Desk', ...params } as { name: string })
    expect(await refusalOf(created)).toMatchObject({ status: 400, ...expected })
  })

  test('brings a default price with its currencies, and offers another active one of its own', async () => {
    const { stripe } = account
    const product = await stripe.products.create({
      name: 'Desk',
      default_price_data: {
        currency: 'usd',
        unit_amount: 4500,
        currency_options: { eur: { unit_amount: 4000 } },
      },
      expand: ['default_price.currency_options'],
    })
    expect(product.default_price).toMatchObject({
      currency_options: { eur: { unit_amount: 4000 }, usd: { unit_amount: 4500 } },
    })
    const offer = (default_price: string) => stripe.products.update(product.id, { default_price })
    const next = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1 })
    expect(await offer(next.id)).toMatchObject({ default_price: next.id })
    const idle = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 1,
      active: false,
    })
    const foreign = await stripe.prices.create({
      currency: 'usd',
      unit_amount: 1,
      product_data: { name: 'Lamp' },
    })
    for (const { id } of [idle, foreign]) {
      expect(await refusalOf(offer(id))).toMatchObject({ status: 400, param: 'default_price' })
    }
  })

  test('is found by ids, address, shippability and type', async () => {
    const { stripe } = account
    const url = `https://desk.example/${Date.now()}`
    const a = await stripe.products.create({ name: 'A', url, shippable: true })
    const b = await stripe.products.create({ name: 'B', url, type: 'good' })
    const found = async (params: object) => (await stripe.products.list(params)).data.map(({ name }) => name)
    expect(await found({ ids: [a.id, b.id] })).toEqual(['B', 'A'])
    expect(await found({ url })).toEqual(['B', 'A'])
    expect(await found({ url, shippable: true })).toEqual(['A'])
    expect(await found({ url, type: 'good' })).toEqual(['B'])
    expect(await refusalOf(found({ ids: [a.id], starting_after: b.id }))).toMatchObject({ status: 400 })
  })
})

test('products come with features, each once', async () => {
  const { stripe } = account
  const key = `sso-${Date.now()}`
  const feature = await stripe.entitlements.features.create({ lookup_key: key, name: 'Single sign-on' })
  expect(feature).toMatchObject({ object: 'entitlements.feature', active: true, lookup_key: key })
  expect(
    await refusalOf(stripe.entitlements.features.create({ lookup_key: key, name: 'Other' })),
  ).toMatchObject({ status: 400, param: 'lookup_key' })
  const { id } = await stripe.products.create({ name: 'Seat' })
  const attach = () => stripe.products.createFeature(id, { entitlement_feature: feature.id })
  const attached = await attach()
  expect(attached).toMatchObject({ object: 'product_feature', entitlement_feature: feature })
  expect(await refusalOf(attach())).toMatchObject({ status: 400, param: 'entitlement_feature' })
  expect((await stripe.products.listFeatures(id)).data).toEqual([attached])
  expect(await stripe.products.retrieveFeature(id, attached.id)).toEqual(attached)
  expect(await stripe.products.deleteFeature(id, attached.id)).toEqual({
    id: attached.id,
    object: 'product_feature',
    deleted: true,
  })
  expect((await stripe.products.listFeatures(id)).data).toEqual([])
  await stripe.entitlements.features.update(feature.id, { active: false })
  expect((await stripe.entitlements.features.list({ archived: false, lookup_key: key })).data).toEqual([])
  expect((await stripe.entitlements.features.list({ archived: true, lookup_key: key })).data).toHaveLength(1)
})
