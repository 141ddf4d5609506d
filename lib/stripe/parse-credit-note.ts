import type Stripe from 'stripe'
import { rawJson } from './raw'
import { idOf, idOrNull, instant, instantOrNull, oneOf } from './read'

const statuses = ['issued', 'void'] as const

/** `lines` are all of them, in Stripe's order. Throws `UnknownValue` for a status that is neither. */
export function parseCreditNote(note: Stripe.CreditNote, lines: Stripe.CreditNoteLineItem[]) {
  const { lines: _, ...rest } = note
  return {
    id: note.id,
    number: note.number,
    status: oneOf(statuses, note.status, 'the status of a credit note'),
    type: note.type,
    reason: note.reason,
    memo: note.memo,
    invoiceId: idOf(note.invoice),
    customerId: idOf(note.customer),
    currency: note.currency,
    subtotal: BigInt(note.subtotal),
    total: BigInt(note.total),
    prePaymentAmount: BigInt(note.pre_payment_amount),
    postPaymentAmount: BigInt(note.post_payment_amount),
    outOfBandAmount: note.out_of_band_amount === null ? null : BigInt(note.out_of_band_amount),
    customerBalanceTransactionId: idOrNull(note.customer_balance_transaction),
    lineCount: lines.length,
    createdAt: instant(note.created),
    effectiveAt: instantOrNull(note.effective_at),
    voidedAt: instantOrNull(note.voided_at),
    raw: rawJson(rest),
    lines: lines.map(parseLine),
  }
}

function parseLine(line: Stripe.CreditNoteLineItem, position: number) {
  return {
    id: line.id,
    position,
    type: line.type,
    invoiceLineId: line.invoice_line_item ?? null,
    description: line.description,
    amount: BigInt(line.amount),
    quantity: line.quantity,
    unitAmountDecimal: line.unit_amount_decimal?.toString() ?? null,
    raw: rawJson(line),
  }
}
