import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()

describe('products', () => {
  test('start with their defaults', async () => {
    const product = await account.stripe.products.create({ name: 'Desk' })
    expect(product).toMatchObject({
      object: 'product',
      active: true,
      default_price: null,
      description: null,
      images: [],
      livemode: false,
      marketing_features: [],
      metadata: {},
      name: 'Desk',
      statement_descriptor: null,
      tax_code: null,
      unit_label: null,
      url: null,
      updated: product.created,
    })
    expect(product.id).toMatch(/^prod_\w{14}$/)
    expect(Math.abs(product.created - Date.now() / 1000)).toBeLessThan(60)
  })

  test('may bring their own id, once', async () => {
    const id = `desk-${Date.now()}`
    expect((await account.stripe.products.create({ id, name: 'Desk' })).id).toBe(id)
    expect(await refusalOf(account.stripe.products.create({ id, name: 'Other' }))).toMatchObject({
      status: 400,
      code: 'resource_already_exists',
    })
  })

  test('may bring their default price', async () => {
    const product = await account.stripe.products.create({
      name: 'Desk',
      default_price_data: { currency: 'usd', unit_amount: 4500 },
      expand: ['default_price'],
    })
    expect(product.default_price).toMatchObject({ object: 'price', unit_amount: 4500, product: product.id })
  })

  test('change, are archived, and are cleared by empty text', async () => {
    const { stripe } = account
    const { id } = await stripe.products.create({ name: 'Desk', description: 'Wooden', unit_label: 'piece' })
    const changed = await stripe.products.update(id, { name: 'Table', active: false, description: '' })
    expect(changed).toMatchObject({ name: 'Table', active: false, description: null, unit_label: 'piece' })
    expect((await stripe.products.list({ ids: [id], active: true })).data).toEqual([])
    expect((await stripe.products.list({ ids: [id], active: false })).data).toEqual([changed])
    expect(await eventTypes(stripe, id, 'product.')).toEqual(['product.created', 'product.updated'])
  })

  test('without prices can be deleted, with prices only archived', async () => {
    const { stripe } = account
    const { id } = await stripe.products.create({ name: 'Desk' })
    expect(await stripe.products.del(id)).toEqual({ id, object: 'product', deleted: true })
    expect(await refusalOf(stripe.products.update(id, { name: 'x' }))).toMatchObject({ status: 404 })
    const priced = await stripe.products.create({ name: 'Desk' })
    const price = await stripe.prices.create({ product: priced.id, currency: 'usd', unit_amount: 1 })
    expect(await refusalOf(stripe.products.del(priced.id))).toMatchObject({ status: 400 })
    await stripe.prices.update(price.id, { active: false })
    expect(await refusalOf(stripe.products.del(priced.id))).toMatchObject({ status: 400 })
  })

  test('that nobody made are missing', async () => {
    expect(await refusalOf(account.stripe.products.retrieve('prod_nobody'))).toMatchObject({
      status: 404,
      type: 'invalid_request_error',
      code: 'resource_missing',
      param: 'id',
    })
  })
})

describe('prices', () => {
  const product = async () => (await account.stripe.products.create({ name: 'Desk' })).id

  test('are one-time or recurring, per unit, with both forms of the amount', async () => {
    const { stripe } = account
    const id = await product()
    const oneTime = await stripe.prices.create({ product: id, currency: 'usd', unit_amount: 4500 })
    expect(oneTime).toMatchObject({
      object: 'price',
      active: true,
      billing_scheme: 'per_unit',
      currency: 'usd',
      custom_unit_amount: null,
      lookup_key: null,
      nickname: null,
      product: id,
      recurring: null,
      tiers_mode: null,
      transform_quantity: null,
      type: 'one_time',
      unit_amount: 4500,
    })
    expect(String(oneTime.unit_amount_decimal)).toBe('4500')
    const monthly = await stripe.prices.create({
      product: id,
      currency: 'usd',
      unit_amount: 900,
      recurring: { interval: 'month' },
    })
    expect(monthly).toMatchObject({
      type: 'recurring',
      recurring: { interval: 'month', interval_count: 1, usage_type: 'licensed' },
    })
  })

  test('keep fractions of a cent as decimal text', async () => {
    const price = await account.stripe.prices.create({
      product: await product(),
      currency: 'usd',
      unit_amount_decimal: Stripe.Decimal.from('0.55'),
    })
    expect(price.unit_amount).toBeNull()
    expect(String(price.unit_amount_decimal)).toBe('0.55')
  })

  test('may make their product', async () => {
    const price = await account.stripe.prices.create({
      currency: 'jpy',
      unit_amount: 500,
      product_data: { name: 'Tea' },
      expand: ['product'],
    })
    expect(price.product).toMatchObject({ object: 'product', name: 'Tea', default_price: null })
  })

  test.each([
    ['no product', {}, undefined],
    ['two products', { product_data: { name: 'x' } }, undefined],
    ['no amount', { unit_amount: undefined }, undefined],
    ['an unknown product', { product: 'prod_nobody' }, { code: 'resource_missing', param: 'product' }],
  ])('with %s are refused', async (name, change, expected) => {
    const id = await product()
    const params = {
      currency: 'usd',
      unit_amount: 100,
      ...(name === 'no product' ? {} : { product: id }),
      ...change,
    }
    expect(await refusalOf(account.stripe.prices.create(params))).toMatchObject({ status: 400, ...expected })
  })

  test('never change what they cost', async () => {
    const { stripe } = account
    const { id } = await stripe.prices.create({ product: await product(), currency: 'usd', unit_amount: 100 })
    for (const change of [{ unit_amount: 200 }, { currency: 'eur' }, { product: 'prod_x' }]) {
      expect(await refusalOf(stripe.prices.update(id, change as object))).toMatchObject({
        status: 400,
        code: 'parameter_unknown',
      })
    }
    expect(await stripe.prices.update(id, { nickname: 'Old', active: false })).toMatchObject({
      nickname: 'Old',
      active: false,
      unit_amount: 100,
    })
  })

  test('are found by product, state and lookup key, which can move on', async () => {
    const { stripe } = account
    const id = await product()
    const key = `standard-${Date.now()}`
    const old = await stripe.prices.create({ product: id, currency: 'usd', unit_amount: 1, lookup_key: key })
    expect(
      await refusalOf(
        stripe.prices.create({ product: id, currency: 'usd', unit_amount: 2, lookup_key: key }),
      ),
    ).toMatchObject({ status: 400 })
    const next = await stripe.prices.create({
      product: id,
      currency: 'usd',
      unit_amount: 2,
      lookup_key: key,
      transfer_lookup_key: true,
    })
    const found = async (params: object) =>
      (await stripe.prices.list({ product: id, ...params })).data.map((p) => p.id)
    expect(await found({ lookup_keys: [key] })).toEqual([next.id])
    expect((await stripe.prices.retrieve(old.id)).lookup_key).toBeNull()
    await stripe.prices.update(old.id, { active: false })
    expect(await found({ active: true })).toEqual([next.id])
    expect(await found({})).toEqual([next.id, old.id])
    expect(await found({ currency: 'eur' })).toEqual([])
  })
})
