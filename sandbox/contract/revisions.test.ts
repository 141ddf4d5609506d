import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import {
  customer,
  customerWithCard,
  draft,
  eventTypes,
  idOf,
  intentOf,
  openInvoice,
} from '@/sandbox/contract/scenes'

const account = useAccount()

const revisionOf = (invoice: string) => ({ from_invoice: { action: 'revision' as const, invoice } })

describe('a revision', () => {
  test('is a draft with what the original says', async () => {
    const { stripe } = account
    const { id } = await customer(stripe)
    const original = await draft(stripe, {
      customer: id,
      amounts: [2000, -300, 50],
      description: 'Memo',
      footer: 'Footer',
      custom_fields: [{ name: 'PO', value: '17' }],
      metadata: { order: '5', gone: 'x' },
      auto_advance: true,
    })
    await stripe.invoices.finalizeInvoice(original.id)
    await stripe.invoiceItems.create({ customer: id, amount: 999, currency: 'usd' })
    const revision = await stripe.invoices.create({
      ...revisionOf(original.id),
      footer: 'Another footer',
      metadata: { gone: '' },
    })
    expect(revision).toMatchObject({
      status: 'draft',
      auto_advance: false,
      billing_reason: 'manual',
      collection_method: 'send_invoice',
      custom_fields: [{ name: 'PO', value: '17' }],
      customer: id,
      description: 'Memo',
      due_date: original.due_date,
      footer: 'Another footer',
      from_invoice: { action: 'revision', invoice: original.id },
      latest_revision: null,
      metadata: { order: '5' },
      number: null,
      effective_at: null,
      total: 1750,
      amount_due: 1750,
    })
    expect(revision.metadata).not.toHaveProperty('gone')
    expect(revision.lines.data.map(({ amount, description }) => [amount, description])).toEqual(
      original.lines.data.map(({ amount, description }) => [amount, description]),
    )
    const ids = original.lines.data.map((line) => line.id)
    for (const line of revision.lines.data) expect(ids).not.toContain(line.id)
    expect(await stripe.invoices.retrieve(original.id)).toMatchObject({
      status: 'open',
      latest_revision: null,
    })
    expect(await eventTypes(stripe, revision.id, 'invoice.')).toEqual(['invoice.created'])
  })

  test('takes the place of the original once it is final', async () => {
    const { stripe } = account
    const original = await openInvoice(stripe)
    const intent = await intentOf(stripe, original.id)
    const revision = await stripe.invoices.create(revisionOf(original.id))
    await stripe.invoices.addLines(revision.id, { lines: [{ amount: 500, description: 'More' }] })
    const final = await stripe.invoices.finalizeInvoice(revision.id, { expand: ['from_invoice.invoice'] })
    expect(final).toMatchObject({
      status: 'open',
      total: 2500,
      from_invoice: { action: 'revision', invoice: { id: original.id, status: 'void' } },
    })
    expect(final.number).not.toBe(original.number)
    expect(await stripe.invoices.retrieve(original.id)).toMatchObject({
      status: 'void',
      number: original.number,
      latest_revision: final.id,
      amount_remaining: 2000,
    })
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'void_invoice',
    })
    const { data } = await stripe.events.list({ limit: 10, types: ['invoice.voided', 'invoice.finalized'] })
    expect(data.slice(0, 2).map(({ type, data: { object } }) => [type, 'id' in object && object.id])).toEqual(
      [
        ['invoice.finalized', final.id],
        ['invoice.voided', original.id],
      ],
    )
  })

  test('of a revision moves the whole chain on', async () => {
    const { stripe } = account
    const original = await openInvoice(stripe)
    let source = original.id
    const chain: string[] = []
    for (let n = 0; n < 3; n++) {
      chain.push(source)
      const { id } = await stripe.invoices.create(revisionOf(source))
      source = (await stripe.invoices.sendInvoice(id)).id
    }
    for (const [at, id] of chain.entries()) {
      const invoice = await stripe.invoices.retrieve(id, { expand: ['latest_revision'] })
      expect(invoice).toMatchObject({ status: 'void', latest_revision: { id: source, status: 'open' } })
      expect(idOf(invoice.from_invoice?.invoice ?? 'none')).toBe(chain[at - 1] ?? 'none')
    }
  })

  test('of an uncollectible invoice can change how and when it is paid', async () => {
    const { stripe } = account
    const { id } = await customerWithCard(stripe)
    const original = await openInvoice(stripe, { customer: id })
    await stripe.invoices.markUncollectible(original.id)
    const revision = await stripe.invoices.create({
      ...revisionOf(original.id),
      customer: id,
      currency: 'usd',
      collection_method: 'charge_automatically',
    })
    expect(revision).toMatchObject({ collection_method: 'charge_automatically', due_date: null })
    expect(await stripe.invoices.pay(revision.id)).toMatchObject({ status: 'paid' })
    expect(await stripe.invoices.retrieve(original.id)).toMatchObject({
      status: 'void',
      latest_revision: revision.id,
    })
  })

  test('that is deleted leaves the original as it was', async () => {
    const { stripe } = account
    const original = await openInvoice(stripe)
    const revision = await stripe.invoices.create(revisionOf(original.id))
    await stripe.invoices.del(revision.id)
    const { data } = await stripe.invoices.list({ customer: idOf(original.customer) })
    expect(data).toMatchObject([{ id: original.id, status: 'open', latest_revision: null }])
    expect(data[0]?.lines.data).toEqual(original.lines.data)
  })
})

