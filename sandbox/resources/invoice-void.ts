import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest } from '@/sandbox/http/errors'
import { moveBalance } from '@/sandbox/resources/customer-balance'
import { permit } from '@/sandbox/resources/invoice-edit'
import { cancelPaymentsOf, isPaymentUnderway } from '@/sandbox/resources/invoice-payment-default'
import {
  balanceUsed,
  type InvoiceRecord,
  refreshDrafts,
  saveInvoice,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'

/** Ends an invoice for good. Its amounts stay as they were; applied balance goes back to the customer. */
export function voidInvoice(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  permit(invoice, 'void')
  if (invoice.amount_paid > 0) throw invalidRequest('You cannot void an invoice with paid payments.')
  if (isPaymentUnderway(ctx, invoice)) {
    throw invalidRequest('You cannot void an invoice while a payment for it is processing.')
  }
  const before = serializeInvoice(ctx, invoice)
  const voided: InvoiceRecord = {
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'void',
    status_transitions: { ...invoice.status_transitions, voided_at: ctx.now },
  }
  emit(ctx, 'invoice.voided', serializeInvoice(ctx, voided))
  saveInvoice(ctx, before, voided)
  cancelPaymentsOf(ctx, voided)
  giveBackBalance(ctx, voided)
  return voided
}

function giveBackBalance(ctx: Ctx, invoice: InvoiceRecord): void {
  const amount = balanceUsed(invoice)
  if (amount === 0) return
  const { customer } = moveBalance(ctx, invoice.customer, {
    amount,
    currency: invoice.currency,
    type: 'unapplied_from_invoice',
    invoice: invoice.id,
  })
  refreshDrafts(ctx, customer)
}
