import { byParam, type Ctx, referred } from '@/sandbox/context'
import { invalidRequest, type StripeError } from '@/sandbox/http/errors'
import { creditInvoices, unallocatedOf } from '@/sandbox/resources/invoice-credit'
import { permit } from '@/sandbox/resources/invoice-edit'
import { newInvoicePayment } from '@/sandbox/resources/invoice-payment-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'

/**
 * Adds a payment intent to the payments of an invoice: one that has succeeded is credited at once, any other when it
 * succeeds.
 * @throws StripeError 400 for an intent of another customer or currency, or one that cannot bring anything
 */
export function attachPayment(ctx: Ctx, invoice: InvoiceRecord, intentId: string): InvoiceRecord {
  permit(invoice, 'attach_payment')
  const intent = byParam(ctx, 'paymentIntents', intentId, 'payment_intent')
  checkAttachable(ctx, invoice, intent)
  const amount = intent.status === 'succeeded' ? unallocatedOf(ctx, intent) : intent.amount
  ctx.store.put('invoicePayments', newInvoicePayment(ctx, invoice, { id: intent.id, amount }, false))
  if (intent.status === 'succeeded') creditInvoices(ctx, intent, 'somebody')
  return referred(ctx, 'invoices', invoice.id)
}

function checkAttachable(ctx: Ctx, invoice: InvoiceRecord, intent: PaymentIntentRecord): void {
  if (intent.currency !== invoice.currency) {
    throw refused(`is in ${intent.currency}, but the invoice is in ${invoice.currency}`)
  }
  if (intent.customer !== null && intent.customer !== invoice.customer) {
    throw refused('belongs to another customer than the invoice')
  }
  if (intent.invoice !== null) throw refused('was created by an invoice, which alone it can pay')
  if (intent.status === 'canceled') throw refused('is canceled')
  const isAttached = ctx.store
    .table('invoicePayments')
    .by('paymentIntent', intent.id)
    .some((payment) => payment.invoice === invoice.id && payment.status !== 'canceled')
  if (isAttached) throw refused('is already attached to this invoice')
  if (intent.status === 'succeeded' && unallocatedOf(ctx, intent) <= 0) {
    throw refused('has nothing left to be credited to an invoice')
  }
}

function refused(why: string): StripeError {
  return invalidRequest(`You cannot attach this PaymentIntent because it ${why}.`, {
    param: 'payment_intent',
  })
}
