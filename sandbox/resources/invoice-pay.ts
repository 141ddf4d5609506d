import { cardByToken } from '@/sandbox/cards'
import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest, StripeError } from '@/sandbox/http/errors'
import { postMail } from '@/sandbox/mail'
import { changeCustomer } from '@/sandbox/resources/customer-record'
import { permit } from '@/sandbox/resources/invoice-edit'
import { finalizeInvoice } from '@/sandbox/resources/invoice-finalize'
import { cancelDefaultPayment, defaultPaymentOf } from '@/sandbox/resources/invoice-payment-default'
import {
  type InvoicePaymentRecord,
  serializeInvoicePayment,
} from '@/sandbox/resources/invoice-payment-record'
import {
  hostedUrl,
  type Invoice,
  type InvoiceRecord,
  saveInvoice,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'
import {
  type Attempt,
  attemptPayment,
  declined,
  type Session,
} from '@/sandbox/resources/payment-intent-confirm'
import { type PaymentIntentRecord, serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { methodOfCustomer, methodOrToken } from '@/sandbox/resources/payment-method-attach'
import type { PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

type Payment = { payment_method?: string; paid_out_of_band?: boolean; off_session?: boolean }

/**
 * Pays an invoice with a stored method, finalizing a draft first.
 * @throws StripeError 402 with the attempt kept when the card declines; 400 when nothing can be tried
 */
export function payInvoice(ctx: Ctx, invoice: InvoiceRecord, payment: Payment): InvoiceRecord {
  permit(invoice, 'pay')
  const final = invoice.status === 'draft' ? finalizeInvoice(ctx, invoice) : invoice
  if (final.status === 'paid') return final
  if (payment.paid_out_of_band) return payOutOfBand(ctx, final)
  const method = methodFor(ctx, final, payment.payment_method)
  if (!method) {
    throw invalidRequest(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set either a `default_payment_method` or a `default_source` before attempting to pay.',
      { code: 'resource_missing', param: 'payment_method' },
    )
  }
  const session = payment.off_session === false ? 'on' : 'off'
  const attempt = attemptInvoice(ctx, final, method, session)
  if (attempt.kind === 'failed') throw declined(ctx, attempt)
  if (attempt.kind === 'requires_action') throw actionRequired(ctx, attempt.intent)
  setDelinquent(ctx, final.customer, false)
  return referred(ctx, 'invoices', final.id)
}

/** The method to charge, in Stripe's order; attached but not default is not used. */
export function methodFor(ctx: Ctx, invoice: InvoiceRecord, asked?: string): PaymentMethodRecord | undefined {
  if (asked !== undefined) {
    return cardByToken(asked)
      ? methodOrToken(ctx, asked, 'payment_method')
      : methodOfCustomer(ctx, asked, invoice.customer, 'payment_method')
  }
  const customer = referred(ctx, 'customers', invoice.customer)
  const id = invoice.default_payment_method ?? customer.invoice_settings.default_payment_method
  const method = id === null ? undefined : ctx.store.get('paymentMethods', id)
  return method?.customer === invoice.customer ? method : undefined
}

/** Tries the invoice's own payment intent with a method and writes what that means for the invoice. */
export function attemptInvoice(
  ctx: Ctx,
  invoice: InvoiceRecord,
  method: PaymentMethodRecord,
  session: Session,
): Attempt {
  const open = defaultPaymentOf(ctx, invoice)
  if (!open) throw new Error(`Invoice ${invoice.id} has nothing to be paid through`)
  const attempt = attemptPayment(ctx, open.intent, method, session)
  noteAttempt(ctx, attempt)
  return attempt
}

/** What an attempt on a payment intent means for the invoice it belongs to, if it belongs to one. */
export function noteAttempt(ctx: Ctx, attempt: Attempt): void {
  if (attempt.intent.invoice === null) return
  const invoice = referred(ctx, 'invoices', attempt.intent.invoice)
  const before = serializeInvoice(ctx, invoice)
  if (attempt.kind === 'succeeded') {
    notePaid(ctx, invoice, before, attempt.intent)
    return
  }
  const needsAction = attempt.kind === 'requires_action' || attempt.failure.code === 'authentication_required'
  const attempted = saveInvoice(ctx, before, {
    ...invoice,
    attempted: true,
    attempt_count: Math.max(invoice.attempt_count, 1),
    next_payment_attempt: null,
  })
  emit(
    ctx,
    needsAction ? 'invoice.payment_action_required' : 'invoice.payment_failed',
    serializeInvoice(ctx, attempted),
  )
}

function notePaid(ctx: Ctx, invoice: InvoiceRecord, before: Invoice, intent: PaymentIntentRecord): void {
  const payment = settlePayment(ctx, invoice, intent.amount)
  const paid = saveInvoice(ctx, before, {
    ...paidInFull(ctx, invoice, intent.amount),
    attempted: true,
    attempt_count: Math.max(invoice.attempt_count, 1),
  })
  emit(ctx, 'invoice.paid', serializeInvoice(ctx, paid))
  emit(ctx, 'invoice.payment_succeeded', serializeInvoice(ctx, paid))
  emit(ctx, 'invoice_payment.paid', serializeInvoicePayment(ctx, payment))
  postReceipt(ctx, paid)
}

function settlePayment(ctx: Ctx, invoice: InvoiceRecord, amount: number): InvoicePaymentRecord {
  const open = defaultPaymentOf(ctx, invoice)
  if (!open) throw new Error(`Invoice ${invoice.id} has no open payment to settle`)
  const payment: InvoicePaymentRecord = {
    ...open.payment,
    amount_paid: amount,
    status: 'paid',
    status_transitions: { ...open.payment.status_transitions, paid_at: ctx.now },
  }
  ctx.store.put('invoicePayments', payment)
  return payment
}

function paidInFull(ctx: Ctx, invoice: InvoiceRecord, amount: number): InvoiceRecord {
  return {
    ...invoice,
    amount_paid: invoice.amount_paid + amount,
    amount_remaining: invoice.amount_remaining - amount,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'paid',
    status_transitions: { ...invoice.status_transitions, paid_at: ctx.now },
  }
}

/** The money came some other way: nothing is charged, and the intent is of no use any more. */
function payOutOfBand(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  const before = serializeInvoice(ctx, invoice)
  const amount = invoice.amount_remaining
  const paid = saveInvoice(ctx, before, {
    ...paidInFull(ctx, invoice, amount),
    amount_paid_off_stripe: amount,
  })
  emit(ctx, 'invoice.paid', serializeInvoice(ctx, paid))
  cancelDefaultPayment(ctx, invoice, 'automatic')
  setDelinquent(ctx, invoice.customer, false)
  return paid
}

export function setDelinquent(ctx: Ctx, customerId: string, delinquent: boolean): void {
  changeCustomer(ctx, referred(ctx, 'customers', customerId), { delinquent })
}

/** The payment waits for the cardholder; the attempt is kept. */
function actionRequired(ctx: Ctx, intent: PaymentIntentRecord): StripeError {
  const message = 'This payment requires additional user action before it can be completed successfully.'
  return new StripeError(
    400,
    {
      type: 'invalid_request_error',
      code: 'invoice_payment_intent_requires_action',
      message,
      payment_intent: serializePaymentIntent(ctx, intent),
    },
    true,
  )
}

function postReceipt(ctx: Ctx, invoice: InvoiceRecord): void {
  if (invoice.customer_email === null) return
  postMail(ctx, {
    kind: 'receipt',
    to: invoice.customer_email,
    subject: `Receipt for invoice ${invoice.number}`,
    text: `Thank you. Your payment for invoice ${invoice.number} has been received: ${hostedUrl(ctx, invoice)}`,
    invoice: invoice.id,
  })
}
