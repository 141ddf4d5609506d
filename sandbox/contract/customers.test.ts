import { expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, draft, eventTypes, openInvoice } from '@/sandbox/contract/scenes'

const account = useAccount()

test('start with their defaults', async () => {
  const created = await account.stripe.customers.create()
  expect(created).toMatchObject({
    object: 'customer',
    address: null,
    balance: 0,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    email: null,
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
  })
  expect(created.id).toMatch(/^cus_\w{14}$/)
  expect(created.invoice_prefix).toMatch(/^[A-Z0-9]{1,12}$/)
  for (const hidden of ['tax_ids', 'sources', 'subscriptions', 'deleted'])
    expect(created).not.toHaveProperty(hidden)
})

test('keep the rest of an address when one leaf changes', async () => {
  const { stripe } = account
  const { id, address } = await customer(stripe, {
    address: { line1: '1 Road', city: 'Kyiv', country: 'UA' },
  })
  expect(address).toEqual({
    line1: '1 Road',
    line2: null,
    city: 'Kyiv',
    state: null,
    postal_code: null,
    country: 'UA',
  })
  const changed = await stripe.customers.update(id, { address: { line2: 'Flat 2' } })
  expect(changed.address).toMatchObject({ line1: '1 Road', line2: 'Flat 2', city: 'Kyiv' })
  expect((await stripe.customers.update(id, { address: '' })).address).toBeNull()
})

test('a non-zero balance gives them a currency', async () => {
  expect(await customer(account.stripe, { balance: -1500 })).toMatchObject({
    balance: -1500,
    currency: 'usd',
  })
  expect(await customer(account.stripe, { balance: 0 })).toMatchObject({ balance: 0, currency: null })
})

test('their first invoice item gives them a currency', async () => {
  const { stripe } = account
  const { id } = await customer(stripe)
  await stripe.invoiceItems.create({ customer: id, amount: 100, currency: 'eur' })
  expect(await stripe.customers.retrieve(id)).toMatchObject({ currency: 'eur' })
})

test('an update that changes nothing makes no event', async () => {
  const { stripe } = account
  const { id } = await customer(stripe, { name: 'Same' })
  await stripe.customers.update(id, { name: 'Same', metadata: {} })
  await stripe.customers.update(id, { name: 'Other' })
  expect(await eventTypes(stripe, id, 'customer.')).toEqual(['customer.created', 'customer.updated'])
})

test('once deleted answer with a stub, are left out of lists and cannot be changed', async () => {
  const { stripe } = account
  const email = `gone-${Date.now()}@a.example`
  const { id } = await customer(stripe, { email })
  const stub = { id, object: 'customer', deleted: true }
  expect(await stripe.customers.del(id)).toEqual(stub)
  expect(await stripe.customers.retrieve(id)).toEqual(stub)
  expect((await stripe.customers.list({ email })).data).toEqual([])
  expect(await refusalOf(stripe.customers.update(id, { name: 'x' }))).toMatchObject({
    code: 'resource_missing',
  })
  expect(await refusalOf(stripe.customers.del(id))).toMatchObject({ status: 404 })
  expect(await refusalOf(stripe.invoices.create({ customer: id }))).toMatchObject({
    status: 400,
    param: 'customer',
  })
  const { data } = await stripe.events.list({ type: 'customer.deleted' })
  const event = data.find((each) => 'id' in each.data.object && each.data.object.id === id)
  expect(event?.data.object).toMatchObject({ email })
  expect(event?.data.object).not.toHaveProperty('deleted')
})

test('that nobody made are missing', async () => {
  const missing = { status: 404, type: 'invalid_request_error', code: 'resource_missing', param: 'id' }
  const refusal = await refusalOf(account.stripe.customers.retrieve('cus_nobody'))
  expect(refusal).toMatchObject(missing)
  expect(refusal.message).toContain("No such customer: 'cus_nobody'")
})

test('drafts follow their edits, finalized invoices keep the snapshot', async () => {
  const { stripe } = account
  const { id } = await customer(stripe, { name: 'Before', address: { city: 'Kyiv', country: 'UA' } })
  const frozen = await openInvoice(stripe, { customer: id })
  const following = await draft(stripe, { customer: id })
  await stripe.customers.update(id, { name: 'After', email: 'after@a.example', address: { city: 'Lviv' } })
  const after = {
    customer_name: 'After',
    customer_email: 'after@a.example',
    customer_address: { city: 'Lviv' },
  }
  expect(await stripe.invoices.retrieve(following.id)).toMatchObject(after)
  expect(await stripe.invoices.retrieve(frozen.id)).toMatchObject({
    customer_name: 'Before',
    customer_email: 'accounts@lumen.example',
    customer_address: { city: 'Kyiv' },
  })
  expect(await stripe.invoices.finalizeInvoice(following.id)).toMatchObject(after)
})

test('the account says who is asked', async () => {
  const { id } = await account.stripe.accounts.retrieveCurrent()
  expect(id).toMatch(/^acct_\w+$/)
})
