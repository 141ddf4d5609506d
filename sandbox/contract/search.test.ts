import type Stripe from 'stripe'
import { beforeAll, describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, customerWithCard, draft, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

const ids = (result: { data: { id: string }[] }) => result.data.map(({ id }) => id)

describe('customers', () => {
  let amy: Stripe.Customer
  let ben: Stripe.Customer
  beforeAll(async () => {
    const { stripe } = sandbox
    amy = await customer(stripe, {
      name: 'Amy of "Rocket Rides"',
      email: 'Amy@rocketrides.example',
      metadata: { tier: 'Gold', constructor: 'x' },
    })
    ben = await customer(stripe, {
      name: 'Ben',
      email: 'ben@rides.example',
      phone: '+1 555',
      metadata: { tier: 'silver' },
    })
  })
  const found = async (query: string) => ids(await sandbox.stripe.customers.search({ query }))

  test.each([
    ['email:"amy@ROCKETRIDES.example"', ['amy']],
    ['email:"amy"', []],
    ['email~"rides"', ['ben', 'amy']],
    ['email~"RIDES" -name:"ben"', ['amy']],
    [String.raw`name~"of \"rocket"`, ['amy']],
    ['phone:null', ['amy']],
    ['-phone:null', ['ben']],
    ['metadata["tier"]:"gold"', ['amy']],
    [`metadata['tier']:'gold' OR metadata['tier']:'silver'`, ['ben', 'amy']],
    ['metadata["constructor"]:null', ['ben']],
    ['-metadata["missing"]:null', []],
    ['created>0 AND name:"Ben"', ['ben']],
    ['created<1', []],
    ['name:"Ben" OR name:"Ben"', ['ben']],
  ])('%s', async (query, names) => {
    const people: Record<string, string> = { amy: amy.id, ben: ben.id }
    expect(await found(query)).toEqual(names.map((name) => people[name]))
  })

  test('that are deleted are not found', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, { name: 'Soon gone' })
    expect(await found('name:"soon gone"')).toEqual([id])
    await stripe.customers.del(id)
    expect(await found('name:"soon gone"')).toEqual([])
  })
})

describe('pages', () => {
  test('follow one another to the end, and count when asked', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const made: string[] = []
    for (let n = 0; n < 5; n++) made.unshift((await draft(stripe, { customer: id, amounts: [] })).id)
    const query = `customer:"${id}"`
    const first = await stripe.invoices.search({ query, limit: 2, expand: ['total_count'] })
    expect(first).toMatchObject({
      object: 'search_result',
      url: '/v1/invoices/search',
      has_more: true,
      total_count: 5,
    })
    expect(ids(first)).toEqual(made.slice(0, 2))
    const last = await stripe.invoices.search({ query, limit: 3, page: first.next_page ?? '' })
    expect(last).toMatchObject({ has_more: false, next_page: null })
    expect(last).not.toHaveProperty('total_count')
    expect(ids(last)).toEqual(made.slice(2))
    const all = await stripe.invoices.search({ query, limit: 2 }).autoPagingToArray({ limit: 10 })
    expect(all.map((invoice) => invoice.id)).toEqual(made)
  })

  test('are refused for another query, when made up, and when their object is gone', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const [older, newer] = [
      await draft(stripe, { customer: id, amounts: [] }),
      await draft(stripe, { customer: id, amounts: [] }),
    ]
    const query = `customer:"${id}"`
    const { next_page, data } = await stripe.invoices.search({ query, limit: 1 })
    expect(ids({ data })).toEqual([newer.id])
    const page = next_page ?? ''
    for (const call of [
      stripe.invoices.search({ query: `${query} status:"draft"`, page }),
      stripe.charges.search({ query, page }),
      stripe.invoices.search({ query, page: older.id }),
    ]) {
      expect(await refusalOf(call)).toMatchObject({ status: 400, param: 'page' })
    }
    await stripe.invoices.del(newer.id)
    expect(await refusalOf(stripe.invoices.search({ query, page }))).toMatchObject({
      status: 400,
      param: 'page',
    })
  })

  test('can show more of what they hold', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    const { data } = await stripe.invoices.search({
      query: `number:"${invoice.number}"`,
      expand: ['data.customer', 'data.payments'],
    })
    expect(data[0]).toMatchObject({
      id: invoice.id,
      customer: { object: 'customer' },
      payments: { object: 'list' },
    })
    const call = stripe.invoices.search({ query: 'status:"open"', expand: ['customer'] })
    expect(await refusalOf(call)).toMatchObject({ status: 400, param: 'expand' })
  })
})

