import { describe, expect, test } from 'vitest'
import { refusalOf, useAccount } from '@/sandbox/contract/account'
import { openInvoice } from '@/sandbox/contract/scenes'
import { taxedInvoice } from '@/sandbox/contract/taxed-invoice'

const account = useAccount()

const revisionOf = (invoice: string) => ({ from_invoice: { action: 'revision' as const, invoice } })

describe('a revision of an invoice with discounts and taxes', () => {
  test('comes to the same, by discounts of its own that redeem nothing', async () => {
    const { stripe } = account
    const original = await taxedInvoice(stripe)
    const draft = await stripe.invoices.create({
      ...revisionOf(original.id),
      expand: ['discounts.source.coupon'],
    })
    for (const field of ['subtotal', 'subtotal_excluding_tax', 'total', 'total_excluding_tax'] as const) {
      expect(draft[field]).toBe(original[field])
    }
    expect(draft.total_taxes).toEqual(original.total_taxes)
    const [discount] = draft.discounts
    expect(discount).toMatchObject({
      invoice: draft.id,
      source: { coupon: { amount_off: 500, times_redeemed: 1 } },
    })
    expect(original.discounts).not.toContain(
      discount && typeof discount === 'object' ? discount.id : discount,
    )
    const final = await stripe.invoices.finalizeInvoice(draft.id)
    expect(final).toMatchObject({ status: 'open', total: original.total })
  })

  test('can lose or change them, which leaves the original as it is', async () => {
    const { stripe } = account
    const original = await taxedInvoice(stripe)
    const draft = await stripe.invoices.create({ ...revisionOf(original.id), discounts: '' })
    expect(draft.discounts).toEqual([])
    expect(draft.total).toBeGreaterThan(original.total)
    const [lamp] = draft.lines.data
    const own = lamp?.discounts[0]
    const kept = await stripe.invoices.updateLines(draft.id, {
      lines: [{ id: String(lamp?.id), discounts: [{ discount: String(own) }], quantity: 1 }],
    })
    expect(kept.lines.data[0]).toMatchObject({ amount: 333, discounts: [own] })
    const source = original.lines.data[0]
    expect(await stripe.invoices.retrieve(original.id)).toEqual(original)
    const foreign = stripe.invoices.updateLines(draft.id, {
      lines: [{ id: String(lamp?.id), discounts: [{ discount: String(source?.discounts[0]) }] }],
    })
    expect(await refusalOf(foreign)).toMatchObject({ status: 400, param: 'lines[0][discounts][0][discount]' })
  })
})

test('credit notes stay with the original', async () => {
  const { stripe } = account
  const original = await openInvoice(stripe)
  const note = await stripe.creditNotes.create({ invoice: original.id, amount: 500 })
  const revision = await stripe.invoices.create(revisionOf(original.id))
  expect(revision).toMatchObject({ amount_due: 2000, pre_payment_credit_notes_amount: 0 })
  await stripe.invoices.finalizeInvoice(revision.id)
  expect(await stripe.creditNotes.retrieve(note.id)).toMatchObject({ status: 'issued', invoice: original.id })
  expect(await refusalOf(stripe.creditNotes.voidCreditNote(note.id))).toMatchObject({ status: 400 })
})

test('a revision is made in the time of its customer', async () => {
  const { stripe } = account
  const frozen_time = 2_000_000_000
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time })
  const { id } = await stripe.customers.create({ test_clock: clock.id })
  const original = await openInvoice(stripe, { customer: id })
  const revision = await stripe.invoices.create(revisionOf(original.id))
  expect(revision).toMatchObject({ created: frozen_time, test_clock: clock.id })
  expect(await stripe.creditNotes.create({ invoice: original.id, amount: 1 })).toMatchObject({
    created: frozen_time,
  })
})
