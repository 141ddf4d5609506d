import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { customer, customerWithCard, draft, eventTypes, first, openInvoice } from '@/sandbox/contract/scenes'

const account = useAccount()

describe('what an invoice tells in its life', () => {
  test('drafting: created, then updated by each line', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [100, 200] })
    expect(await eventTypes(stripe, id)).toEqual([
      'invoice.created',
      'invoiceitem.created',
      'invoice.updated',
      'invoiceitem.created',
      'invoice.updated',
    ])
  })

  /** The invoice family after drafting, in the order in which it is made. */
  const since = async (id: string) => {
    const types = await eventTypes(account.stripe, id, 'invoice')
    return types.slice(types.indexOf('invoice.finalized')).filter((type) => type !== 'invoice.updated')
  }

  test('finalized, sent, paid by card', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { customer: (await customerWithCard(stripe)).id })
    await stripe.invoices.sendInvoice(id)
    await stripe.invoices.pay(id)
    expect(await since(id)).toEqual([
      'invoice.finalized',
      'invoice.sent',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
    ])
  })

  test('declined', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, {
      customer: (await customerWithCard(stripe, 'pm_card_chargeCustomerFail')).id,
    })
    await refusalOf(stripe.invoices.pay(id))
    expect(await since(id)).toEqual(['invoice.finalized', 'invoice.payment_failed'])
  })

  test('void', async () => {
    const { id } = await openInvoice(account.stripe)
    await account.stripe.invoices.voidInvoice(id)
    expect(await since(id)).toEqual(['invoice.finalized', 'invoice.voided'])
  })

  test('uncollectible, then paid elsewhere', async () => {
    const { id } = await openInvoice(account.stripe)
    await account.stripe.invoices.markUncollectible(id)
    await account.stripe.invoices.pay(id, { paid_out_of_band: true })
    expect((await since(id)).filter((type) => type.startsWith('invoice.'))).toEqual([
      'invoice.finalized',
      'invoice.marked_uncollectible',
      'invoice.paid',
    ])
  })

  test('charge before intent before invoice', async () => {
    const { stripe } = account
    const { id, customer: owner } = await openInvoice(stripe, {
      customer: (await customerWithCard(stripe)).id,
    })
    await stripe.invoices.pay(id)
    const types = await eventTypes(stripe, String(owner))
    const order = ['charge.succeeded', 'payment_intent.succeeded', 'invoice.paid'].map((type) =>
      types.indexOf(type),
    )
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order).not.toContain(-1)
  })
})

describe('an event', () => {
  test('shows the object as it was then, without what was expanded', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { description: 'First' })
    await stripe.invoices.update(id, { description: 'Second', expand: ['customer'] })
    await stripe.invoices.update(id, { description: 'Third' })
    const { data } = await stripe.events.list({ type: 'invoice.updated', limit: 2 })
    const [third, second] = data
    expect(second).toMatchObject({
      object: 'event',
      api_version: '2026-10-28.endive',
      livemode: false,
      type: 'invoice.updated',
      data: {
        object: {
          id,
          object: 'invoice',
          description: 'Second',
          customer: expect.any(String),
          lines: { object: 'list' },
        },
        previous_attributes: { description: 'First' },
      },
    })
    expect(third?.data.previous_attributes).toEqual({ description: 'Second' })
    expect(second?.data.object).not.toHaveProperty('payments')
    expect(await stripe.events.retrieve(String(second?.id))).toEqual(second)
  })

  test('names only the leaves of metadata that changed', async () => {
    const { stripe } = account
    const { id } = await customer(stripe, { metadata: { kept: '1', changed: '2' } })
    await stripe.customers.update(id, { metadata: { changed: '3', added: '4' } })
    const { data } = await stripe.events.list({ type: 'customer.updated', limit: 1 })
    expect(data[0]?.data.previous_attributes).toEqual({ metadata: { changed: '2', added: null } })
  })

  test('names the request that caused it, with its key', async () => {
    const { stripe } = account
    const created = await stripe.customers.create({ name: 'Ada' }, { idempotencyKey: `events-${Date.now()}` })
    const { data } = await stripe.events.list({ type: 'customer.created', limit: 1 })
    expect(data[0]?.request).toEqual({
      id: created.lastResponse.requestId,
      idempotency_key: created.lastResponse.idempotencyKey,
    })
    expect(data[0]?.data).not.toHaveProperty('previous_attributes')
  })
})

describe('the list of events', () => {
  test('filters by type, by family, by several types and by time', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe)
    const { created } = first((await stripe.events.list({ type: 'invoice.finalized', limit: 1 })).data)
    const types = async (params: object) =>
      new Set((await stripe.events.list({ limit: 100, ...params })).data.map(({ type }) => type))
    expect(await types({ type: 'invoice.finalized' })).toEqual(new Set(['invoice.finalized']))
    expect([...(await types({ type: 'invoice.*' }))].every((type) => type.startsWith('invoice.'))).toBe(true)
    expect(await types({ types: ['invoice.created', 'invoice.finalized'] })).toEqual(
      new Set(['invoice.created', 'invoice.finalized']),
    )
    expect(await types({ created: { gt: created + 3600 } })).toEqual(new Set())
    const [newest] = (await stripe.events.list({ types: ['invoice.finalized'], created: { gte: created } }))
      .data
    expect(newest?.data.object).toMatchObject({ id })
  })

  test('takes type or types, not both, and at most twenty', async () => {
    const { events } = account.stripe
    expect(await refusalOf(events.list({ type: 'invoice.paid', types: ['invoice.paid'] }))).toMatchObject({
      status: 400,
    })
    const many = Array.from({ length: 21 }, (_, index) => `invoice.type_${index}`)
    expect(await refusalOf(events.list({ types: many }))).toMatchObject({ status: 400 })
  })

  test('has no event that nobody caused', async () => {
    expect(await refusalOf(account.stripe.events.retrieve('evt_nobody'))).toMatchObject({
      status: 404,
      code: 'resource_missing',
    })
  })
})
