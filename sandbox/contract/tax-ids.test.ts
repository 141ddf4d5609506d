import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, draft, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()
const add = (id: string, type: string, value: string) =>
  sandbox.stripe.customers.createTaxId(id, { type, value })

describe('a customer’s tax id', () => {
  test('is created, read, listed, expanded and deleted', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const taxId = await add(id, 'us_ein', '12-3456789')
    expect(taxId).toEqual({
      id: expect.stringMatching(/^txi_/),
      object: 'tax_id',
      country: 'US',
      created: expect.any(Number),
      customer: id,
      customer_account: null,
      livemode: false,
      owner: { customer: id, customer_account: null, type: 'customer' },
      type: 'us_ein',
      value: '12-3456789',
      verification: { status: 'unavailable', verified_address: null, verified_name: null },
    })
    expect(await stripe.customers.retrieveTaxId(id, taxId.id)).toEqual(taxId)
    expect(await stripe.taxIds.retrieve(taxId.id)).toEqual(taxId)
    expect((await stripe.customers.listTaxIds(id)).data).toEqual([taxId])
    expect((await stripe.taxIds.list({ owner: { type: 'customer', customer: id } })).data).toEqual([taxId])
    const shown = await stripe.customers.retrieve(id, { expand: ['tax_ids.data.customer'] })
    expect(shown).toMatchObject({
      tax_ids: { url: `/v1/customers/${id}/tax_ids`, data: [{ id: taxId.id, customer: { id } }] },
    })
    expect(await stripe.customers.deleteTaxId(id, taxId.id)).toMatchObject({
      id: taxId.id,
      object: 'tax_id',
      deleted: true,
    })
    expect(await refusalOf(stripe.taxIds.retrieve(taxId.id))).toMatchObject({
      status: 404,
      code: 'resource_missing',
    })
  })

  test('may come with the customer', async () => {
    const { stripe } = sandbox
    const made = await customer(stripe, {
      tax_id_data: [
        { type: 'eu_vat', value: 'DE123456789' },
        { type: 'de_stn', value: '1234567890' },
      ],
      expand: ['tax_ids'],
    })
    expect(made.tax_ids?.data).toMatchObject([
      { type: 'de_stn', country: 'DE' },
      { type: 'eu_vat', country: 'DE', verification: { status: 'pending' } },
    ])
    const { data } = await stripe.events.list({ type: 'customer.tax_id.created', limit: 2 })
    expect(data.map((event) => event.data.object)).toMatchObject([{ type: 'de_stn' }, { type: 'eu_vat' }])
  })

  test.each([
    ['eu_vat', 'nonsense', { code: 'tax_id_invalid', param: 'value' }],
    ['us_ein', '1', { code: 'tax_id_invalid', param: 'value' }],
    ['xx_tin', '123456789', { param: 'type' }],
  ])('%s %s is refused', async (type, value, expected) => {
    const { id } = await customer(sandbox.stripe)
    expect(await refusalOf(add(id, type, value))).toMatchObject({ status: 400, ...expected })
    expect(await refusalOf(customer(sandbox.stripe, { tax_id_data: [{ type, value }] }))).toMatchObject({
      status: 400,
      param: `tax_id_data[0][${expected.param}]`,
    })
  })

  test('is one of at most five', async () => {
    const { id } = await customer(sandbox.stripe)
    for (let n = 1; n <= 5; n++) await add(id, 'us_ein', `12-345678${n}`)
    expect(await refusalOf(add(id, 'us_ein', '12-3456780'))).toMatchObject({ status: 400 })
  })

  test('belongs to one customer and goes with it', async () => {
    const { stripe } = sandbox
    const [{ id }, other] = [await customer(stripe), await customer(stripe)]
    const taxId = await add(id, 'us_ein', '12-3456789')
    expect(await refusalOf(stripe.customers.retrieveTaxId(other.id, taxId.id))).toMatchObject({ status: 404 })
    await stripe.customers.del(id)
    expect(await refusalOf(stripe.customers.listTaxIds(id))).toMatchObject({ status: 404 })
    expect(await refusalOf(stripe.taxIds.retrieve(taxId.id))).toMatchObject({ status: 404 })
  })
})

