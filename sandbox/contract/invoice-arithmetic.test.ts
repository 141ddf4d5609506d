import fc from 'fast-check'
import type Stripe from 'stripe'
import { beforeAll, expect, test } from 'vitest'
import { useAccount } from '@/sandbox/contract/account'
import { customer, idOf } from '@/sandbox/contract/scenes'

/*
 * Whatever is discounted, taxed and shipped: what Stripe answers adds up, as a draft and as it is final.
 */

const account = useAccount()
const coupons: string[] = []
const rates: string[] = []
const shippingRates: string[] = []
const products: string[] = []

beforeAll(async () => {
  const { stripe } = account
  for (const name of ['One', 'Two']) products.push((await stripe.products.create({ name })).id)
  const [only = ''] = products
  const made: Stripe.CouponCreateParams[] = [
    { percent_off: 33.3333 },
    { percent_off: 100, applies_to: { products: [only] } },
    { percent_off: 12.5 },
    { amount_off: 777, currency: 'usd' },
    { amount_off: 50_000, currency: 'usd', applies_to: { products: [only] } },
    { amount_off: 100, currency: 'eur' },
  ]
  for (const params of made) coupons.push((await stripe.coupons.create(params)).id)
  for (const [percentage, inclusive] of [
    [19, false],
    [7.7525, false],
    [10, true],
    [5.5, true],
    [0, false],
  ] as const) {
    rates.push((await stripe.taxRates.create({ display_name: 'Tax', percentage, inclusive })).id)
  }
  for (const amount of [0, 499]) {
    const fixed_amount = { amount, currency: 'usd' }
    shippingRates.push((await stripe.shippingRates.create({ display_name: 'Parcel', fixed_amount })).id)
  }
})

const some = (most: number, of: number) => fc.uniqueArray(fc.nat(of - 1), { maxLength: most })
const line = fc.record({
  amount: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 250_000 })),
  isCredit: fc.boolean(),
  product: fc.nat(1),
  discountable: fc.boolean(),
  discounts: some(2, 6),
  rates: some(2, 5),
})
const invoice = fc.record({
  lines: fc.array(line, { maxLength: 13 }),
  discounts: some(3, 6),
  rates: some(3, 5),
  shipping: fc.option(fc.nat(1)),
  exempt: fc.constantFrom('none', 'exempt', 'reverse'),
})

type Plan = typeof invoice extends fc.Arbitrary<infer T> ? T : never

const picked = (from: readonly string[], at: readonly number[]) => at.map((index) => from[index] ?? '')
const redeemed = (at: readonly number[]) => picked(coupons, at).map((coupon) => ({ coupon }))

async function build({ lines, ...plan }: Plan): Promise<string> {
  const { stripe } = account
  const buyer = await customer(stripe, { tax_exempt: plan.exempt })
  const { id } = await stripe.invoices.create({
    customer: buyer.id,
    currency: 'usd',
    discounts: redeemed(plan.discounts),
    default_tax_rates: picked(rates, plan.rates),
    ...(plan.shipping === null ? {} : { shipping_cost: { shipping_rate: shippingRates[plan.shipping] } }),
  })
  if (lines.length === 0) return id
  await stripe.invoices.addLines(id, {
    lines: lines.map((each) => ({
      ...(each.isCredit
        ? { amount: -each.amount }
        : { price_data: { currency: 'usd', product: products[each.product], unit_amount: each.amount } }),
      discountable: each.discountable && !each.isCredit,
      discounts: redeemed(each.discounts),
      tax_rates: picked(rates, each.rates),
    })),
  })
  return id
}

const sum = (entries: readonly { amount: number }[]) =>
  entries.reduce((total, { amount }) => total + amount, 0)

async function expectToAddUp(made: Stripe.Invoice): Promise<void> {
  const lines = await account.stripe.invoices
    .listLineItems(made.id, { limit: 100 })
    .autoPagingToArray({ limit: 250 })
  const offs = lines.flatMap(({ discount_amounts: amounts }) => amounts ?? [])
  const general = new Set(made.discounts.map(idOf))
  const ofInvoice = offs.filter(({ discount }) => general.has(idOf(discount)))
  const taxes = made.total_taxes ?? []
  const exclusive = taxes.filter(({ tax_behavior: behavior }) => behavior === 'exclusive')
  const inclusive = taxes.filter(({ tax_behavior: behavior }) => behavior === 'inclusive')
  const shipping = made.shipping_cost
  expect(made.subtotal).toBe(sum(lines) - (sum(offs) - sum(ofInvoice)))
  expect(made.total).toBe(made.subtotal - sum(ofInvoice) + sum(exclusive) + made.amount_shipping)
  expect(sum(taxes)).toBe(sum(lines.flatMap((each) => each.taxes ?? [])))
  expect(sum(made.total_discount_amounts ?? [])).toBe(sum(offs))
  expect(made.subtotal_excluding_tax).toBe(made.subtotal - sum(inclusive))
  expect(made.total_excluding_tax).toBe(made.total - sum(taxes) - (shipping?.amount_tax ?? 0))
  expect(made.amount_shipping).toBe(shipping?.amount_total ?? 0)
  expect(made.amount_due).toBe(Math.max(0, made.total + made.starting_balance))
  expect(made.amount_remaining).toBe(made.amount_due - made.amount_paid)
  for (const { amount, discount_amounts: amounts, discountable } of lines) {
    const off = sum(amounts ?? [])
    expect(off).toBeGreaterThanOrEqual(0)
    expect(off).toBeLessThanOrEqual(discountable ? Math.max(0, amount) : 0)
  }
}

test('an invoice adds up', async () => {
  const { stripe } = account
  await fc.assert(
    fc.asyncProperty(invoice, async (plan) => {
      const id = await build(plan)
      const made = await stripe.invoices.retrieve(id)
      await expectToAddUp(made)
      const final = await stripe.invoices.finalizeInvoice(id)
      const { subtotal, total, total_taxes, total_discount_amounts } = made
      expect(final).toMatchObject({ subtotal, total, total_taxes, total_discount_amounts })
      expect(final.amount_remaining).toBe(final.amount_due - final.amount_paid)
    }),
    { numRuns: 60 },
  )
})
