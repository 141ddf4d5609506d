import { allocatePayment, type Share } from '@/sandbox/arithmetic/payment-allocation'
import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { getsReceipts, mailReceipt } from '@/sandbox/mails/receipt-mail'
import { receiptNumber } from '@/sandbox/receipt-number'
import { moveBalance } from '@/sandbox/resources/customer-balance'
import { setDelinquent } from '@/sandbox/resources/customer-record'
import { cancelInvoicePayment, syncDefaultPayment } from '@/sandbox/resources/invoice-payment-default'
import {
  type InvoicePaymentRecord,
  serializeInvoicePayment,
} from '@/sandbox/resources/invoice-payment-record'
import {
  type InvoiceRecord,
  refreshDrafts,
  saveInvoice,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'
import { type By, countOf } from '@/sandbox/resources/invoice-retries'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'

/**
 * Credits the money of a succeeded intent to the invoices it is attached to, in the order in which it was attached.
 * An invoice that nothing is left for loses the payment.
 */
export function creditInvoices(ctx: Ctx, intent: PaymentIntentRecord, by: By): void {
  const payments = ctx.store
    .table('invoicePayments')
    .by('paymentIntent', intent.id)
    .filter(({ status }) => status === 'open')
  const needs = payments.map(({ invoice }) => referred(ctx, 'invoices', invoice).amount_remaining)
  const shares = allocatePayment(unallocatedOf(ctx, intent), needs)
  for (const [at, payment] of payments.entries()) {
    const share = shares[at]
    if (!share || share.paid + share.overpaid === 0) cancelInvoicePayment(ctx, payment)
    else creditInvoice(ctx, payment, share, by)
  }
}

/** What a succeeded intent brought that was neither given back nor credited to an invoice yet, in minor units. */
export function unallocatedOf(ctx: Ctx, intent: PaymentIntentRecord): number {
  const allocated = ctx.store
    .table('invoicePayments')
    .by('paymentIntent', intent.id)
    .reduce((sum, { amount_paid }) => sum + (amount_paid ?? 0), 0)
  const refunded = intent.latest_charge ? referred(ctx, 'charges', intent.latest_charge).amount_refunded : 0
  return intent.amount_received - refunded - allocated
}

function creditInvoice(ctx: Ctx, open: InvoicePaymentRecord, { paid, overpaid }: Share, by: By): void {
  const invoice = referred(ctx, 'invoices', open.invoice)
  const before = serializeInvoice(ctx, invoice)
  const { latest_charge: chargeId } = referred(ctx, 'paymentIntents', open.paymentIntent)
  const charge = chargeId ? referred(ctx, 'charges', chargeId) : undefined
  const payment: InvoicePaymentRecord = {
    ...open,
    amount_paid: paid + overpaid,
    status: 'paid',
    status_transitions: { ...open.status_transitions, paid_at: ctx.now },
  }
  ctx.store.put('invoicePayments', payment)
  if (overpaid > 0) creditSurplus(ctx, invoice, overpaid)
  const reduced: InvoiceRecord = {
    ...invoice,
    amount_overpaid: invoice.amount_overpaid + overpaid,
    amount_paid: invoice.amount_paid + paid,
    amount_remaining: invoice.amount_remaining - paid,
    attempted: true,
    // Only the invoice's own payment is part of the retry schedule.
    attempt_count: open.is_default ? countOf(invoice, by) : invoice.attempt_count,
    receipt_number: charge && getsReceipts(ctx, invoice) ? receiptNumber(charge.id) : invoice.receipt_number,
  }
  const isSettled = invoice.status !== 'paid' && reduced.amount_remaining === 0
  const credited = saveInvoice(ctx, before, isSettled ? settled(ctx, reduced) : reduced)
  if (isSettled) {
    emit(ctx, 'invoice.paid', serializeInvoice(ctx, credited))
    emit(ctx, 'invoice.payment_succeeded', serializeInvoice(ctx, credited))
    setDelinquent(ctx, credited.customer, false)
  }
  if (overpaid > 0) emit(ctx, 'invoice.overpaid', serializeInvoice(ctx, credited))
  emit(ctx, 'invoice_payment.paid', serializeInvoicePayment(ctx, payment))
  syncDefaultPayment(ctx, credited)
  if (charge) mailReceipt(ctx, credited, charge, paid + overpaid)
}

/** The invoice as paid; its amounts are the caller's. */
export function settled(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  return {
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: ctx.now },
  }
}

function creditSurplus(ctx: Ctx, invoice: InvoiceRecord, overpaid: number): void {
  const { customer } = moveBalance(ctx, invoice.customer, {
    amount: -overpaid,
    currency: invoice.currency,
    type: 'invoice_overpaid',
    invoice: invoice.id,
  })
  refreshDrafts(ctx, customer)
}
