import { type Ctx, referred } from '@/sandbox/context'
import { challengePage } from '@/sandbox/hosted/bank-pages'
import { invoicePage } from '@/sandbox/hosted/page'
import { blamedField, type PaymentFormState } from '@/sandbox/hosted/payment-form'
import { errorText, isErrorCode } from '@/sandbox/http/hosted-errors'
import { readPayment } from '@/sandbox/http/hosted-payment-method'
import { invoiceView, methodsOf } from '@/sandbox/http/hosted-view'
import { page, redirect, type Visit } from '@/sandbox/http/hosted-visit'
import type { Reply } from '@/sandbox/http/reply'
import type { Language } from '@/sandbox/languages/language'
import { attemptInvoice, noteAttempt } from '@/sandbox/resources/invoice-pay'
import { defaultPaymentOf, isPaymentUnderway } from '@/sandbox/resources/invoice-payment-default'
import { hostedPath, type InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { finishAuthentication } from '@/sandbox/resources/payment-intent-attempt'

/** Shows, pays, or asks the bank. @returns undefined where there is no such action */
export function actOnInvoice(
  ctx: Ctx,
  invoice: InvoiceRecord,
  language: Language,
  action: string,
  { method, body }: Visit,
): Reply | undefined {
  const posted = new URLSearchParams(body)
  switch (`${method} ${action}`) {
    case 'GET ':
      return open(ctx, invoice, language)
    case 'POST ':
      return pay(ctx, invoice, language, posted)
    case 'GET challenge':
      return showChallenge(ctx, invoice, language)
    case 'POST challenge':
      return answerChallenge(ctx, invoice, language, posted.get('outcome') === 'complete')
    default:
      return undefined
  }
}

function isPayable(ctx: Ctx, invoice: InvoiceRecord): boolean {
  const { status } = invoice
  return (status === 'open' || status === 'uncollectible') && !isPaymentUnderway(ctx, invoice)
}

function pay(ctx: Ctx, invoice: InvoiceRecord, language: Language, posted: URLSearchParams): Reply {
  // A second click, or an invoice that was paid or voided meanwhile: the page says so.
  if (!isPayable(ctx, invoice)) return redirect(hostedPath(ctx, invoice))
  if (posted.has('seen') && posted.get('seen') !== lastAttempt(ctx, invoice)) {
    return show(ctx, invoice, language, refusalBefore(ctx, invoice, language))
  }
  const method = methodsOf(invoice).find((offered) => offered === (posted.get('method') ?? 'card'))
  if (!method) return redirect(hostedPath(ctx, invoice))
  const read = readPayment(ctx, language, method, posted)
  if ('again' in read) return show(ctx, invoice, language, read.again)
  const attempt = attemptInvoice(ctx, invoice, read.paying, 'on')
  if (attempt.kind !== 'failed') {
    return redirect(`${hostedPath(ctx, invoice)}${attempt.kind === 'requires_action' ? '/challenge' : ''}`)
  }
  const { code, declineCode, message } = attempt.failure
  return show(ctx, invoice, language, {
    method,
    error: errorText(language, { code, decline_code: declineCode, message, payment_method: read.paying }),
    field: isErrorCode(language.words, code) ? blamedField[code] : undefined,
    values: read.values,
  })
}

/** Tells one attempt on the invoice's own payment from the next. */
function lastAttempt(ctx: Ctx, invoice: InvoiceRecord): string {
  const intent = defaultPaymentOf(ctx, invoice)?.intent
  return `${intent?.latest_charge ?? ''}.${intent?.last_payment_error?.code ?? ''}`
}

/** What the page says of an attempt that was refused before it was opened. */
function refusalBefore(ctx: Ctx, invoice: InvoiceRecord, language: Language): PaymentFormState {
  const last = defaultPaymentOf(ctx, invoice)?.intent.last_payment_error
  if (!last) return {}
  const method = methodsOf(invoice).find((offered) => offered === last.payment_method?.type)
  return { method, error: errorText(language, last) }
}

/** The payment that waits for the cardholder, if one does. */
function waitingOf(ctx: Ctx, invoice: InvoiceRecord) {
  const intent = isPayable(ctx, invoice) ? defaultPaymentOf(ctx, invoice)?.intent : undefined
  if (intent?.status !== 'requires_action' || !intent.payment_method) return undefined
  const method = referred(ctx, 'paymentMethods', intent.payment_method)
  return method.type === 'card' ? { intent, method } : undefined
}

function showChallenge(ctx: Ctx, invoice: InvoiceRecord, language: Language): Reply {
  const waiting = waitingOf(ctx, invoice)
  if (!waiting) return redirect(hostedPath(ctx, invoice))
  return page(200, challengePage(invoiceView(ctx, invoice), language, waiting.method.card.last4))
}

function answerChallenge(ctx: Ctx, invoice: InvoiceRecord, language: Language, isComplete: boolean): Reply {
  const waiting = waitingOf(ctx, invoice)
  if (!waiting) return redirect(hostedPath(ctx, invoice))
  const attempt = finishAuthentication(ctx, waiting.intent, waiting.method, isComplete)
  noteAttempt(ctx, attempt)
  if (attempt.kind !== 'failed') return redirect(hostedPath(ctx, invoice))
  return show(ctx, invoice, language, { error: errorText(language, attempt.failure) })
}

/** A debit that came back days later is told of; what a card's bank said was told at once. */
function open(ctx: Ctx, invoice: InvoiceRecord, language: Language): Reply {
  const refused = refusalBefore(ctx, invoice, language)
  return show(ctx, invoice, language, refused.method === 'card' ? {} : refused)
}

/**
 * A refusal is a page like any other: browsers write an error into their console for a document of status 402.
 * @param form what the form says and holds after a refusal
 */
function show(ctx: Ctx, invoice: InvoiceRecord, language: Language, form: PaymentFormState = {}): Reply {
  const seen = lastAttempt(ctx, invoice)
  return page(200, invoicePage(invoiceView(ctx, invoice), language, { ...form, seen }))
}
