import { byParam, type Ctx, referred } from '@/sandbox/context'
import { positiveAmount } from '@/sandbox/http/common-params'
import { invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { hash, list, oneOf, type Params, text, unbuilt } from '@/sandbox/http/params'
import { type ChargeRecord, refundableOf } from '@/sandbox/resources/charge-record'
import type { CreditNote, CreditNoteRecord } from '@/sandbox/resources/credit-note-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { createRefund } from '@/sandbox/resources/refund-create'
import type { RefundRecord } from '@/sandbox/resources/refund-record'

/** `refunds[]`: refunds that exist already; those of payment records are outside of the sandbox. */
export const refundsRule = list(
  hash({
    amount_refunded: positiveAmount,
    payment_record_refund: unbuilt(),
    refund: text(255),
    type: oneOf('refund'),
  }),
  100,
)

type NoteRefund = CreditNote['refunds'][number]

/**
 * Existing refunds of the invoice's payments that a new note accounts for.
 * @param earlier the invoice's issued notes, which may have accounted for part of them
 * @throws StripeError for a refund of something else, or for more of one than there is left
 */
export function linkRefunds(
  ctx: Ctx,
  invoice: InvoiceRecord,
  inputs: Params<{ refunds: typeof refundsRule }>['refunds'],
  earlier: readonly CreditNoteRecord[],
): NoteRefund[] {
  const charges = chargesOf(ctx, invoice).map(({ charge }) => charge.id)
  const linked: NoteRefund[] = []
  for (const [index, { refund: id, amount_refunded: asked }] of (inputs ?? []).entries()) {
    const at = `refunds[${index}]`
    if (id === undefined) throw missingParameter(`${at}[refund]`)
    const refund = byParam(ctx, 'refunds', id, `${at}[refund]`)
    if (!charges.includes(refund.charge) || refund.status === 'failed') {
      throw invalidRequest(`The refund ${id} did not give back a payment of this invoice.`, {
        param: `${at}[refund]`,
      })
    }
    const left = refund.amount - linkedOf(id, [...earlier.flatMap(({ refunds }) => refunds), ...linked])
    const amount = asked ?? left
    if (amount > left || left === 0) {
      throw invalidRequest(`Of the refund ${id}, ${left} has not been linked to a credit note yet.`, {
        param: asked === undefined ? `${at}[refund]` : `${at}[amount_refunded]`,
      })
    }
    linked.push(noteRefund(id, amount))
  }
  return linked
}

/** Gives back what was paid for the invoice, payment by payment. @throws StripeError when it was less */
export function refundPayments(ctx: Ctx, invoice: InvoiceRecord, amount: number): NoteRefund[] {
  const charges = chargesOf(ctx, invoice).map(({ charge }) => charge)
  const refundable = charges.reduce((sum, charge) => sum + refundableOf(charge), 0)
  if (amount > refundable) {
    throw invalidRequest(`Only ${refundable} of the payments of this invoice can be refunded.`, {
      param: 'refund_amount',
    })
  }
  let left = amount
  return charges.flatMap((charge) => {
    const part = Math.min(left, refundableOf(charge))
    left -= part
    return part === 0 ? [] : [noteRefund(createRefund(ctx, charge, { amount: part }).id, part)]
  })
}

/** What the Refund API gave back of the invoice's payments without a note that accounts for it, in minor units. */
export function refundedOtherwise(
  ctx: Ctx,
  invoice: InvoiceRecord,
  notes: readonly { refunds: NoteRefund[] }[],
): number {
  const accounted = notes.flatMap(({ refunds }) => refunds)
  return chargesOf(ctx, invoice).reduce((sum, { charge, paid }) => {
    const refunds: RefundRecord[] = ctx.store.table('refunds').by('charge', charge.id)
    const other = refunds
      .filter(({ status }) => status !== 'failed')
      .reduce((all, { id, amount }) => all + amount - linkedOf(id, accounted), 0)
    return sum + Math.min(other, paid)
  }, 0)
}

/** The charges that paid the invoice, with how much of each was for it. */
function chargesOf(ctx: Ctx, { id }: InvoiceRecord): { charge: ChargeRecord; paid: number }[] {
  return ctx.store
    .table('invoicePayments')
    .by('invoice', id)
    .flatMap(({ paymentIntent, status, amount_paid }) => {
      const { latest_charge: charge } = referred(ctx, 'paymentIntents', paymentIntent)
      if (status !== 'paid' || !charge) return []
      return [{ charge: referred(ctx, 'charges', charge), paid: amount_paid ?? 0 }]
    })
}

function linkedOf(refund: string, refunds: readonly NoteRefund[]): number {
  return refunds
    .filter((one) => one.refund === refund)
    .reduce((sum, { amount_refunded }) => sum + amount_refunded, 0)
}

function noteRefund(refund: string, amount_refunded: number): NoteRefund {
  return { amount_refunded, payment_record_refund: null, refund, type: 'refund' }
}
