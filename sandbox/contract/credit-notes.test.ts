import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { custom } from '@/sandbox/contract/credit-note-scenes'
import { customer, eventTypes, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

describe('on an open invoice', () => {
  test('a note lowers what is due', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [custom(600)],
      memo: 'Sorry',
      metadata: { ticket: '1' },
      reason: 'order_change',
    })
    expect(note).toMatchObject({
      object: 'credit_note',
      amount: 600,
      amount_shipping: 0,
      created: note.effective_at,
      currency: 'usd',
      customer: invoice.customer,
      customer_balance_transaction: null,
      discount_amount: 0,
      discount_amounts: [],
      invoice: invoice.id,
      memo: 'Sorry',
      metadata: { ticket: '1' },
      number: `${invoice.number}-CN-01`,
      out_of_band_amount: null,
      post_payment_amount: 0,
      pre_payment_amount: 600,
      reason: 'order_change',
      refunds: [],
      shipping_cost: null,
      status: 'issued',
      subtotal: 600,
      subtotal_excluding_tax: 600,
      total: 600,
      total_excluding_tax: 600,
      total_taxes: [],
      type: 'pre_payment',
      voided_at: null,
    })
    expect(note.id).toMatch(/^cn_1\w{23}$/)
    expect(note.pdf).toMatch(/\/pdf\?s=ap$/)
    expect(note.lines.data).toMatchObject([
      { amount: 600, description: 'Goodwill', quantity: 1, type: 'custom_line_item', unit_amount: 600 },
    ])
    expect(note.lines.data[0]?.id).toMatch(/^cnli_1\w{23}$/)
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'open',
      total: 2000,
      amount_due: 1400,
      amount_remaining: 1400,
      pre_payment_credit_notes_amount: 600,
      post_payment_credit_notes_amount: 0,
    })
    expect(await intentOf(stripe, invoice.id)).toMatchObject({ amount: 1400 })
    expect((await eventTypes(stripe, invoice.id)).slice(-2)).toEqual([
      'credit_note.created',
      'invoice.updated',
    ])
  })

  test('the note that leaves nothing makes it paid', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    const intent = await intentOf(stripe, invoice.id)
    const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 2000, email_type: 'none' })
    expect(note).toMatchObject({ total: 2000, type: 'pre_payment', pre_payment_amount: 2000 })
    expect(note.lines.data).toMatchObject([{ type: 'custom_line_item', amount: 2000, quantity: 1 }])
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      status: 'paid',
      amount_due: 0,
      amount_paid: 0,
      amount_remaining: 0,
    })
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'canceled' })
    expect((await eventTypes(stripe, invoice.id, 'invoice.')).slice(-2)).toEqual([
      'invoice.updated',
      'invoice.paid',
    ])
  })

  test('several notes are numbered, add up, and end at the total', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    for (const [at, amount] of [300, 700].entries()) {
      const note = await stripe.creditNotes.create({ invoice: invoice.id, amount })
      expect(note.number).toBe(`${invoice.number}-CN-0${at + 1}`)
    }
    const call = stripe.creditNotes.create({ invoice: invoice.id, amount: 1001 })
    expect(await refusalOf(call)).toMatchObject({ status: 400, type: 'invalid_request_error' })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      amount_remaining: 1000,
      pre_payment_credit_notes_amount: 1000,
    })
    const { data } = await stripe.creditNotes.list({ invoice: invoice.id })
    expect(data.map(({ total }) => total)).toEqual([700, 300])
  })
})

describe('voiding a note', () => {
  test('gives the invoice back what it took, and can be done once', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    const { id } = await stripe.creditNotes.create({ invoice: invoice.id, amount: 600 })
    const voided = await stripe.creditNotes.voidCreditNote(id)
    expect(voided).toMatchObject({ status: 'void', total: 600, voided_at: expect.any(Number) })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({
      amount_due: 2000,
      amount_remaining: 2000,
      pre_payment_credit_notes_amount: 0,
    })
    expect(await intentOf(stripe, invoice.id)).toMatchObject({ amount: 2000 })
    expect((await eventTypes(stripe, invoice.id)).slice(-2)).toEqual([
      'credit_note.voided',
      'invoice.updated',
    ])
    expect(await refusalOf(stripe.creditNotes.voidCreditNote(id))).toMatchObject({ status: 400 })
  })

  test('is refused once the invoice is not open', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    const { id } = await stripe.creditNotes.create({ invoice: invoice.id, amount: 600 })
    await stripe.invoices.pay(invoice.id, { paid_out_of_band: true })
    expect(await refusalOf(stripe.creditNotes.voidCreditNote(id))).toMatchObject({ status: 400 })
  })
})

test('memo and metadata can change, and tell', async () => {
  const { stripe } = sandbox
  const invoice = await openInvoice(stripe)
  const note = await stripe.creditNotes.create({ invoice: invoice.id, amount: 100, metadata: { a: '1' } })
  expect(
    await stripe.creditNotes.update(note.id, { memo: 'New', metadata: { a: '', b: '2' } }),
  ).toMatchObject({
    memo: 'New',
    metadata: { b: '2' },
  })
  await stripe.creditNotes.update(note.id, { memo: 'New' })
  expect(await eventTypes(stripe, note.id, 'credit_note.')).toEqual([
    'credit_note.created',
    'credit_note.updated',
  ])
})

test('notes and their lines are found, listed and expanded', async () => {
  const { stripe } = sandbox
  const invoice = await openInvoice(stripe)
  const lines = Array.from({ length: 12 }, (_, at) => custom(10 + at))
  const note = await stripe.creditNotes.create({ invoice: invoice.id, lines })
  expect(note.lines).toMatchObject({ has_more: true, url: `/v1/credit_notes/${note.id}/lines` })
  expect(note.lines.data).toHaveLength(10)
  const all = await stripe.creditNotes.listLineItems(note.id, { limit: 100 })
  expect(all.data.map(({ amount }) => amount)).toEqual(lines.map(({ unit_amount }) => unit_amount))
  const shown = await stripe.creditNotes.retrieve(note.id, { expand: ['invoice', 'customer'] })
  expect(shown).toMatchObject({ invoice: { id: invoice.id }, customer: { id: invoice.customer } })
  const { data } = await stripe.creditNotes.list({ customer: String(invoice.customer), created: { gte: 1 } })
  expect(data.map(({ id }) => id)).toEqual([note.id])
  expect(await refusalOf(stripe.creditNotes.retrieve('cn_none'))).toMatchObject({
    status: 404,
    code: 'resource_missing',
  })
})

test('a customer with an address gets a mail, unless the note says none', async () => {
  const { stripe, control } = sandbox
  const { id } = await customer(stripe, { email: 'notes@lumen.example' })
  const invoice = await openInvoice(stripe, { customer: id })
  await stripe.creditNotes.create({ invoice: invoice.id, amount: 100 })
  await stripe.creditNotes.create({ invoice: invoice.id, amount: 100, email_type: 'none' })
  const mails = await control<{ kind: string; to: string }[]>('GET', 'mail')
  expect(mails.filter(({ kind, to }) => kind === 'credit_note' && to === 'notes@lumen.example')).toHaveLength(
    1,
  )
})