test('invoices by what they are', async () => {
  const { stripe } = sandbox
  const { id } = await customer(stripe)
  const small = await openInvoice(stripe, { customer: id, amounts: [700], metadata: { order: '17' } })
  const large = await openInvoice(stripe, { customer: id, amounts: [90_000] })
  await stripe.invoices.voidInvoice(large.id)
  const found = async (query: string) =>
    ids(await stripe.invoices.search({ query: `customer:"${id}" AND ${query}` }))
  expect(await found('total>700')).toEqual([large.id])
  expect(await found('total>=700')).toEqual([large.id, small.id])
  expect(await found('-total>700')).toEqual([small.id])
  expect(await found('status:"void"')).toEqual([large.id])
  expect(await found('currency:"USD" metadata["order"]:17')).toEqual([small.id])
  expect(await found('subscription:null -number:null receipt_number:null')).toEqual([large.id, small.id])
  expect(await found('-last_finalization_error_code:null')).toEqual([])
})

test('payment intents and charges', async () => {
  const { stripe } = sandbox
  const { id } = await customerWithCard(stripe)
  const invoice = await openInvoice(stripe, { customer: id, collection_method: 'charge_automatically' })
  await stripe.invoices.pay(invoice.id)
  const intents = await stripe.paymentIntents.search({
    query: `customer:"${id}" status:"succeeded" amount:2000`,
  })
  expect(intents.data).toHaveLength(1)
  const found = async (query: string) =>
    (await stripe.charges.search({ query: `customer:"${id}" ${query}` })).data.length
  expect(await found('payment_method_details.card.last4:4242 AND refunded:false')).toBe(1)
  expect(await found('payment_method_details.card.brand:"visa" disputed:"false" status:"succeeded"')).toBe(1)
  expect(await found('payment_method_details.card.brand:"amex"')).toBe(0)
  expect(await found('billing_details.address.postal_code:null')).toBe(1)
})

test('catalog, without what bare amounts bring about', async () => {
  const { stripe } = sandbox
  const product = await stripe.products.create({
    name: 'Lamp',
    description: 'A bright lamp',
    shippable: true,
  })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'eur',
    unit_amount: 5,
    lookup_key: 'lamp',
  })
  await draft(stripe, { amounts: [1] })
  expect(
    ids(await stripe.products.search({ query: 'description~"BRIGHT" shippable:true active:"true"' })),
  ).toEqual([product.id])
  expect(ids(await stripe.products.search({ query: 'active:false' }))).toEqual([])
  expect(
    ids(await stripe.prices.search({ query: `product:"${product.id}" lookup_key:"lamp" type:"one_time"` })),
  ).toEqual([price.id])
  expect(ids(await stripe.prices.search({ query: 'currency:"usd"' }))).toEqual([])
})

describe('a query is refused', () => {
  test.each([
    ['asdf', /unable to parse your search query/],
    ['total:1 AND total:2 OR total:3', /AND and OR/],
    ['foo:"bar"', /Field `foo` is an unsupported search field for resource `invoices`/],
    ['email:"x"', /unsupported search field/],
    ['toString:"x"', /unable to parse|unsupported search field/],
    ['constructor:"x"', /unsupported search field/],
    ['status~"paid"', /does not support/],
    ['status>"paid"', /does not support/],
    ['total~"100"', /does not support/],
    ['total:"much"', /is a number/],
    ['total>null', /null/],
    ['payment_method_details.card.last4:1', /unsupported search field/],
  ])('%s', async (query, message) => {
    const refusal = await refusalOf(sandbox.stripe.invoices.search({ query }))
    expect(refusal).toMatchObject({ status: 400, type: 'invalid_request_error', param: 'query' })
    expect(refusal.message).toMatch(message)
  })

  test('without one, with parts that are too short, and with wrong limits', async () => {
    const { stripe, send } = sandbox
    expect((await send('GET', '/v1/invoices/search')).json).toMatchObject({
      error: { code: 'parameter_missing', param: 'query' },
    })
    const refusal = await refusalOf(stripe.customers.search({ query: 'name~"ab"' }))
    expect(refusal).toMatchObject({ status: 400, param: 'query' })
    expect(refusal.message).toMatch(/at least 3/)
    for (const limit of [0, 101]) {
      const call = stripe.prices.search({ query: 'active:true', limit })
      expect(await refusalOf(call)).toMatchObject({ status: 400, param: 'limit' })
    }
  })
})
