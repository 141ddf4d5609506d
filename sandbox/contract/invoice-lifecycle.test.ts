import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  draft,
  eventTypes,
  first,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const account = useAccount()

describe('sending', () => {
  test('finalizes a draft and may be repeated', async () => {
    const { stripe } = account
    const { id } = await draft(stripe)
    const sent = await stripe.invoices.sendInvoice(id)
    expect(sent).toMatchObject({ status: 'open', attempted: false })
    expect(await stripe.invoices.sendInvoice(id)).toEqual(sent)
    const types = await eventTypes(stripe, id, 'invoice.')
    expect(types.filter((type) => type === 'invoice.sent')).toHaveLength(2)
    expect(types.indexOf('invoice.finalized')).toBeLessThan(types.indexOf('invoice.sent'))
  })

  test('needs an address and leaves the draft as it was without one', async () => {
    const { stripe } = account
    const { id: owner } = await stripe.customers.create({ name: 'No mail' })
    const { id } = await draft(stripe, { customer: owner })
    expect(await refusalOf(stripe.invoices.sendInvoice(id))).toMatchObject({ status: 400 })
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'draft', number: null })
  })
})

describe('voiding', () => {
  test('leaves the amounts and cancels the payment', async () => {
    const { stripe } = account
    const open = await openInvoice(stripe, { auto_advance: true })
    const voided = await stripe.invoices.voidInvoice(open.id, { expand: ['payments'] })
    expect(voided).toMatchObject({
      status: 'void',
      auto_advance: false,
      amount_due: 2000,
      amount_remaining: 2000,
      number: open.number,
      status_transitions: { voided_at: expect.any(Number), paid_at: null },
    })
    expect(voided.payments?.data).toMatchObject([{ status: 'canceled', is_default: true }])
    expect(await intentOf(stripe, open.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'void_invoice',
    })
    const types = await eventTypes(stripe, open.id, 'invoice.')
    expect(types.filter((type) => type === 'invoice.voided')).toHaveLength(1)
  })

  test('hands applied credit back', async () => {
    const { stripe } = account
    const { id: owner } = await customer(stripe, { balance: -1000 })
    const { id } = await openInvoice(stripe, { customer: owner, amounts: [3000] })
    await stripe.invoices.voidInvoice(id)
    expect(await stripe.customers.retrieve(owner)).toMatchObject({ balance: -1000 })
  })
})

test('uncollectible is remembered, also after payment', async () => {
  const { stripe } = account
  const { id } = await openInvoice(stripe)
  const marked = await stripe.invoices.markUncollectible(id)
  const at = marked.status_transitions.marked_uncollectible_at
  expect(at).toEqual(expect.any(Number))
  expect(marked).toMatchObject({ status: 'uncollectible', auto_advance: false, amount_remaining: 2000 })
  const paid = await stripe.invoices.pay(id, { paid_out_of_band: true })
  expect(paid.status_transitions).toMatchObject({ marked_uncollectible_at: at, paid_at: expect.any(Number) })
  expect(await eventTypes(stripe, id, 'invoice.')).toEqual(
    expect.arrayContaining(['invoice.marked_uncollectible', 'invoice.paid']),
  )
})

describe('an open invoice', () => {
  test.each<[string, Stripe.InvoiceUpdateParams]>([
    ['description', { description: 'x' }],
    ['footer', { footer: 'x' }],
    ['number', { number: 'x' }],
    ['due_date', { due_date: 2_000_000_000 }],
    ['days_until_due', { days_until_due: 3 }],
    ['collection_method', { collection_method: 'charge_automatically' }],
    ['custom_fields', { custom_fields: [{ name: 'a', value: 'b' }] }],
  ])('keeps its %s', async (param, change) => {
    const { stripe } = account
    const open = await openInvoice(stripe)
    expect(await refusalOf(stripe.invoices.update(open.id, change))).toMatchObject({ status: 400, param })
    expect(await stripe.invoices.retrieve(open.id)).toEqual(open)
  })

  test('gives away neither items nor lines', async () => {
    const { stripe } = account
    const open = await openInvoice(stripe)
    const item = first((await stripe.invoiceItems.list({ invoice: open.id })).data)
    const line = first(open.lines.data)
    const calls = [
      stripe.invoiceItems.del(item.id),
      stripe.invoiceItems.update(item.id, { amount: 1 }),
      stripe.invoices.updateLineItem(open.id, line.id, { amount: 1 }),
      stripe.invoices.removeLines(open.id, { lines: [{ id: line.id, behavior: 'delete' }] }),
      stripe.invoiceItems.create({
        customer: idOf(open.customer),
        invoice: open.id,
        amount: 1,
        currency: 'usd',
      }),
    ]
    for (const call of calls) expect(await refusalOf(call)).toMatchObject({ status: 400 })
    expect(await stripe.invoices.retrieve(open.id)).toEqual(open)
  })
})

test('twenty callers at once finalize and pay an invoice once', async () => {
  const { stripe } = account
  const owner = await customerWithCard(stripe)
  const { id } = await draft(stripe, { customer: owner.id })
  const twenty = Array.from({ length: 20 })
  const succeeded = async (calls: Promise<unknown>[]) =>
    (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length
  expect(await succeeded(twenty.map(() => stripe.invoices.finalizeInvoice(id)))).toBe(1)
  expect(await succeeded(twenty.map(() => stripe.invoices.pay(id)))).toBe(1)
  expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', amount_paid: 2000 })
  expect((await stripe.charges.list({ customer: owner.id })).data).toHaveLength(1)
  const types = await eventTypes(stripe, id, 'invoice.')
  expect(types.filter((type) => type === 'invoice.finalized' || type === 'invoice.paid')).toHaveLength(2)
})

describe('an unknown invoice', () => {
  test.each<[param: string, call: (invoices: Stripe.InvoiceResource) => Promise<unknown>]>([
    ['invoice', (invoices) => invoices.retrieve('in_nobody')],
    ['invoice', (invoices) => invoices.del('in_nobody')],
    ['invoice', (invoices) => invoices.sendInvoice('in_nobody')],
    ['invoice', (invoices) => invoices.addLines('in_nobody', { lines: [{ amount: 1 }] })],
    ['id', (invoices) => invoices.update('in_nobody', { description: 'x' })],
    ['id', (invoices) => invoices.pay('in_nobody')],
    ['id', (invoices) => invoices.finalizeInvoice('in_nobody')],
    ['id', (invoices) => invoices.voidInvoice('in_nobody')],
    ['id', (invoices) => invoices.markUncollectible('in_nobody')],
  ])('is missing as %s', async (param, call) => {
    const refusal = await refusalOf(call(account.stripe.invoices))
    expect(refusal).toMatchObject({ status: 404, code: 'resource_missing', param })
    expect(refusal.message).toContain("No such invoice: 'in_nobody'")
  })
})
