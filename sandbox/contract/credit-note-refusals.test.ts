import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { custom, ofLine } from '@/sandbox/contract/credit-note-scenes'
import { customerWithCard, draft, intentOf, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()

describe('a credit note is refused', () => {
  test('for invoices that are neither open nor paid', async () => {
    const { stripe } = sandbox
    const states = [
      await draft(stripe),
      await stripe.invoices.voidInvoice((await openInvoice(stripe)).id),
      await stripe.invoices.markUncollectible((await openInvoice(stripe)).id),
    ]
    for (const { id } of states) {
      expect(await refusalOf(stripe.creditNotes.create({ invoice: id, amount: 100 }))).toMatchObject({
        status: 400,
      })
    }
    expect(await refusalOf(stripe.creditNotes.create({ invoice: 'in_none', amount: 1 }))).toMatchObject({
      status: 400,
      code: 'resource_missing',
      param: 'invoice',
    })
  })

  test('with parameters that do not fit', async () => {
    const { stripe } = sandbox
    const invoice = await openInvoice(stripe)
    const [line] = invoice.lines.data
    const wrong: [string | undefined, Omit<Stripe.CreditNoteCreateParams, 'invoice'>][] = [
      ['amount', {}],
      ['amount', { amount: 1, lines: [custom(1)] }],
      [undefined, { amount: 0 }],
      [undefined, { lines: [custom(2001)] }],
      [undefined, { amount: 100, credit_amount: 100 }],
      ['lines[0][amount]', { lines: [custom(1, { amount: 1 })] }],
      ['lines[0][unit_amount]', { lines: [{ type: 'custom_line_item', description: 'x' }] }],
      ['lines[0][unit_amount]', { lines: [custom(1, { unit_amount_decimal: '1' as never })] }],
      ['lines[0][unit_amount]', { lines: [custom(-1)] }],
      ['lines[0][invoice_line_item]', { lines: [{ type: 'invoice_line_item', quantity: 1 }] }],
      [
        'lines[0][invoice_line_item]',
        { lines: [{ ...ofLine(line, { quantity: 1 }), invoice_line_item: 'il_none' }] },
      ],
      ['lines[0][amount]', { lines: [ofLine(line, {})] }],
      ['lines[0][amount]', { lines: [ofLine(line, { amount: 1, quantity: 1 })] }],
      ['lines[0][quantity]', { lines: [ofLine(line, { quantity: 0 })] }],
      ['lines[0][amount]', { lines: [ofLine(line, { amount: -1 })] }],
      ['lines[0][description]', { lines: [{ ...ofLine(line, { quantity: 1 }), description: 'x' }] }],
      ['shipping_cost[shipping_rate]', { shipping_cost: { shipping_rate: 'shr_none' } }],
      ['refunds[0][refund]', { amount: 1, refunds: [{ refund: 're_none' }] }],
      ['refund_amount', { amount: 100, refund_amount: -1 }],
    ]
    for (const [param, params] of wrong) {
      const call = stripe.creditNotes.create({ invoice: invoice.id, ...params })
      expect({ params, ...(await refusalOf(call)) }).toMatchObject({ status: 400, param })
    }
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ amount_remaining: 2000 })
    expect((await stripe.creditNotes.list({ invoice: invoice.id })).data).toEqual([])
  })

  test('while a payment is processing', async () => {
    const { stripe } = sandbox
    const { id } = await customerWithCard(stripe)
    const method = await stripe.paymentMethods.attach('pm_usBankAccount_success', { customer: id })
    const invoice = await openInvoice(stripe, { customer: id, collection_method: 'charge_automatically' })
    await stripe.invoices.pay(invoice.id, { payment_method: method.id })
    expect(await intentOf(stripe, invoice.id)).toMatchObject({ status: 'processing' })
    const call = stripe.creditNotes.create({ invoice: invoice.id, amount: 100 })
    expect(await refusalOf(call)).toMatchObject({ status: 400 })
  })
})
