import type Stripe from 'stripe'
import { type InvoiceStatus, invoiceStatuses } from '@/lib/domain/invoice'
import {
  latestCharges,
  noPaymentState,
  parseInvoicePayment,
  parsePaymentState,
} from './parse-invoice-payment'
import { rawJson } from './raw'
import { idOf, idOrNull, instant, instantOrNull, oneOf, UnknownValue } from './read'

const collectionMethods = ['charge_automatically', 'send_invoice'] as const

/** Throws `UnknownValue` for a status that is none of the five. */
export function parseInvoiceStatus(status: string | null): InvoiceStatus {
  return oneOf(invoiceStatuses, status, 'the status of an invoice')
}

/** `lines` and `payments` are all of them, in Stripe's order; the invoice itself embeds only the first few. */
export function parseInvoice(
  invoice: Stripe.Invoice,
  lines: Stripe.InvoiceLineItem[],
  payments: Stripe.InvoicePayment[],
) {
  const { lines: _lines, payments: _payments, ...rest } = invoice
  return {
    id: invoice.id,
    number: invoice.number,
    status: parseInvoiceStatus(invoice.status),
    customerId: customerId(invoice),
    customerName: invoice.customer_name,
    customerEmail: invoice.customer_email,
    currency: invoice.currency,
    collectionMethod: oneOf(
      collectionMethods,
      invoice.collection_method,
      'the collection method of an invoice',
    ),
    subtotal: BigInt(invoice.subtotal),
    total: BigInt(invoice.total),
    amountDue: BigInt(invoice.amount_due),
    amountPaid: BigInt(invoice.amount_paid),
    amountRemaining: BigInt(invoice.amount_remaining),
    startingBalance: BigInt(invoice.starting_balance),
    endingBalance: invoice.ending_balance === null ? null : BigInt(invoice.ending_balance),
    totalDiscount: sum(invoice.total_discount_amounts),
    totalTax: sum(invoice.total_taxes),
    prePaymentCreditNotesAmount: BigInt(invoice.pre_payment_credit_notes_amount),
    postPaymentCreditNotesAmount: BigInt(invoice.post_payment_credit_notes_amount),
    lineCount: lines.length,
    description: invoice.description,
    footer: invoice.footer,
    ...(isCollectible(invoice) ? parsePaymentState(payments) : noPaymentState),
    attemptCount: invoice.attempt_count,
    nextPaymentAttemptAt: instantOrNull(invoice.next_payment_attempt),
    revisesInvoiceId: idOrNull(invoice.from_invoice?.invoice),
    latestRevisionId: idOrNull(invoice.latest_revision),
    autoAdvance: invoice.auto_advance ?? false,
    automaticallyFinalizesAt: instantOrNull(invoice.automatically_finalizes_at),
    createdAt: instant(invoice.created),
    dueAt: instantOrNull(invoice.due_date),
    finalizedAt: instantOrNull(invoice.status_transitions.finalized_at),
    paidAt: instantOrNull(invoice.status_transitions.paid_at),
    voidedAt: instantOrNull(invoice.status_transitions.voided_at),
    markedUncollectibleAt: instantOrNull(invoice.status_transitions.marked_uncollectible_at),
    raw: rawJson(rest),
    lines: lines.map(parseInvoiceLine),
    payments: payments.map(parseInvoicePayment),
    chargeIds: latestCharges(payments),
  }
}
export type ParsedInvoice = ReturnType<typeof parseInvoice>

/** Whether money may still come in: of others, what their PaymentIntents say is of no interest. */
export function isCollectible({ status }: Stripe.Invoice): boolean {
  return status === 'open' || status === 'uncollectible'
}

const sum = (parts: { amount: number }[] | null) =>
  (parts ?? []).reduce((total, { amount }) => total + BigInt(amount), 0n)

function parseInvoiceLine(line: Stripe.InvoiceLineItem, position: number) {
  const price = line.pricing?.price_details
  return {
    id: line.id,
    position,
    description: line.description,
    amount: BigInt(line.amount),
    currency: line.currency,
    quantity: line.quantity_decimal?.toString() ?? String(line.quantity ?? 1),
    unitAmountDecimal: line.pricing?.unit_amount_decimal?.toString() ?? null,
    priceId: idOrNull(price?.price),
    productId: price?.product ?? null,
    raw: rawJson(line),
  }
}

/** The types allow an invoice of an account instead of a customer; such a thing is not made here and has no place here. */
function customerId(invoice: Stripe.Invoice): string {
  if (invoice.customer === null) throw new UnknownValue('the invoice has no customer')
  return idOf(invoice.customer)
}
