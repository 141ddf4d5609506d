import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, openInvoice } from '@/sandbox/contract/scenes'
import { createRates, taxedInvoice } from '@/sandbox/contract/taxed-invoice'

const sandbox = useSandbox()

type NoteLine = Stripe.CreditNoteCreateParams.Line
const taxesOf = (from: { taxes: { amount: number; tax_behavior: string }[] | null }) =>
  (from.taxes ?? []).map(({ amount, tax_behavior }) => [tax_behavior, amount])

const whole = ({ id }: Stripe.InvoiceLineItem): NoteLine => ({
  type: 'invoice_line_item',
  invoice_line_item: id,
  quantity: 1,
})

describe('discounts and taxes', () => {
  test('follow a whole invoice into its note', async () => {
    const { stripe } = sandbox
    const invoice = await taxedInvoice(stripe)
    const lines = invoice.lines.data.map((line) => ({ ...whole(line), quantity: line.quantity ?? 1 }))
    const note = await stripe.creditNotes.create({ invoice: invoice.id, lines })
    expect(note).toMatchObject({
      subtotal: invoice.subtotal,
      subtotal_excluding_tax: invoice.subtotal_excluding_tax,
      total: invoice.total,
      total_excluding_tax: invoice.total_excluding_tax,
    })
    expect(note.total_taxes).toEqual(invoice.total_taxes)
    const sorted = (amounts: { discount: unknown; amount: number }[] | null) =>
      (amounts ?? []).map(({ discount, amount }) => `${discount} ${amount}`).sort()
    expect(sorted(note.discount_amounts)).toEqual(sorted(invoice.total_discount_amounts))
    for (const [at, line] of note.lines.data.entries()) {
      const source = invoice.lines.data[at]
      expect(line).toMatchObject({ amount: source?.amount, discount_amounts: source?.discount_amounts })
      expect(line.taxes).toEqual(source?.taxes)
      expect(line.tax_rates.map(({ object }) => object)).toEqual(line.taxes?.map(() => 'tax_rate'))
      expect(line.pretax_credit_amounts).toMatchObject(line.discount_amounts)
    }
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', amount_due: 0 })
  })

  test('follow a part of a line in proportion', async () => {
    const { stripe } = sandbox
    const invoice = await taxedInvoice(stripe)
    const [lamp] = invoice.lines.data
    if (!lamp) throw new Error('The invoice has no lines')
    const note = await stripe.creditNotes.create({ invoice: invoice.id, lines: [whole(lamp)] })
    const [line] = note.lines.data
    const third = (amount: number) => Math.round(amount / 3)
    expect(line).toMatchObject({
      amount: 333,
      discount_amounts: lamp.discount_amounts?.map(({ amount, discount }) => ({
        amount: third(amount),
        discount,
      })),
      quantity: 1,
    })
    expect(line && taxesOf(line)).toEqual(
      taxesOf(lamp).map(([kind, amount]) => [kind, third(Number(amount))]),
    )
    expect(note.total).toBe(
      333 - note.discount_amount + Number(taxesOf(lamp).map(([, tax]) => third(Number(tax)))),
    )
  })

  test('of custom lines are those of their rates, or those given', async () => {
    const { stripe } = sandbox
    const rates = await createRates(stripe)
    const invoice = await openInvoice(stripe, { amounts: [100_000] })
    const line = { type: 'custom_line_item' as const, description: 'Goodwill', quantity: 3 }
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [
        { ...line, unit_amount: 100, tax_rates: [rates.vat] },
        { ...line, unit_amount_decimal: '33.5' as never, tax_rates: [rates.inside] },
        {
          ...line,
          unit_amount: 10,
          tax_amounts: [{ amount: 4, tax_rate: rates.vat, taxable_amount: 30 }],
        },
      ],
    })
    expect(note.lines.data.map(({ amount }) => amount)).toEqual([300, 101, 30])
    expect(note.lines.data.map(taxesOf)).toEqual([
      [['exclusive', 57]],
      [['inclusive', 7]],
      [['exclusive', 4]],
    ])
    expect(note).toMatchObject({
      subtotal: 431,
      subtotal_excluding_tax: 424,
      total: 492,
      total_excluding_tax: 424,
    })
    expect(note.lines.data[1]).toMatchObject({ unit_amount: null, quantity: 3 })
    expect(String(note.lines.data[1]?.unit_amount_decimal)).toBe('33.5')
    await stripe.taxRates.update(rates.vat, { active: false })
    const archived = { ...line, unit_amount: 1, tax_rates: [rates.vat] }
    const call = stripe.creditNotes.create({ invoice: invoice.id, lines: [archived] })
    expect(await refusalOf(call)).toMatchObject({ status: 400, param: 'lines[0][tax_rates][0]' })
  })

  test('shipping is credited as a whole, and once', async () => {
    const { stripe } = sandbox
    const rate = await stripe.shippingRates.create({
      display_name: 'Parcel',
      type: 'fixed_amount',
      fixed_amount: { amount: 700, currency: 'usd' },
    })
    const invoice = await openInvoice(stripe, { shipping_cost: { shipping_rate: rate.id } })
    const credit = () =>
      stripe.creditNotes.create({ invoice: invoice.id, shipping_cost: { shipping_rate: rate.id } })
    expect(await credit()).toMatchObject({
      amount_shipping: 700,
      lines: { data: [] },
      shipping_cost: { amount_subtotal: 700, amount_tax: 0, amount_total: 700, shipping_rate: rate.id },
      subtotal: 0,
      total: 700,
    })
    expect(await refusalOf(credit())).toMatchObject({ status: 400, param: 'shipping_cost[shipping_rate]' })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ amount_remaining: 2000 })
  })
})

