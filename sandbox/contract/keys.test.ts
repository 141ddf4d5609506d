import type Stripe from 'stripe'
import { beforeAll, describe, expect, test } from 'vitest'
import { TEST_KEY, useSandbox } from '@/sandbox/contract/account'
import samples from '@/sandbox/contract/fixtures/objects.json'
import { customerWithCard, draft, idOf, intentOf } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

type Json = { [key: string]: unknown }

/** One object of each kind, as JSON from the wire. */
const objects = new Map<string, Json>()

async function show(path: string, method = 'GET'): Promise<void> {
  const { json } = await sandbox.send(method, `/v1/${path}`)
  keep(json)
}

function keep(value: unknown): void {
  if (Array.isArray(value)) value.forEach(keep)
  if (!isHash(value)) return
  const name = String(value.object)
  if (typeof value.object === 'string') objects.set(value.deleted === true ? `deleted_${name}` : name, value)
  Object.values(value).forEach(keep)
}

async function invoicePaid(stripe: Stripe): Promise<Stripe.Invoice> {
  const owner = await customerWithCard(stripe)
  const coupon = await stripe.coupons.create({ percent_off: 10 })
  const rate = await stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 19 })
  const { id } = await draft(stripe, {
    customer: owner.id,
    collection_method: 'charge_automatically',
    discounts: [{ coupon: coupon.id }],
    default_tax_rates: [rate.id],
    shipping_details: { name: 'Lumen', address: { city: 'Köln', country: 'DE' } },
    custom_fields: [{ name: 'PO', value: '7' }],
    amounts: [2000],
  })
  return stripe.invoices.pay(id)
}

async function contested(stripe: Stripe): Promise<void> {
  const payment_method = 'pm_card_createDispute'
  await stripe.paymentIntents.create({ amount: 900, currency: 'usd', payment_method, confirm: true })
}

/** A discount of a customer can only be made as the CLI does it: in the way of old, without naming a version. */
async function discounted(id: string, coupon: string): Promise<void> {
  const headers = { authorization: `Bearer ${TEST_KEY}` }
  await fetch(`${sandbox.url}/v1/customers/${id}`, { method: 'POST', body: `coupon=${coupon}`, headers })
}

