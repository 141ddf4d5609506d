import type Stripe from 'stripe'
import { expect } from 'vitest'
import type { Model } from '@/sandbox/contract/model/rules'
import { creditable, remaining, sums } from '@/sandbox/contract/model/rules'
import { eventTypes } from '@/sandbox/contract/scenes'

type Amount = { amount: number }

const sumOf = (amounts: readonly Amount[] | null) =>
  (amounts ?? []).reduce((sum, { amount }) => sum + amount, 0)

/** What holds of every invoice, whatever happened to it. */
export function checkSums(invoice: Stripe.Invoice): void {
  const { lines, discounts } = invoice
  expect(invoice.amount_remaining).toBe(invoice.amount_due - invoice.amount_paid)
  const ofInvoice = (invoice.total_discount_amounts ?? []).filter(({ discount }) =>
    discounts.includes(String(discount)),
  )
  const ofLines = lines.data.flatMap((line) =>
    (line.discount_amounts ?? []).filter(({ discount }) => !discounts.includes(String(discount))),
  )
  expect(invoice.subtotal).toBe(sumOf(lines.data) - sumOf(ofLines))
  const taxes = lines.data.flatMap((line) => line.taxes ?? [])
  const added = taxes.filter(({ tax_behavior }) => tax_behavior === 'exclusive')
  expect(sumOf(invoice.total_taxes)).toBe(sumOf(taxes))
  expect(invoice.total).toBe(invoice.subtotal - sumOf(ofInvoice) + sumOf(added) + invoice.amount_shipping)
  expect(invoice.total_excluding_tax).toBe(invoice.total - sumOf(taxes))
}

/** The sandbox shows what the model says. */
export function checkAgreement(model: Model, invoices: readonly Stripe.Invoice[]): void {
  const living = model.invoices.filter(({ status }) => status !== 'deleted')
  expect(new Set(invoices.map(({ id }) => id))).toEqual(new Set(living.map(({ id }) => id)))
  for (const expected of living) {
    const invoice = invoices.find(({ id }) => id === expected.id)
    const { subtotal, total, added, included } = sums(expected)
    expect(invoice).toMatchObject({
      status: expected.status,
      subtotal,
      total,
      subtotal_excluding_tax: subtotal - included,
      total_excluding_tax: total - added - included,
      amount_paid: expected.paid,
      amount_overpaid: expected.overpaid,
      pre_payment_credit_notes_amount: expected.pre,
      post_payment_credit_notes_amount: expected.post,
    })
    if (expected.order === null) {
      expect(invoice).toMatchObject({ number: null, customer_name: model.name })
      continue
    }
    expect(invoice).toMatchObject({
      amount_due: expected.due,
      amount_remaining: remaining(expected),
      customer_name: expected.name,
      number: `${model.prefix}-${String(expected.order).padStart(4, '0')}`,
    })
    expect(creditable(expected)).toBeGreaterThanOrEqual(Math.min(0, total))
    expect(invoice?.status_transitions.paid_at !== null).toBe(expected.status === 'paid')
    expect(invoice?.status_transitions.voided_at !== null).toBe(expected.status === 'void')
  }
}

/** From one look at an invoice to the next: what was reached stays, and what is void does not change at all. */
export class Memory {
  readonly #seen = new Map<string, Stripe.Invoice>()

  check(invoice: Stripe.Invoice): void {
    const before = this.#seen.get(invoice.id)
    this.#seen.set(invoice.id, invoice)
    if (!before) return
    for (const [name, time] of Object.entries(before.status_transitions)) {
      if (time !== null) expect(invoice.status_transitions).toMatchObject({ [name]: time })
    }
    if (before.status === 'paid') expect(invoice.status).toBe('paid')
    if (before.status === 'void') expect({ ...invoice, metadata: {} }).toEqual({ ...before, metadata: {} })
  }
}

/** No state is told twice, and none that was not reached. */
export async function checkEvents(stripe: Stripe, model: Model): Promise<void> {
  for (const { id, status, order, overpaid } of model.invoices) {
    const types = await eventTypes(stripe, id, 'invoice.')
    const count = (type: string) => types.filter((each) => each === type).length
    expect(count('invoice.created')).toBe(1)
    expect(count('invoice.finalized')).toBe(order === null ? 0 : 1)
    expect(count('invoice.paid')).toBe(status === 'paid' ? 1 : 0)
    expect(count('invoice.voided')).toBe(status === 'void' ? 1 : 0)
    expect(count('invoice.deleted')).toBe(status === 'deleted' ? 1 : 0)
    expect(count('invoice.overpaid')).toBe(overpaid > 0 ? 1 : 0)
  }
}

/** The customer's ledger of credit: its entries chain, and their sum is the balance. */
export async function checkBalance(stripe: Stripe, model: Model): Promise<void> {
  const entries = await stripe.customers.listBalanceTransactions(model.owner, { limit: 100 })
  let balance = 0
  for (const entry of entries.data.reverse()) {
    balance += entry.amount
    expect(entry.ending_balance).toBe(balance)
  }
  expect(balance).toBe(model.balance)
}

/** What invoices say of their notes is what the notes say. */
export async function checkNotes(stripe: Stripe, model: Model): Promise<void> {
  for (const { id, notes, pre, post } of model.invoices) {
    if (notes.length === 0) continue
    const { data } = await stripe.creditNotes.list({ invoice: id, limit: 100 })
    const issued = data.filter(({ status }) => status === 'issued')
    expect(issued.map((note) => note.id).reverse()).toEqual(
      notes.filter((note) => !note.isVoid).map((note) => note.id),
    )
    expect(issued.reduce((sum, note) => sum + note.pre_payment_amount, 0)).toBe(pre)
    expect(issued.reduce((sum, note) => sum + note.post_payment_amount, 0)).toBe(post)
    expect(new Set(data.map(({ number }) => number)).size).toBe(notes.length)
  }
}
