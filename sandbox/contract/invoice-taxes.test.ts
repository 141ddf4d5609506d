import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount, useSandbox } from '@/sandbox/contract/account'
import { customer, draft } from '@/sandbox/contract/scenes'

const account = useAccount()

const rate = async (percentage: number, inclusive = false) =>
  (await account.stripe.taxRates.create({ display_name: 'VAT', percentage, inclusive })).id

describe('tax rates on an invoice', () => {
  test('are shown in full, and what they come to by id', async () => {
    const { stripe } = account
    const vat = await rate(20)
    const made = await draft(stripe, { default_tax_rates: [vat], amounts: [1000, 450] })
    const tax = (amount: number, base: number) => ({
      amount,
      tax_behavior: 'exclusive',
      tax_rate_details: { tax_rate: vat },
      taxability_reason: 'not_available',
      taxable_amount: base,
      type: 'tax_rate_details',
    })
    expect(made).toMatchObject({
      default_tax_rates: [{ id: vat, object: 'tax_rate', percentage: 20 }],
      subtotal: 1450,
      subtotal_excluding_tax: 1450,
      total: 1740,
      total_excluding_tax: 1450,
      amount_due: 1740,
    })
    expect(made.total_taxes).toEqual([tax(290, 1450)])
    expect(made.lines.data.map(({ taxes }) => taxes)).toEqual([[tax(200, 1000)], [tax(90, 450)]])
    expect(await stripe.invoices.update(made.id, { default_tax_rates: '' })).toMatchObject({
      default_tax_rates: [],
      total: 1450,
      total_taxes: [],
    })
  })

  test('give way to those of an item, which fall back to them when taken off', async () => {
    const { stripe } = account
    const [general, reduced] = [await rate(20), await rate(5)]
    const made = await draft(stripe, { amounts: [], default_tax_rates: [general] })
    const item = await stripe.invoiceItems.create({
      customer: String(made.customer),
      invoice: made.id,
      amount: 1000,
      currency: 'usd',
      tax_rates: [reduced],
    })
    expect(item.tax_rates).toMatchObject([{ id: reduced, percentage: 5 }])
    expect(await stripe.invoices.retrieve(made.id)).toMatchObject({ total: 1050 })
    await stripe.invoiceItems.update(item.id, { tax_rates: '' })
    expect(await stripe.invoices.retrieve(made.id)).toMatchObject({ total: 1200 })
  })

  test('inside a price are part of it; on top they ignore them', async () => {
    const { stripe } = account
    const made = await draft(stripe, {
      amounts: [11_000],
      default_tax_rates: [await rate(10, true), await rate(20)],
    })
    expect(made).toMatchObject({
      subtotal: 11_000,
      subtotal_excluding_tax: 10_000,
      total: 13_000,
      total_excluding_tax: 10_000,
    })
  })

  test('follow whether the customer is exempt until the invoice is final', async () => {
    const { stripe } = account
    const made = await draft(stripe, { amounts: [10_000], default_tax_rates: [await rate(10, true)] })
    const customerId = String(made.customer)
    await stripe.customers.update(customerId, { tax_exempt: 'reverse' })
    const exempt = await stripe.invoices.retrieve(made.id)
    expect(exempt).toMatchObject({
      customer_tax_exempt: 'reverse',
      total: 9091,
      total_excluding_tax: 9091,
      total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge' }],
    })
    await stripe.invoices.finalizeInvoice(made.id)
    await stripe.customers.update(customerId, { tax_exempt: 'none' })
    expect(await stripe.invoices.retrieve(made.id)).toMatchObject({
      customer_tax_exempt: 'reverse',
      total: 9091,
    })
  })

  test('stay where they are once archived, and go nowhere else', async () => {
    const { stripe } = account
    const vat = await rate(20)
    const made = await draft(stripe, { default_tax_rates: [vat] })
    await stripe.taxRates.update(vat, { active: false })
    expect(await stripe.invoices.update(made.id, { default_tax_rates: [vat] })).toMatchObject({ total: 2400 })
    const fresh = await draft(stripe)
    expect(await refusalOf(stripe.invoices.update(fresh.id, { default_tax_rates: [vat] }))).toMatchObject({
      status: 400,
      param: 'default_tax_rates[0]',
    })
  })

  test.each([
    ['eleven', (id: string) => Array.from({ length: 11 }, () => id), 'default_tax_rates'],
    ['one twice', (id: string) => [id, id], 'default_tax_rates[1]'],
    ['an unknown one', () => ['txr_none'], 'default_tax_rates[0]'],
  ])('cannot be %s', async (_, of, param) => {
    const { stripe } = account
    const { id } = await draft(stripe)
    const refused = refusalOf(stripe.invoices.update(id, { default_tax_rates: of(await rate(5)) }))
    expect(await refused).toMatchObject({ status: 400, param })
  })

  test('are not looked up: Stripe Tax is not there', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const automatic = refusalOf(stripe.invoices.create({ customer: id, automatic_tax: { enabled: true } }))
    expect(await automatic).toMatchObject({ status: 400, code: 'stripe_tax_inactive' })
  })
})

