import { expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'

const account = useAccount()
const monthly = { currency: 'usd', interval: 'month', amount: 2000, product: { name: 'Seat' } } as const

/** Price and plan share their id, so this is the story of both. */
async function typesAbout(id: string): Promise<string[]> {
  const { data } = await account.stripe.events.list({ limit: 100 })
  return data
    .filter(({ data: { object } }) => 'id' in object && object.id === id)
    .map(({ type }) => type)
    .reverse()
}

test('a plan is a recurring price in older words', async () => {
  const { stripe } = account
  const plan = await stripe.plans.create({ ...monthly, nickname: 'Monthly', trial_period_days: 14 })
  expect(plan).toMatchObject({
    object: 'plan',
    active: true,
    amount: 2000,
    billing_scheme: 'per_unit',
    interval: 'month',
    interval_count: 1,
    nickname: 'Monthly',
    transform_usage: null,
    trial_period_days: 14,
    usage_type: 'licensed',
  })
  expect(await stripe.prices.retrieve(plan.id)).toMatchObject({
    type: 'recurring',
    unit_amount: 2000,
    product: plan.product,
    recurring: { interval: 'month', trial_period_days: 14 },
  })
})

test('a recurring price is a plan too', async () => {
  const { stripe } = account
  const price = await stripe.prices.create({
    currency: 'usd',
    product_data: { name: 'Seat' },
    recurring: { interval: 'week', interval_count: 2 },
    billing_scheme: 'tiered',
    tiers_mode: 'volume',
    tiers: [{ up_to: 'inf', unit_amount: 5 }],
  })
  const plan = await stripe.plans.retrieve(price.id, { expand: ['tiers', 'product'] })
  expect(plan).toMatchObject({
    amount: null,
    interval: 'week',
    interval_count: 2,
    tiers: [{ unit_amount: 5, up_to: null }],
    product: { name: 'Seat' },
  })
  await stripe.prices.update(price.id, { nickname: 'Fortnight' })
  expect(await typesAbout(price.id)).toEqual([
    'plan.created',
    'price.created',
    'plan.updated',
    'price.updated',
  ])
})

test('plans change, are listed and deleted', async () => {
  const { stripe } = account
  const product = await stripe.products.create({ name: 'Seat' })
  const plan = await stripe.plans.create({ ...monthly, id: `seat-${product.id}`, product: product.id })
  await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1 })
  const { data } = await stripe.plans.list({ product: product.id })
  expect(data).toEqual([plan])
  const changed = await stripe.plans.update(plan.id, { metadata: { a: 'b' }, trial_period_days: 3 })
  expect(changed).toMatchObject({ metadata: { a: 'b' }, trial_period_days: 3, amount: 2000 })
  expect(await stripe.plans.del(plan.id)).toEqual({ id: plan.id, object: 'plan', deleted: true })
  expect(await refusalOf(stripe.plans.retrieve(plan.id))).toMatchObject({ status: 404 })
  expect(await typesAbout(plan.id)).toEqual([
    'plan.created',
    'price.created',
    'plan.updated',
    'price.updated',
    'plan.deleted',
    'price.deleted',
  ])
})

test('a one-time price is no plan, an id is given once, an amount in one form', async () => {
  const { stripe } = account
  const price = await stripe.prices.create({
    currency: 'usd',
    unit_amount: 5,
    product_data: { name: 'Desk' },
  })
  expect(await refusalOf(stripe.plans.retrieve(price.id))).toMatchObject({ status: 404, param: 'plan' })
  const plan = await stripe.plans.create(monthly)
  expect(await refusalOf(stripe.plans.create({ ...monthly, id: plan.id }))).toMatchObject({
    code: 'resource_already_exists',
  })
  expect(await refusalOf(stripe.plans.create({ ...monthly, amount: undefined }))).toMatchObject({
    code: 'parameter_missing',
    param: 'amount',
  })
})

test('a default price is neither archived nor deleted', async () => {
  const { stripe } = account
  const product = await stripe.products.create({
    name: 'Seat',
    default_price_data: { currency: 'usd', unit_amount: 5, recurring: { interval: 'month' } },
  })
  const id = String(product.default_price)
  expect(await refusalOf(stripe.prices.update(id, { active: false }))).toMatchObject({ status: 400 })
  expect(await refusalOf(stripe.plans.del(id))).toMatchObject({ status: 400 })
})
