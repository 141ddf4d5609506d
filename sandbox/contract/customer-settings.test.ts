import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, draft, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

describe('a customer', () => {
  test('has names, settings and languages, and loses them by empty text', async () => {
    const { stripe } = sandbox
    const made = await customer(stripe, {
      business_name: 'Lumen Labs Ltd',
      individual_name: 'Ada',
      invoice_settings: {
        custom_fields: [{ name: 'PO', value: '7' }],
        footer: 'Thanks',
        rendering_options: { amount_tax_display: 'include_inclusive_tax' },
      },
      preferred_locales: ['de', 'en-GB'],
      tax_exempt: 'reverse',
    })
    expect(made).toMatchObject({
      business_name: 'Lumen Labs Ltd',
      individual_name: 'Ada',
      invoice_settings: {
        custom_fields: [{ name: 'PO', value: '7' }],
        footer: 'Thanks',
        rendering_options: { amount_tax_display: 'include_inclusive_tax', template: null },
      },
      preferred_locales: ['de', 'en-GB'],
      tax_exempt: 'reverse',
    })
    const cleared = await stripe.customers.update(made.id, {
      business_name: '',
      individual_name: '',
      invoice_settings: { custom_fields: '', footer: '', rendering_options: '' },
      metadata: '',
      tax_exempt: '',
    })
    expect(cleared).toMatchObject({
      invoice_settings: { custom_fields: null, footer: null, rendering_options: null },
      tax_exempt: 'none',
      preferred_locales: ['de', 'en-GB'],
    })
    expect(cleared).not.toHaveProperty('business_name')
    expect(cleared).not.toHaveProperty('individual_name')
  })

  test('keeps address and shipping per leaf, and answers them with all keys', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, {
      address: { city: 'Oslo', country: 'NO' },
      shipping: { name: 'Ada', address: { line1: 'Gate 1' } },
    })
    const changed = await stripe.customers.update(id, {
      address: { line1: 'Gate 2', city: '' },
      shipping: { phone: '1' } as never,
    })
    expect(changed.address).toEqual({
      city: null,
      country: 'NO',
      line1: 'Gate 2',
      line2: null,
      postal_code: null,
      state: null,
    })
    expect(changed.shipping).toMatchObject({
      name: 'Ada',
      phone: '1',
      address: { line1: 'Gate 1', city: null },
    })
    const cleared = await stripe.customers.update(id, { address: '', shipping: '' })
    expect(cleared).toMatchObject({ address: null, shipping: null })
    const nameless = sandbox.send('POST', `/v1/customers/${id}`, 'shipping[phone]=1')
    expect((await nameless).json.error).toMatchObject({ code: 'parameter_missing', param: 'shipping[name]' })
  })

  test.each([
    [{ email: 'nobody' }, { code: 'email_invalid', param: 'email' }],
    [{ email: `${'a'.repeat(508)}@b.co` }, { param: 'email' }],
    [{ name: 'x'.repeat(257) }, { param: 'name' }],
    [{ business_name: 'x'.repeat(151) }, { param: 'business_name' }],
    [{ individual_name: 'x'.repeat(151) }, { param: 'individual_name' }],
    [{ phone: '1'.repeat(21) }, { param: 'phone' }],
    [{ invoice_prefix: 'abc' }, { param: 'invoice_prefix' }],
    [{ invoice_prefix: 'ABCDEFGHIJKLM' }, { param: 'invoice_prefix' }],
    [{ next_invoice_sequence: 0 }, { param: 'next_invoice_sequence' }],
    [{ address: { country: 'Norway' } }, { param: 'address[country]' }],
    [{ tax: { ip_address: '1.2.3' } }, { param: 'tax[ip_address]' }],
    [{ tax: { validate_location: 'immediately' } }, { code: 'customer_tax_location_invalid' }],
    [{ tax_exempt: 'partly' }, { param: 'tax_exempt' }],
    [
      { invoice_settings: { custom_fields: [{ name: 'x'.repeat(41), value: 'y' }] } },
      { param: 'invoice_settings[custom_fields][0][name]' },
    ],
  ])('with %j is refused', async (params, expected) => {
    expect(await refusalOf(sandbox.stripe.customers.create(params as object))).toMatchObject({
      status: 400,
      ...expected,
    })
  })

  test('shows where it would be taxed when asked', async () => {
    const { stripe } = sandbox
    const tax = async (params: object) => (await customer(stripe, { ...params, expand: ['tax'] })).tax
    expect(await tax({})).toEqual({
      automatic_tax: 'unrecognized_location',
      ip_address: null,
      location: null,
      provider: 'stripe',
    })
    const address = { country: 'US', state: 'TX' }
    expect(
      await tax({ address, tax: { ip_address: '192.0.2.1', validate_location: 'immediately' } }),
    ).toEqual({
      automatic_tax: 'not_collecting',
      ip_address: '192.0.2.1',
      location: { country: 'US', source: 'billing_address', state: 'TX' },
      provider: 'stripe',
    })
  })
})