describe('verification', () => {
  test.each([
    [
      'eu_vat',
      '000000000',
      { status: 'verified', verified_name: 'Lumen Labs', verified_address: 'Oslo, NO' },
    ],
    ['gb_vat', 'GB111111111', { status: 'unverified', verified_name: null, verified_address: null }],
    ['au_abn', '222222222', { status: 'pending', verified_name: null, verified_address: null }],
  ])('of %s %s comes later and is told', async (type, value, verification) => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, { address: { city: 'Oslo', country: 'NO' } })
    const taxId = await add(id, type, value)
    expect(taxId.verification).toEqual({ status: 'pending', verified_name: null, verified_address: null })
    await sandbox.control('POST', 'clock', { advance_seconds: 60 })
    const later = await stripe.taxIds.retrieve(taxId.id)
    expect(later.verification).toEqual(verification)
    const { data } = await stripe.events.list({ type: 'customer.tax_id.updated', limit: 100 })
    const told = data.filter((event) => (event.data.object as { id: string }).id === taxId.id)
    expect(told.map((event) => event.data.previous_attributes)).toMatchObject(
      verification.status === 'pending' ? [] : [{ verification: { status: 'pending' } }],
    )
  })
})

describe('an invoice', () => {
  test('shows its customer’s tax ids, which freeze when it becomes final', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe, { tax_id_data: [{ type: 'us_ein', value: '12-3456789' }] })
    const made = await draft(stripe, { customer: id })
    const first = { type: 'us_ein', value: '12-3456789' }
    expect(made.customer_tax_ids).toEqual([first])
    const second = await add(id, 'gb_vat', 'GB123456789')
    const both = [first, { type: 'gb_vat', value: 'GB123456789' }]
    expect((await stripe.invoices.retrieve(made.id)).customer_tax_ids).toEqual(both)
    await stripe.invoices.finalizeInvoice(made.id)
    await stripe.customers.deleteTaxId(id, second.id)
    expect((await stripe.invoices.retrieve(made.id)).customer_tax_ids).toEqual(both)
    expect((await draft(stripe, { customer: id })).customer_tax_ids).toEqual([first])
  })

  test('shows the account’s tax ids that it names', async () => {
    const { stripe } = sandbox
    const own = await stripe.taxIds.create({ type: 'us_ein', value: '98-7654321' })
    expect(own).toMatchObject({ customer: null, owner: { type: 'self' } })
    expect((await stripe.taxIds.list()).data.map(({ id }) => id)).toContain(own.id)
    const made = await draft(stripe, { account_tax_ids: [own.id] })
    expect(made.account_tax_ids).toEqual([own.id])
    const shown = await stripe.invoices.retrieve(made.id, { expand: ['account_tax_ids'] })
    expect(shown.account_tax_ids).toMatchObject([{ id: own.id, value: '98-7654321' }])
    await stripe.taxIds.del(own.id)
    const later = await stripe.invoices.retrieve(made.id, { expand: ['account_tax_ids'] })
    expect(later.account_tax_ids).toEqual([{ id: own.id, object: 'tax_id', deleted: true }])
    const cleared = await stripe.invoices.update(made.id, { account_tax_ids: '' })
    expect(cleared.account_tax_ids).toBeNull()
  })

  test('names no tax id of somebody else, and none once it is final', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const foreign = await add(id, 'us_ein', '12-3456789')
    const own = await stripe.taxIds.create({ type: 'us_ein', value: '98-7654321' })
    for (const taxId of [foreign.id, 'txi_nobody']) {
      expect(await refusalOf(draft(stripe, { account_tax_ids: [taxId] }))).toMatchObject({
        status: 400,
        param: 'account_tax_ids[0]',
      })
    }
    const open = await openInvoice(stripe)
    expect(await refusalOf(stripe.invoices.update(open.id, { account_tax_ids: [own.id] }))).toMatchObject({
      status: 400,
      param: 'account_tax_ids',
    })
  })
})

test.each([
  [{ type: 'customer' }, { param: 'owner[customer]', code: 'parameter_missing' }],
  [
    { type: 'customer', customer: 'cus_nobody' },
    { param: 'owner[customer]', code: 'resource_missing' },
  ],
  [{ type: 'self', customer: 'cus_nobody' }, { param: 'owner[customer]' }],
  [{ type: 'account', account: 'acct_x' }, {}],
])('tax ids of owner %j are refused', async (owner, expected) => {
  const { stripe } = sandbox
  const params = { type: 'us_ein', value: '12-3456789', owner }
  expect(await refusalOf(stripe.taxIds.create(params))).toMatchObject({ status: 400, ...expected })
  expect(await refusalOf(stripe.taxIds.list({ owner }))).toMatchObject({ status: 400, ...expected })
})
