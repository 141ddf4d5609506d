import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount, useSandbox } from '@/sandbox/contract/account'
import { eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()
const sandbox = useSandbox()
const now = () => Math.floor(Date.now() / 1000)

describe('a coupon', () => {
  test('of a percentage starts with eight letters and digits, for once, unlimited', async () => {
    const { stripe } = account
    const coupon = await stripe.coupons.create({ percent_off: 25.5 })
    expect(coupon).toMatchObject({
      object: 'coupon',
      amount_off: null,
      currency: null,
      duration: 'once',
      duration_in_months: null,
      livemode: false,
      max_redemptions: null,
      metadata: {},
      name: null,
      percent_off: 25.5,
      redeem_by: null,
      times_redeemed: 0,
      valid: true,
    })
    expect(coupon.id).toMatch(/^[A-Z0-9]{8}$/)
    expect(coupon).not.toHaveProperty('applies_to')
    expect(coupon).not.toHaveProperty('currency_options')
  })

  test('of an amount shows what it applies to, and its other currencies, when asked', async () => {
    const { stripe } = account
    const product = await stripe.products.create({ name: 'Support' })
    const id = `SPRING-${now()}`
    const coupon = await stripe.coupons.create({
      id,
      name: 'Spring',
      amount_off: 500,
      currency: 'usd',
      currency_options: { eur: { amount_off: 450 } },
      applies_to: { products: [product.id] },
      duration: 'repeating',
      duration_in_months: 3,
      max_redemptions: 20,
      metadata: { season: 'spring' },
      expand: ['applies_to', 'currency_options'],
    })
    expect(coupon).toMatchObject({
      id,
      amount_off: 500,
      applies_to: { products: [product.id] },
      currency: 'usd',
      currency_options: { usd: { amount_off: 500 }, eur: { amount_off: 450 } },
      duration_in_months: 3,
      max_redemptions: 20,
      percent_off: null,
    })
    expect(await refusalOf(stripe.coupons.create({ id, percent_off: 5 }))).toMatchObject({
      status: 400,
      code: 'resource_already_exists',
    })
  })

  test.each([
    [{}, 'parameter_missing', 'percent_off'],
    [{ percent_off: 5, amount_off: 5, currency: 'usd' }, 'parameters_exclusive', 'amount_off'],
    [{ amount_off: 500 }, 'parameter_missing', 'currency'],
    [{ percent_off: 0 }, undefined, 'percent_off'],
    [{ percent_off: 100.5 }, undefined, 'percent_off'],
    [{ amount_off: 0, currency: 'usd' }, 'parameter_invalid_integer', 'amount_off'],
    [{ percent_off: 5, name: 'x'.repeat(41) }, undefined, 'name'],
    [{ percent_off: 5, duration: 'repeating' as const }, 'parameter_missing', 'duration_in_months'],
    [{ percent_off: 5, duration_in_months: 2 }, undefined, 'duration_in_months'],
    [
      { percent_off: 5, duration: 'repeating' as const, duration_in_months: 2_147_483_647 },
      'parameter_invalid_integer',
      'duration_in_months',
    ],
    [{ percent_off: 5, redeem_by: now() + 6 * 366 * 86_400 }, undefined, 'redeem_by'],
    [{ percent_off: 5, max_redemptions: 0 }, 'parameter_invalid_integer', 'max_redemptions'],
    [
      { percent_off: 5, applies_to: { products: ['prod_no'] } },
      'resource_missing',
      'applies_to[products][0]',
    ],
    [{ percent_off: 5, currency_options: { eur: { amount_off: 5 } } }, undefined, 'currency_options[eur]'],
  ])('is refused with %j', async (params, code, param) => {
    expect(await refusalOf(account.stripe.coupons.create(params))).toMatchObject({ status: 400, code, param })
  })

  test('changes in name, metadata and currency options', async () => {
    const { stripe } = account
    const { id } = await stripe.coupons.create({ amount_off: 500, currency: 'usd' })
    const changed = await stripe.coupons.update(id, {
      name: 'Autumn',
      metadata: { a: '1' },
      currency_options: { jpy: { amount_off: 700 } },
      expand: ['currency_options'],
    })
    expect(changed).toMatchObject({
      name: 'Autumn',
      metadata: { a: '1' },
      currency_options: { usd: { amount_off: 500 }, jpy: { amount_off: 700 } },
    })
    await stripe.coupons.update(id, { name: 'Autumn' })
    expect(await refusalOf(stripe.coupons.update(id, { percent_off: 5 } as object))).toMatchObject({
      code: 'parameter_unknown',
    })
    await stripe.coupons.del(id)
    expect(await eventTypes(stripe, id, 'coupon')).toEqual([
      'coupon.created',
      'coupon.updated',
      'coupon.deleted',
    ])
  })

  test('is gone once deleted, and its id free', async () => {
    const { stripe } = account
    const { id } = await stripe.coupons.create({ percent_off: 5 })
    expect(await stripe.coupons.del(id)).toEqual({ id, object: 'coupon', deleted: true })
    expect(await refusalOf(stripe.coupons.retrieve(id))).toMatchObject({
      status: 404,
      code: 'resource_missing',
      param: 'coupon',
    })
    const { data } = await stripe.coupons.list({ limit: 100 })
    expect(data.map((coupon) => coupon.id)).not.toContain(id)
    expect(await stripe.coupons.create({ id, percent_off: 7 })).toMatchObject({ percent_off: 7 })
  })

  test('is no longer valid after its last moment', async () => {
    const { stripe, control } = sandbox
    const { id } = await stripe.coupons.create({ percent_off: 5, redeem_by: now() + 3600 })
    expect(await stripe.coupons.retrieve(id)).toMatchObject({ valid: true })
    await control('POST', 'clock', { advance_seconds: 3700 })
    expect(await stripe.coupons.retrieve(id)).toMatchObject({ valid: false })
  })
})
