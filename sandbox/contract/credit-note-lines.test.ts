import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { lamps, ofLine } from '@/sandbox/contract/credit-note-scenes'
import { openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

describe('lines of the invoice, credited by a note,', () => {
  test('are credited by quantity, as long as there is some', async () => {
    const { stripe } = sandbox
    const invoice = await lamps(stripe)
    const [line] = invoice.lines.data
    const credit = (quantity: number) =>
      stripe.creditNotes.create({ invoice: invoice.id, lines: [ofLine(line, { quantity })] })
    const note = await credit(2)
    expect(note).toMatchObject({ total: 1400 })
    expect(note.lines.data).toMatchObject([
      {
        amount: 1400,
        description: 'Lamp',
        invoice_line_item: line?.id,
        quantity: 2,
        type: 'invoice_line_item',
      },
    ])
    expect(await refusalOf(credit(2))).toMatchObject({ status: 400, param: 'lines[0][quantity]' })
    await credit(1)
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', amount_due: 0 })
  })

  test('go by quantity or by amount, never by both', async () => {
    const { stripe } = sandbox
    const invoice = await lamps(stripe)
    const [line] = invoice.lines.data
    const credit = (...lines: Stripe.CreditNoteCreateParams.Line[]) =>
      stripe.creditNotes.create({ invoice: invoice.id, lines })
    await credit(ofLine(line, { amount: 50 }))
    expect(await refusalOf(credit(ofLine(line, { quantity: 1 })))).toMatchObject({
      param: 'lines[0][quantity]',
    })
    const [last] = (await credit(ofLine(line, { amount: 2000 }))).lines.data
    expect(last).toMatchObject({ amount: 2000, quantity: null, unit_amount: null })
    expect(await refusalOf(credit(ofLine(line, { amount: 51 })))).toMatchObject({ param: 'lines[0][amount]' })
    const other = await lamps(stripe)
    const [fresh] = other.lines.data
    const call = stripe.creditNotes.create({
      invoice: other.id,
      lines: [ofLine(fresh, { quantity: 1 }), ofLine(fresh, { amount: 5 })],
    })
    expect(await refusalOf(call)).toMatchObject({ param: 'lines[1][amount]' })
  })

  test('count again once their note is void', async () => {
    const { stripe } = sandbox
    const invoice = await lamps(stripe)
    const [line] = invoice.lines.data
    const credit = (rest: { quantity?: number; amount?: number }) =>
      stripe.creditNotes.create({ invoice: invoice.id, lines: [ofLine(line, rest)] })
    const note = await credit({ quantity: 2 })
    await stripe.creditNotes.voidCreditNote(note.id)
    expect(await credit({ amount: 2100 })).toMatchObject({ total: 2100, number: `${invoice.number}-CN-02` })
  })

  test('that lower the invoice are credited with their sign', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe, { amounts: [2000, -300] })
    const [full, less] = invoice.lines.data
    const note = await stripe.creditNotes.create({
      invoice: invoice.id,
      lines: [ofLine(full, { quantity: 1 }), ofLine(less, { quantity: 1 })],
    })
    expect(note).toMatchObject({ total: 1700 })
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid' })
  })
})