describe('taxes calculated elsewhere', () => {
  const taxAmount = (amount: number): Stripe.InvoiceUpdateLineItemParams.TaxAmount => ({
    amount,
    taxable_amount: 1900,
    taxability_reason: 'standard_rated',
    tax_rate_data: {
      display_name: 'Sales tax',
      inclusive: false,
      percentage: 7.25,
      state: 'CA',
      country: 'US',
    },
  })

  test('are taken as they are, their rates made once and archived', async () => {
    const { stripe } = account
    const made = await draft(stripe, { amounts: [2000, 1000] })
    const [first, second] = made.lines.data.map(({ id }) => id)
    const line = await stripe.invoices.updateLineItem(made.id, String(first), {
      tax_amounts: [taxAmount(138)],
    })
    expect(line.taxes).toMatchObject([
      { amount: 138, taxable_amount: 1900, tax_behavior: 'exclusive', taxability_reason: 'standard_rated' },
    ])
    const both = await stripe.invoices.updateLines(made.id, {
      lines: [{ id: String(second), tax_amounts: [taxAmount(70)] }],
    })
    expect(both).toMatchObject({ total: 3208, total_taxes: [{ amount: 208 }] })
    const made_rate = String(line.taxes?.[0]?.tax_rate_details?.tax_rate)
    expect(await stripe.taxRates.retrieve(made_rate)).toMatchObject({ active: false, percentage: 7.25 })
    const cleared = await stripe.invoices.updateLines(made.id, {
      lines: [
        { id: String(first), tax_amounts: '' },
        { id: String(second), tax_amounts: '' },
      ],
    })
    expect(cleared).toMatchObject({ total: 3000, total_taxes: [] })
  })

  test('do not mix with rates', async () => {
    const { stripe } = account
    const vat = await rate(20)
    const made = await draft(stripe, { default_tax_rates: [vat] })
    const line = String(made.lines.data[0]?.id)
    const set = () => stripe.invoices.updateLineItem(made.id, line, { tax_amounts: [taxAmount(5)] })
    expect(await refusalOf(set())).toMatchObject({ status: 400 })
    await stripe.invoices.update(made.id, { default_tax_rates: '' })
    await set()
    for (const mixed of [
      stripe.invoices.update(made.id, { default_tax_rates: [vat] }),
      stripe.invoices.addLines(made.id, { lines: [{ amount: 100, tax_rates: [vat] }] }),
    ]) {
      expect(await refusalOf(mixed)).toMatchObject({ status: 400 })
    }
  })

  test('are twenty at most', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [] })
    const lines = [{ amount: 100, tax_amounts: Array.from({ length: 21 }, () => taxAmount(1)) }]
    expect(await refusalOf(stripe.invoices.addLines(id, { lines }))).toMatchObject({
      status: 400,
      param: 'lines[0][tax_amounts]',
    })
  })
})

describe('rounding', () => {
  const sandbox = useSandbox()

  test.each([
    ['line', 9546],
    ['invoice', 9545],
  ])('per %s is a setting of the account', async (rounding, tax) => {
    const { stripe, control } = sandbox
    await control('POST', 'settings', { account: { rounding } })
    const { id } = await stripe.taxRates.create({ display_name: 'VAT', percentage: 10, inclusive: true })
    const made = await draft(stripe, { amounts: [100_000, 5_000], default_tax_rates: [id] })
    expect(made).toMatchObject({ total: 105_000, total_taxes: [{ amount: tax }] })
  })
})
