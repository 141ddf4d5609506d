import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, TEST_KEY, useSandbox } from '@/sandbox/contract/account'
import { customer, draft, idOf } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

/** The CLI sends no version, and the parameter that the API has given up. */
async function asOldClient(path: string, body: string): Promise<{ id: string }> {
  const response = await fetch(sandbox.url + path, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${TEST_KEY}` },
  })
  expect(response.status).toBe(200)
  return response.json()
}

async function eventsOf(customerId: string) {
  const { data } = await sandbox.stripe.events.list({ limit: 100 })
  return data
    .filter(({ data: { object } }) => JSON.stringify(object).includes(`"${customerId}"`))
    .map(({ type }) => type)
    .reverse()
}

describe('the discount of a customer', () => {
  test('is given by clients of old, replaced and taken off', async () => {
    const { stripe } = sandbox
    const [first, second] = [
      await stripe.coupons.create({ percent_off: 20 }),
      await stripe.coupons.create({ percent_off: 30, duration: 'forever' }),
    ]
    const { id } = await asOldClient('/v1/customers', `coupon=${first.id}`)
    expect(await stripe.customers.retrieve(id, { expand: ['discount.source.coupon'] })).toMatchObject({
      discount: {
        object: 'discount',
        customer: id,
        end: null,
        invoice: null,
        invoice_item: null,
        promotion_code: null,
        source: { type: 'coupon', coupon: { id: first.id, times_redeemed: 1 } },
        subscription: null,
      },
    })
    await asOldClient(`/v1/customers/${id}`, `coupon=${second.id}`)
    const removed = await stripe.customers.deleteDiscount(id)
    expect(removed).toMatchObject({ object: 'discount', deleted: true, source: { coupon: second.id } })
    expect(await stripe.customers.retrieve(id)).toMatchObject({ discount: null })
    expect(await eventsOf(id)).toEqual([
      'customer.created',
      'customer.discount.created',
      'customer.updated',
      'customer.discount.updated',
      'customer.updated',
      'customer.discount.deleted',
    ])
    expect(await refusalOf(stripe.customers.deleteDiscount(id))).toMatchObject({ status: 404 })
  })

  test('is cleared by an empty coupon', async () => {
    const { stripe } = sandbox
    const { id: coupon } = await stripe.coupons.create({ percent_off: 20 })
    const { id } = await asOldClient('/v1/customers', `coupon=${coupon}`)
    await asOldClient(`/v1/customers/${id}`, 'coupon=')
    expect(await stripe.customers.retrieve(id)).toMatchObject({ discount: null })
    expect((await eventsOf(id)).at(-1)).toBe('customer.discount.deleted')
  })

  test('ends by itself after its months', async () => {
    const { stripe, control } = sandbox
    const { id: coupon } = await stripe.coupons.create({
      percent_off: 20,
      duration: 'repeating',
      duration_in_months: 1,
    })
    const { id } = await asOldClient('/v1/customers', `coupon=${coupon}`)
    await control('POST', 'clock', { advance_seconds: 32 * 86_400 })
    expect(await stripe.customers.retrieve(id)).toMatchObject({ discount: null })
  })

  test('is inherited by invoices, and over with the first one that is final when it is good for once', async () => {
    const { stripe } = sandbox
    const { id: coupon } = await stripe.coupons.create({ percent_off: 20 })
    const { id } = await asOldClient('/v1/customers', `coupon=${coupon}`)
    const [inherited, declined] = [
      await draft(stripe, { customer: id }),
      await draft(stripe, { customer: id, discounts: '' }),
    ]
    expect(inherited.total).toBe(1600)
    expect(declined).toMatchObject({ discounts: [], total: 2000 })
    const [discount] = inherited.discounts.map(idOf)
    const shared = await stripe.invoices.update(declined.id, { discounts: [{ discount: String(discount) }] })
    expect(shared.discounts.map(idOf)).toEqual([discount])
    expect(await stripe.coupons.retrieve(coupon)).toMatchObject({ times_redeemed: 1 })

    await stripe.invoices.finalizeInvoice(inherited.id)
    expect(await stripe.customers.retrieve(id)).toMatchObject({ discount: null })
    const final = await stripe.invoices.retrieve(inherited.id, { expand: ['discounts'] })
    expect(final).toMatchObject({ total: 1600, discounts: [{ id: discount, deleted: true }] })
    expect((await draft(stripe, { customer: id })).total).toBe(2000)
  })

  test('counts in a preview, which redeems nothing', async () => {
    const { stripe } = sandbox
    const [own, other] = [
      await stripe.coupons.create({ percent_off: 20, duration: 'forever' }),
      await stripe.coupons.create({ percent_off: 50 }),
    ]
    const { id } = await asOldClient('/v1/customers', `coupon=${own.id}`)
    const preview = (params: Stripe.InvoiceCreatePreviewParams = {}) =>
      stripe.invoices.createPreview({
        customer: id,
        invoice_items: [{ amount: 2000, currency: 'usd', discountable: true }],
        ...params,
      })
    expect(await preview()).toMatchObject({ total: 1600 })
    expect(await preview({ discounts: '' })).toMatchObject({ total: 2000 })
    const expand = ['discounts.source.coupon']
    expect(await preview({ discounts: [{ coupon: other.id }], expand })).toMatchObject({
      total: 1000,
      discounts: [{ source: { coupon: { id: other.id } } }],
    })
    expect(await stripe.coupons.retrieve(other.id)).toMatchObject({ times_redeemed: 0 })
  })

  test('cannot be given by a client of this version', async () => {
    const { stripe } = sandbox
    const { id: coupon } = await stripe.coupons.create({ percent_off: 20 })
    const { id } = await customer(stripe)
    const refused = await refusalOf(stripe.customers.update(id, { coupon } as object))
    expect(refused).toMatchObject({ status: 400, code: 'parameter_unknown', param: 'coupon' })
  })
})