describe('the balance that the original used', () => {
  test('counts for the revision, before and after it is final', async () => {
    const { stripe } = account
    const { id } = await customer(stripe, { balance: -1500 })
    const original = await openInvoice(stripe, { customer: id })
    expect(original).toMatchObject({ starting_balance: -1500, ending_balance: 0, amount_due: 500 })
    await stripe.customers.createBalanceTransaction(id, { amount: -100, currency: 'usd' })
    const revision = await stripe.invoices.create(revisionOf(original.id))
    expect(revision).toMatchObject({ starting_balance: -1600, ending_balance: null, amount_due: 400 })
    const final = await stripe.invoices.finalizeInvoice(revision.id)
    expect(final).toMatchObject({ starting_balance: -1600, ending_balance: 0, amount_due: 400 })
    expect(await stripe.customers.retrieve(id)).toMatchObject({ balance: 0 })
    const { data } = await stripe.customers.listBalanceTransactions(id)
    expect(data.slice(0, 2)).toMatchObject([
      { type: 'applied_to_invoice', amount: 1600, ending_balance: 0, invoice: final.id },
      { type: 'unapplied_from_invoice', amount: -1500, ending_balance: -1600, invoice: original.id },
    ])
  })
})

describe('is refused', () => {
  test('of an invoice that is a draft, paid or void', async () => {
    const { stripe } = account
    const { id } = await draft(stripe)
    const attempt = () => refusalOf(stripe.invoices.create(revisionOf(id)))
    const refused = { status: 400, type: 'invalid_request_error', code: undefined }
    expect(await attempt()).toMatchObject(refused)
    await stripe.invoices.pay(id, { paid_out_of_band: true })
    expect(await attempt()).toMatchObject(refused)
    const open = await openInvoice(stripe)
    await stripe.invoices.voidInvoice(open.id)
    expect(await refusalOf(stripe.invoices.create(revisionOf(open.id)))).toMatchObject(refused)
  })

  test('for another customer or currency, with pending items, and of nothing', async () => {
    const { stripe } = account
    const { id } = await openInvoice(stripe)
    const other = await customer(stripe)
    for (const [param, change] of [
      ['customer', { customer: other.id }],
      ['currency', { currency: 'eur' }],
      ['pending_invoice_items_behavior', { pending_invoice_items_behavior: 'include' as const }],
    ] as const) {
      const call = stripe.invoices.create({ ...revisionOf(id), ...change })
      expect(await refusalOf(call)).toMatchObject({ status: 400, param })
    }
    expect(await refusalOf(stripe.invoices.create(revisionOf('in_none')))).toMatchObject({
      status: 400,
      code: 'resource_missing',
      param: 'from_invoice[invoice]',
    })
  })

  test('of an invoice that was paid in part', async () => {
    const { stripe } = account
    const { id } = await customerWithCard(stripe)
    const invoice = await openInvoice(stripe, { customer: id })
    const intent = await stripe.paymentIntents.create({
      amount: 700,
      currency: 'usd',
      customer: id,
      payment_method: 'pm_card_visa',
      confirm: true,
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    })
    await stripe.invoices.attachPayment(invoice.id, { payment_intent: intent.id })
    expect(await refusalOf(stripe.invoices.create(revisionOf(invoice.id)))).toMatchObject({ status: 400 })
  })

  test('a second time: of two drafts, the first to be final wins', async () => {
    const { stripe } = account
    const original = await openInvoice(stripe)
    const [first, second] = [
      await stripe.invoices.create(revisionOf(original.id)),
      await stripe.invoices.create(revisionOf(original.id)),
    ]
    await stripe.invoices.finalizeInvoice(second.id)
    expect(await refusalOf(stripe.invoices.finalizeInvoice(first.id))).toMatchObject({ status: 400 })
    expect(await stripe.invoices.retrieve(first.id)).toMatchObject({ status: 'draft', number: null })
    expect(await stripe.invoices.retrieve(original.id)).toMatchObject({ latest_revision: second.id })
    await stripe.invoices.del(first.id)
  })

  test('once the original has been paid meanwhile', async () => {
    const { stripe } = account
    const original = await openInvoice(stripe)
    const revision = await stripe.invoices.create(revisionOf(original.id))
    await stripe.invoices.pay(original.id, { paid_out_of_band: true })
    expect(await refusalOf(stripe.invoices.finalizeInvoice(revision.id))).toMatchObject({ status: 400 })
    expect(await stripe.invoices.retrieve(original.id)).toMatchObject({
      status: 'paid',
      latest_revision: null,
    })
  })
})
