import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest, StripeError } from '@/sandbox/http/errors'
import { setDelinquent } from '@/sandbox/resources/customer-record'
import { creditInvoices, settled } from '@/sandbox/resources/invoice-credit'
import { permit } from '@/sandbox/resources/invoice-edit'
import { finalizeInvoice } from '@/sandbox/resources/invoice-finalize'
import {
  defaultPaymentOf,
  isPaymentUnderway,
  syncDefaultPayment,
} from '@/sandbox/resources/invoice-payment-default'
import { type InvoiceRecord, saveInvoice, serializeInvoice } from '@/sandbox/resources/invoice-record'
import { type By, takeRefusal, takeUnderway } from '@/sandbox/resources/invoice-retries'
import { attemptPayment, type Session } from '@/sandbox/resources/payment-intent-attempt'
import { type Attempt, declined } from '@/sandbox/resources/payment-intent-moves'
import { type PaymentIntentRecord, serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { checkMethod } from '@/sandbox/resources/payment-intent-refusals'
import { methodOfCustomer } from '@/sandbox/resources/payment-method-attach'
import { isMethodToken, methodOrToken } from '@/sandbox/resources/payment-method-new'
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
  if (isPaymentUnderway(ctx, final)) throw underway()
  if (payment.paid_out_of_band) return payOutOfBand(ctx, final)
  const method = methodFor(ctx, final, payment.payment_method)
  if (!method) {
    throw invalidRequest(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set either a `default_payment_method` or a `default_source` before attempting to pay.',
      { code: 'resource_missing', param: 'payment_method' },
    )
  }
  const intent = defaultPaymentOf(ctx, final)?.intent
  if (intent) checkMethod(intent, method)
  const session = payment.off_session === false ? 'on' : 'off'
  const attempt = attemptInvoice(ctx, final, method, session)
  if (attempt.kind === 'failed') throw declined(ctx, attempt)
  if (attempt.kind === 'requires_action') throw actionRequired(ctx, attempt.intent)
  return referred(ctx, 'invoices', final.id)
}

/** The method to charge, in Stripe's order; attached but not default is not used. */
export function methodFor(ctx: Ctx, invoice: InvoiceRecord, asked?: string): PaymentMethodRecord | undefined {
  if (asked !== undefined) {
    return isMethodToken(asked)
      ? methodOrToken(ctx, asked, 'payment_method')
      : methodOfCustomer(ctx, asked, invoice.customer, 'payment_method')
  }
  const customer = referred(ctx, 'customers', invoice.customer)
  const id =
    invoice.default_payment_method ??
    invoice.default_source ??
    customer.invoice_settings.default_payment_method ??
    customer.default_source
  const method = id === null ? undefined : ctx.store.get('paymentMethods', id)
  return method?.customer === invoice.customer ? method : undefined
}

/**
 * Tries the invoice's own payment intent with a method and writes what that means for the invoice.
 * @param by who tries: somebody, or the retry schedule
 */
export function attemptInvoice(
  ctx: Ctx,
  invoice: InvoiceRecord,
  method: PaymentMethodRecord,
  session: Session,
  by: By = 'somebody',
): Attempt {
  const open = defaultPaymentOf(ctx, invoice)
  if (!open) throw new Error(`Invoice ${invoice.id} has nothing to be paid through`)
  const attempt = attemptPayment(ctx, open.intent, method, session)
  noteAttempt(ctx, attempt, by)
  return attempt
}

/**
 * What an attempt on a payment intent means for the invoices it pays, if it pays any. One that fails concerns the
 * invoice that the intent was made for, not those it is attached to.
 * @param by who tried; `bank` when a debit comes back that had been counted when it began
 */
export function noteAttempt(ctx: Ctx, attempt: Attempt, by: By = 'somebody'): void {
  if (attempt.kind === 'succeeded') creditInvoices(ctx, attempt.intent, by)
  if (attempt.intent.invoice === null) return
  const invoice = referred(ctx, 'invoices', attempt.intent.invoice)
  if (attempt.kind === 'processing') takeUnderway(ctx, invoice, by)
  if (attempt.kind === 'failed') takeRefusal(ctx, invoice, by, attempt.failure)
  if (attempt.kind === 'requires_action') takeRefusal(ctx, invoice, by, { code: 'authentication_required' })
}

/** The money came some other way: nothing is charged, and the intent is of no use any more. */
function payOutOfBand(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  const amount = invoice.amount_remaining
  const paid = saveInvoice(ctx, serializeInvoice(ctx, invoice), {
    ...settled(ctx, invoice),
    amount_paid: invoice.amount_paid + amount,
    amount_paid_off_stripe: amount,
    amount_remaining: 0,
  })
  emit(ctx, 'invoice.paid', serializeInvoice(ctx, paid))
  syncDefaultPayment(ctx, paid)
  setDelinquent(ctx, invoice.customer, false)
  return paid
}

function underway(): StripeError {
  return invalidRequest(
    'A payment for this invoice is still processing. Wait until it has succeeded or failed.',
    {
      code: 'payment_intent_unexpected_state',
    },
  )
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
