import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { draft, first } from '@/sandbox/contract/scenes'

const account = useAccount()

const amountsOf = (invoice: Stripe.Invoice) =>
  invoice.lines.data.map(({ amount }) => amount).sort((a, b) => a - b)

describe('bulk changes', () => {
  test('add, change and remove lines in one call each', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [100] })
    const added = await stripe.invoices.addLines(id, {
      lines: [
        { amount: 250, description: 'One' },
        { price_data: { currency: 'usd', unit_amount: 70, product_data: { name: 'Two' } }, quantity: 2 },
      ],
      invoice_metadata: { step: 'added' },
    })
    expect(added).toMatchObject({ object: 'invoice', total: 490, metadata: { step: 'added' } })
    expect(amountsOf(added)).toEqual([100, 140, 250])
    const one = first(added.lines.data.filter(({ description }) => description === 'One'))
    const updated = await stripe.invoices.updateLines(id, {
      lines: [{ id: one.id, amount: 300, description: 'Uno' }],
    })
    expect(updated.total).toBe(540)
    const line = await stripe.invoices.updateLineItem(id, one.id, {
      description: 'Eins',
      metadata: { a: 'b' },
    })
    expect(line).toMatchObject({
      object: 'line_item',
      id: one.id,
      description: 'Eins',
      amount: 300,
      metadata: { a: 'b' },
    })
    const removed = await stripe.invoices.removeLines(id, { lines: [{ id: one.id, behavior: 'delete' }] })
    expect(removed.total).toBe(240)
  })

  test('give an unassigned line back to the pending pool, and take it again', async () => {
    const { stripe } = account
    const invoice = await draft(stripe, { amounts: [100, 200] })
    const owner = String(invoice.customer)
    const hundred = first(invoice.lines.data.filter(({ amount }) => amount === 100))
    const { total } = await stripe.invoices.removeLines(invoice.id, {
      lines: [{ id: hundred.id, behavior: 'unassign' }],
    })
    expect(total).toBe(200)
    const { data } = await stripe.invoiceItems.list({ customer: owner, pending: true })
    const pending = first(data)
    expect(pending).toMatchObject({ amount: 100, invoice: null })
    expect(data).toHaveLength(1)
    const back = await stripe.invoices.addLines(invoice.id, { lines: [{ invoice_item: pending.id }] })
    expect(back.total).toBe(300)
    expect(
      await refusalOf(stripe.invoices.addLines(invoice.id, { lines: [{ invoice_item: pending.id }] })),
    ).toMatchObject({
      status: 400,
    })
  })

  test('happen as a whole or not at all', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [100] })
    const good = { amount: 1 }
    for (const bad of [
      { amount: 1, quantity: 2 },
      { pricing: { price: 'price_nobody' } },
      { description: 'x' },
    ]) {
      expect(await refusalOf(stripe.invoices.addLines(id, { lines: [good, bad] }))).toMatchObject({
        status: 400,
      })
    }
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ total: 100, lines: { total_count: 1 } })
  })

  test('name the parameter that is wrong', async () => {
    const { stripe } = account
    const { id } = await draft(stripe, { amounts: [] })
    expect(
      await refusalOf(stripe.invoices.addLines(id, { lines: [{ amount: 1, quantity: 2 }] })),
    ).toMatchObject({
      status: 400,
      param: 'lines[0][amount]',
    })
    expect(
      await refusalOf(stripe.invoices.updateLines(id, { lines: [{ id: 'il_nobody', amount: 1 }] })),
    ).toMatchObject({
      code: 'resource_missing',
    })
  })

  test('end at 250 lines', async () => {
    const { stripe } = account
    const { id, customer: owner } = await draft(stripe, { amounts: [] })
    const full = await stripe.invoices.addLines(id, {
      lines: Array.from({ length: 250 }, () => ({ amount: 1 })),
    })
    expect(full).toMatchObject({ total: 250, lines: { total_count: 250 } })
    expect(await refusalOf(stripe.invoices.addLines(id, { lines: [{ amount: 1 }] }))).toMatchObject({
      status: 400,
    })
    expect(
      await refusalOf(
        stripe.invoiceItems.create({ customer: String(owner), invoice: id, amount: 1, currency: 'usd' }),
      ),
    ).toMatchObject({ status: 400 })
  })
})