describe('a preview', () => {
  test('shows the note and leaves nothing behind', async () => {
    const { stripe } = sandbox
    const invoice = await taxedInvoice(stripe)
    const latest = await stripe.events.list({ limit: 1 })
    const lines = invoice.lines.data.map((line) => ({ ...whole(line), quantity: line.quantity ?? 1 }))
    const preview = await stripe.creditNotes.preview({ invoice: invoice.id, lines, metadata: { a: 'b' } })
    expect(preview).toMatchObject({
      object: 'credit_note',
      number: `${invoice.number}-CN-01`,
      total: invoice.total,
    })
    const shown = await stripe.creditNotes.listPreviewLineItems({ invoice: invoice.id, lines, limit: 1 })
    expect(shown).toMatchObject({ has_more: true, data: [{ object: 'credit_note_line_item', amount: 999 }] })
    expect(await stripe.invoices.retrieve(invoice.id)).toEqual(invoice)
    expect((await stripe.creditNotes.list({ invoice: invoice.id })).data).toEqual([])
    expect((await stripe.events.list({ limit: 1 })).data).toEqual(latest.data)
    expect(await refusalOf(stripe.creditNotes.retrieve(preview.id))).toMatchObject({ status: 404 })
  })

  test('of a paid invoice may leave open where the money goes, and refunds nothing', async () => {
    const { stripe } = sandbox
    const { id } = await customer(stripe)
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: id })
    const invoice = await openInvoice(stripe, { customer: id })
    await stripe.invoices.pay(invoice.id, { payment_method: method.id })
    const preview = (rest: Partial<Stripe.CreditNotePreviewParams>) =>
      stripe.creditNotes.preview({ invoice: invoice.id, amount: 900, ...rest })
    expect(await preview({})).toMatchObject({ type: 'post_payment', post_payment_amount: 900 })
    expect(await preview({ refund_amount: 500, credit_amount: 400 })).toMatchObject({
      customer_balance_transaction: null,
      refunds: [],
    })
    expect(await refusalOf(preview({ refund_amount: 500 }))).toMatchObject({ status: 400 })
    expect((await stripe.refunds.list({ limit: 100 })).data).toEqual([])
    expect(await stripe.customers.retrieve(id)).toMatchObject({ balance: 0 })
  })
})
