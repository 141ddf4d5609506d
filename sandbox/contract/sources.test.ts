import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, eventTypes, openInvoice } from '@/sandbox/contract/scenes'

const account = useAccount()
const save = (id: string, source = 'tok_visa') => account.stripe.customers.createSource(id, { source })

describe('a card saved the old way', () => {
  test('is a source and a payment method, and the first one the default', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const source = await stripe.customers.createSource(id, { source: 'tok_visa', metadata: { a: 'b' } })
    expect(source).toMatchObject({
      object: 'card',
      brand: 'Visa',
      customer: id,
      last4: '4242',
      metadata: { a: 'b' },
    })
    expect(source.id).toMatch(/^card_/)
    const second = await save(id, 'tok_mastercard')
    expect(second).toMatchObject({ brand: 'MasterCard' })
    const shown = await stripe.customers.retrieve(id, { expand: ['default_source', 'sources'] })
    expect(shown).toMatchObject({
      default_source: { id: source.id, last4: '4242' },
      sources: { data: [{ id: second.id }, { id: source.id }], url: `/v1/customers/${id}/sources` },
    })
    expect(await stripe.paymentMethods.retrieve(source.id)).toMatchObject({ type: 'card', customer: id })
    expect(await eventTypes(stripe, source.id, 'customer.source.')).toEqual(['customer.source.created'])
  })

  test('is read, listed, changed and deleted, and the newest one left takes its place', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const [first, second] = [await save(id), await save(id, 'tok_amex')]
    expect(await stripe.customers.retrieveSource(id, first.id)).toEqual(first)
    const listed = await stripe.customers.listSources(id, { limit: 1 })
    expect(listed).toMatchObject({ data: [{ id: second.id }], has_more: true })
    expect((await stripe.customers.listSources(id, { object: 'bank_account' })).data).toEqual([])
    const changed = await stripe.customers.updateSource(id, first.id, {
      name: 'Ada',
      exp_month: '7',
      address_city: 'Oslo',
      metadata: { foo: 'bar' },
    })
    expect(changed).toMatchObject({
      name: 'Ada',
      exp_month: 7,
      address_city: 'Oslo',
      metadata: { foo: 'bar' },
    })
    expect(await stripe.customers.deleteSource(id, first.id)).toEqual({
      id: first.id,
      object: 'card',
      deleted: true,
    })
    expect(await stripe.customers.retrieve(id)).toMatchObject({ default_source: second.id })
    expect(await refusalOf(stripe.customers.retrieveSource(id, first.id))).toMatchObject({ status: 404 })
    expect(await eventTypes(stripe, first.id, 'customer.source.')).toEqual([
      'customer.source.created',
      'customer.source.updated',
      'customer.source.deleted',
    ])
  })

  test('comes with a customer, or replaces the default', async () => {
    const { stripe } = account
    const { id, default_source: first } = await customer(stripe, { source: 'tok_visa' })
    expect(first).toMatch(/^card_/)
    const { default_source: second } = await stripe.customers.update(id, { source: 'tok_mastercard' })
    expect(second).not.toBe(first)
    const back = await stripe.customers.update(id, { default_source: String(first) })
    expect(back.default_source).toBe(first)
    const other = await customer(stripe)
    expect(
      await refusalOf(stripe.customers.update(other.id, { default_source: String(first) })),
    ).toMatchObject({ status: 400, code: 'resource_missing', param: 'default_source' })
  })

  test('that declines is not saved, unless nobody asks', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    expect(await refusalOf(save(id, 'tok_chargeDeclined'))).toMatchObject({
      status: 402,
      code: 'card_declined',
    })
    expect((await stripe.customers.listSources(id)).data).toEqual([])
    const source = await stripe.customers.createSource(id, {
      source: 'tok_chargeDeclined',
      validate: false,
    })
    expect(source.object).toBe('card')
    for (const token of ['tok_nobody', 'pm_card_visa']) {
      expect(await refusalOf(save(id, token))).toMatchObject({
        status: 400,
        code: 'resource_missing',
        param: 'source',
      })
    }
  })
})

describe('an invoice', () => {
  test('is paid by its customer’s default source when there is nothing better', async () => {
    const { stripe } = account
    const { id } = await customer(stripe, { source: 'tok_visa' })
    const { id: invoice } = await openInvoice(stripe, { customer: id })
    expect(await stripe.invoices.pay(invoice)).toMatchObject({ status: 'paid' })
  })

  test('is paid by its own default source, or by the one that is named', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const [good, bad] = [await save(id), await save(id, 'tok_chargeCustomerFail')]
    const { id: invoice } = await openInvoice(stripe, { customer: id, default_source: bad.id })
    expect(await refusalOf(stripe.invoices.pay(invoice))).toMatchObject({ status: 402 })
    expect(
      await refusalOf(stripe.invoices.pay(invoice, { source: good.id, payment_method: good.id })),
    ).toMatchObject({ status: 400, code: 'parameters_exclusive' })
    expect(await stripe.invoices.pay(invoice, { source: good.id })).toMatchObject({ status: 'paid' })
    const other = await customer(stripe)
    expect(
      await refusalOf(stripe.invoices.create({ customer: other.id, default_source: good.id })),
    ).toMatchObject({ status: 400, param: 'default_source' })
  })
})
