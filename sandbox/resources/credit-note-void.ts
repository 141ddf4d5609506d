import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest } from '@/sandbox/http/errors'
import { type CreditNoteRecord, serializeCreditNote } from '@/sandbox/resources/credit-note-record'
import { isPaymentUnderway, syncDefaultPayment } from '@/sandbox/resources/invoice-payment-default'
import { saveInvoice, serializeInvoice } from '@/sandbox/resources/invoice-record'

/**
 * Takes a note back: the invoice asks again for what the note had taken off it.
 * @throws StripeError once the invoice is not open any more: then the note has done what cannot be undone
 */
export function voidCreditNote(ctx: Ctx, note: CreditNoteRecord): CreditNoteRecord {
  if (note.status === 'void') throw invalidRequest('This credit note is already void.')
  const invoice = referred(ctx, 'invoices', note.invoice)
  if (invoice.status !== 'open') {
    throw invalidRequest('You can only void a credit note while its invoice is open.')
  }
  if (isPaymentUnderway(ctx, invoice)) {
    throw invalidRequest('You cannot void a credit note while a payment for its invoice is processing.')
  }
  const voided: CreditNoteRecord = { ...note, status: 'void', voided_at: ctx.now }
  ctx.store.put('creditNotes', voided)
  emit(ctx, 'credit_note.voided', serializeCreditNote(ctx, voided))
  const restored = saveInvoice(ctx, serializeInvoice(ctx, invoice), {
    ...invoice,
    amount_due: invoice.amount_due + note.pre_payment_amount,
    amount_remaining: invoice.amount_remaining + note.pre_payment_amount,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - note.pre_payment_amount,
  })
  syncDefaultPayment(ctx, restored)
  return voided
}