describe('numbers of invoices', () => {
  test('begin with the prefix and where the sequence was set, which never goes back', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, { invoice_prefix: 'OSLO', next_invoice_sequence: 41 })
    expect((await openInvoice(stripe, { customer: id })).number).toBe('OSLO-0041')
    expect(await refusalOf(stripe.customers.update(id, { next_invoice_sequence: 41 }))).toMatchObject({
      param: 'next_invoice_sequence',
    })
    await stripe.customers.update(id, { invoice_prefix: 'BERGEN' })
    expect((await openInvoice(stripe, { customer: id })).number).toBe('BERGEN-0042')
  })

  test('have a prefix that nobody else had, retired and deleted ones included', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, { invoice_prefix: 'FIRST' })
    await stripe.customers.update(id, { invoice_prefix: 'SECOND' })
    const { id: gone } = await customer(stripe, { invoice_prefix: 'GONE' })
    await stripe.customers.del(gone)
    for (const invoice_prefix of ['FIRST', 'SECOND', 'GONE']) {
      expect(await refusalOf(customer(stripe, { invoice_prefix }))).toMatchObject({
        status: 400,
        param: 'invoice_prefix',
      })
    }
    expect(await stripe.customers.update(id, { invoice_prefix: 'FIRST' })).toMatchObject({
      invoice_prefix: 'FIRST',
    })
  })
})

test('drafts take over custom fields, footer and how tax is shown', async () => {
  const { stripe } = sandbox
  const { id } = await customer(stripe, {
    invoice_settings: {
      footer: 'Thanks',
      rendering_options: { amount_tax_display: 'exclude_tax' },
    },
  })
  expect(await draft(stripe, { customer: id })).toMatchObject({
    footer: 'Thanks',
    rendering: { amount_tax_display: 'exclude_tax', pdf: null, template: null, template_version: null },
  })
})

test('a movement of the balance keeps what it is, but its description and metadata change', async () => {
  const { stripe } = sandbox
  const { id } = await customer(stripe)
  const made = await stripe.customers.createBalanceTransaction(id, {
    amount: -500,
    currency: 'usd',
    description: 'Goodwill',
    metadata: { a: '1' },
  })
  const update = (params: object) => stripe.customers.updateBalanceTransaction(id, made.id, params)
  expect(await update({ metadata: { b: '2' } })).toEqual({ ...made, metadata: { a: '1', b: '2' } })
  expect(await update({ description: '' })).toMatchObject({ description: null, amount: -500 })
  expect(await refusalOf(update({ amount: 5 }))).toMatchObject({ code: 'parameter_unknown' })
  const other = await customer(stripe)
  expect(await refusalOf(stripe.customers.updateBalanceTransaction(other.id, made.id, {}))).toMatchObject({
    status: 404,
  })
})
