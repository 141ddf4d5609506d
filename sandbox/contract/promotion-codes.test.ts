import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount, useSandbox } from '@/sandbox/contract/account'
import { customer, eventTypes } from '@/sandbox/contract/scenes'

const account = useAccount()
const sandbox = useSandbox()
const now = () => Math.floor(Date.now() / 1000)
let count = 0
const newCode = () => `Code-${now()}-${count++}`

async function promotion() {
  const { id } = await account.stripe.coupons.create({ percent_off: 10 })
  return { type: 'coupon' as const, coupon: id }
}

describe('a promotion code', () => {
  test('makes up its code and is open to all unless told', async () => {
    const { stripe } = account
    const made = await promotion()
    const code = await stripe.promotionCodes.create({ promotion: made })
    expect(code).toMatchObject({
      object: 'promotion_code',
      active: true,
      customer: null,
      customer_account: null,
      expires_at: null,
      livemode: false,
      max_redemptions: null,
      metadata: {},
      promotion: made,
      restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
      times_redeemed: 0,
    })
    expect(code.code).toMatch(/^[A-Z0-9]{8}$/)
    expect(await eventTypes(stripe, code.id, 'promotion_code')).toEqual(['promotion_code.created'])
  })

  test('carries its restrictions', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const code = await stripe.promotionCodes.create({
      promotion: await promotion(),
      code: newCode(),
      customer: id,
      expires_at: now() + 86_400,
      max_redemptions: 3,
      restrictions: {
        first_time_transaction: true,
        minimum_amount: 5000,
        minimum_amount_currency: 'usd',
        currency_options: { eur: { minimum_amount: 4500 } },
      },
      expand: ['promotion.coupon', 'customer', 'restrictions.currency_options'],
    })
    expect(code).toMatchObject({
      customer: { id },
      promotion: { coupon: { percent_off: 10 } },
      restrictions: {
        first_time_transaction: true,
        minimum_amount: 5000,
        minimum_amount_currency: 'usd',
        currency_options: { usd: { minimum_amount: 5000 }, eur: { minimum_amount: 4500 } },
      },
    })
  })

  test.each([
    [{ code: 'no spaces' }, 'code'],
    [{ expires_at: 1 }, 'expires_at'],
    [{ max_redemptions: 0 }, 'max_redemptions'],
    [{ customer: 'cus_none' }, 'customer'],
    [{ restrictions: { minimum_amount: 5 } }, 'restrictions[minimum_amount_currency]'],
    [{ restrictions: { minimum_amount_currency: 'usd' } }, 'restrictions[minimum_amount]'],
    [
      {
        restrictions: {
          minimum_amount: 5,
          minimum_amount_currency: 'usd',
          currency_options: { usd: { minimum_amount: 5 } },
        },
      },
      'restrictions[currency_options][usd]',
    ],
  ])('is refused with %j', async (params, param) => {
    const refused = refusalOf(
      account.stripe.promotionCodes.create({ promotion: await promotion(), ...params }),
    )
    expect(await refused).toMatchObject({ status: 400, param })
  })

  test('keeps within the limits of its coupon', async () => {
    const { stripe } = account
    const coupon = await stripe.coupons.create({
      percent_off: 5,
      max_redemptions: 5,
      redeem_by: now() + 3600,
    })
    const made = { promotion: { type: 'coupon' as const, coupon: coupon.id } }
    expect(await refusalOf(stripe.promotionCodes.create({ ...made, max_redemptions: 6 }))).toMatchObject({
      param: 'max_redemptions',
    })
    expect(
      await refusalOf(stripe.promotionCodes.create({ ...made, expires_at: now() + 7200 })),
    ).toMatchObject({
      param: 'expires_at',
    })
    await stripe.coupons.del(coupon.id)
    expect(await refusalOf(stripe.promotionCodes.create(made))).toMatchObject({
      status: 400,
      code: 'resource_missing',
      param: 'promotion[coupon]',
    })
  })

  test('is unique in any case among those a customer could mean', async () => {
    const { stripe } = account
    const made = { promotion: await promotion() }
    const [code, personal] = [newCode(), newCode()]
    const [one, other] = [await customer(stripe), await customer(stripe)]
    const first = await stripe.promotionCodes.create({ ...made, code })
    const again = () => stripe.promotionCodes.create({ ...made, code: code.toUpperCase() })
    expect(await refusalOf(again())).toMatchObject({ status: 400, param: 'code' })
    await stripe.promotionCodes.create({ ...made, code: personal, customer: one.id })
    await stripe.promotionCodes.create({ ...made, code: personal, customer: other.id })
    for (const customerId of [one.id, undefined]) {
      const params = { ...made, code: personal, customer: customerId }
      expect(await refusalOf(stripe.promotionCodes.create(params))).toMatchObject({ param: 'code' })
    }
    await stripe.promotionCodes.update(first.id, { active: false })
    expect((await again()).code).toBe(code.toUpperCase())
    expect(await refusalOf(stripe.promotionCodes.update(first.id, { active: true }))).toMatchObject({
      status: 400,
    })
  })

  test('is inactive as soon as its coupon or itself can no longer be redeemed', async () => {
    const { stripe, control } = sandbox
    const coupon = await stripe.coupons.create({ percent_off: 5 })
    const code = (expires?: number) =>
      stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, expires_at: expires })
    const [ending, lasting] = [await code(now() + 600), await code()]
    await control('POST', 'clock', { advance_seconds: 601 })
    expect(await stripe.promotionCodes.retrieve(ending.id)).toMatchObject({ active: false })
    expect(await stripe.promotionCodes.retrieve(lasting.id)).toMatchObject({ active: true })
    await stripe.coupons.del(coupon.id)
    expect(await stripe.promotionCodes.retrieve(lasting.id)).toMatchObject({ active: false })
  })

  test('is listed by code, coupon, customer and whether it is active', async () => {
    const { stripe } = account
    const made = await promotion()
    const { id: customerId } = await customer(stripe)
    const code = newCode()
    const open = await stripe.promotionCodes.create({ promotion: made, code })
    const closed = await stripe.promotionCodes.create({
      promotion: made,
      active: false,
      customer: customerId,
    })
    const ids = async (params: object) =>
      (await stripe.promotionCodes.list(params)).data.map((promotionCode) => promotionCode.id)
    expect(await ids({ coupon: made.coupon })).toEqual([closed.id, open.id])
    expect(await ids({ code: code.toLowerCase() })).toEqual([open.id])
    expect(await ids({ coupon: made.coupon, active: true })).toEqual([open.id])
    expect(await ids({ customer: customerId })).toEqual([closed.id])
  })
})