beforeAll(async () => {
  const { stripe } = sandbox
  const invoice = await invoicePaid(stripe)
  const owner = idOf(invoice.customer)
  const intent = await intentOf(stripe, invoice.id)
  const [line] = invoice.lines.data
  await stripe.creditNotes.create({
    invoice: invoice.id,
    lines: [{ type: 'invoice_line_item', invoice_line_item: String(line?.id), amount: 100 }],
    credit_amount: 107,
  })
  await stripe.refunds.create({ payment_intent: intent.id, amount: 100 })
  await contested(stripe)
  const product = await stripe.products.create({ name: 'Hour' })
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: 100,
    recurring: { interval: 'month' },
  })
  const coupon = await stripe.coupons.create({ amount_off: 100, currency: 'usd' })
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } })
  const taxId = await stripe.customers.createTaxId(owner, { type: 'eu_vat', value: 'DE123456789' })
  await stripe.shippingRates.create({
    display_name: 'Post',
    type: 'fixed_amount',
    fixed_amount: { amount: 5, currency: 'usd' },
  })
  const endpoint = await stripe.webhookEndpoints.create({ url: 'https://a.example/', enabled_events: ['*'] })
  await sandbox.control('POST', 'templates', { nickname: 'Plain' })
  const feature = await stripe.entitlements.features.create({ lookup_key: 'sso', name: 'Single sign-on' })
  const featured = await stripe.products.createFeature(product.id, { entitlement_feature: feature.id })
  await stripe.setupIntents.create({ customer: owner, payment_method: 'pm_card_visa', confirm: true })
  await stripe.testHelpers.customers.fundCashBalance(owner, { amount: 5, currency: 'usd' })
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 2_000_000_000 })
  await stripe.customers.createBalanceTransaction(owner, { amount: -5, currency: 'usd' })
  for (const path of [
    `invoices/${invoice.id}?expand[]=discounts.source.coupon&expand[]=payments`,
    `invoiceitems?customer=${owner}`,
    `customers/${owner}?expand[]=tax_ids`,
    `customers/${owner}/balance_transactions`,
    `payment_intents/${intent.id}?expand[]=latest_charge.balance_transaction`,
    `payment_methods?customer=${owner}`,
    'charges?expand[]=data.refunds',
    'credit_notes',
    'disputes',
    'setup_intents',
    'invoice_rendering_templates',
    `products/${product.id}/features`,
    `customers/${owner}/cash_balance`,
    `customers/${owner}/cash_balance_transactions`,
    'refunds',
    'promotion_codes',
    'prices',
    'plans',
    'products',
    'tax_rates',
    'shipping_rates',
    'webhook_endpoints',
    'events',
    'balance',
    'account',
    'test_helpers/test_clocks',
  ]) {
    await show(path)
  }
  await discounted(owner, coupon.id)
  const unused = await draft(stripe)
  const [item] = (await stripe.invoiceItems.list({ invoice: unused.id })).data
  const lone = await stripe.products.create({ name: 'Lone' })
  for (const path of [
    `invoiceitems/${item?.id}`,
    `invoices/${unused.id}`,
    `products/${lone.id}`,
    `plans/${price.id}`,
    `products/${product.id}/features/${featured.id}`,
    `customers/${owner}/discount`,
    `coupons/${coupon.id}`,
    `customers/${owner}/tax_ids/${taxId.id}`,
    `webhook_endpoints/${endpoint.id}`,
    `test_helpers/test_clocks/${clock.id}`,
    `customers/${owner}`,
  ]) {
    await show(path, 'DELETE')
  }
})

/*
 * That no object has a key too many is seen everywhere: every answer is compared with the SDK's types. What those leave
 * open, because a field is optional, Stripe's samples may have nevertheless.
 */

/** What Stripe's samples have and the sandbox's objects do not, and why. */
const absent: Record<string, string[]> = {
  // What a connected account still has to tell and may do, and the settings of other products.
  account: [
    'business_profile.annual_revenue',
    'business_profile.estimated_worker_count',
    'capabilities',
    'controller',
    'external_accounts',
    'future_requirements',
    'requirements',
    'settings.bacs_debit_payments',
    'settings.card_issuing',
    'settings.invoices',
    'settings.payouts',
    'settings.sepa_debit_payments',
    'tos_acceptance',
  ],
  // Connect.
  balance: ['connect_reserved'],
  // Currencies that have come in.
  cash_balance: ['available.eur'],
  // Only where the account may do such things.
  charge: [
    'payment_method_details.card.extended_authorization',
    'payment_method_details.card.incremental_authorization',
    'payment_method_details.card.multicapture',
    'payment_method_details.card.network_token',
    'payment_method_details.card.overcapture',
  ],
  // A transfer from another country.
  customer_cash_balance_transaction: ['funded.bank_transfer.eu_bank_transfer'],
  // Gone from the SDK's types.
  invoice: ['subscription'],
}

/** Keys of hashes that both have; those of metadata are the caller's, those of an event's object its kind's. */
function missing(sample: unknown, object: unknown, at: string): string[] {
  if (!isHash(sample) || !isHash(object) || /metadata$|^data.object$/.test(at)) return []
  return Object.entries(sample).flatMap(([key, value]) => {
    const place = at === '' ? key : `${at}.${key}`
    return Object.hasOwn(object, key) ? missing(value, object[key], place) : [place]
  })
}

describe("has every key of Stripe's own sample", () => {
  test.each(Object.entries(samples))('%s', (name, sample) => {
    const object = objects.get(name)
    expect(object && missing(sample, object, '')).toEqual(absent[name] ?? [])
  })
})

function isHash(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
