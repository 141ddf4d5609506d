import { type CheckedCard, checkCardForm } from '@/sandbox/cards'
import { type Ctx, referred } from '@/sandbox/context'
import { readCardForm } from '@/sandbox/hosted/card-form'
import { challengePage } from '@/sandbox/hosted/message-page'
import { invoicePage } from '@/sandbox/hosted/page'
import { blamedField, type PaymentField, type PaymentFormState } from '@/sandbox/hosted/payment-form'
import { invoiceView } from '@/sandbox/http/hosted-view'
import { page, redirect, type Visit } from '@/sandbox/http/hosted-visit'
import type { Reply } from '@/sandbox/http/reply'
import type { Language } from '@/sandbox/languages/language'
import type { ErrorCode } from '@/sandbox/languages/words'
import { attemptInvoice, noteAttempt } from '@/sandbox/resources/invoice-pay'
import { defaultPaymentOf, isPaymentUnderway } from '@/sandbox/resources/invoice-payment-default'
import { hostedPath, type InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { finishAuthentication } from '@/sandbox/resources/payment-intent-attempt'
import { createCardMethod } from '@/sandbox/resources/payment-method-new'

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
      return show(ctx, invoice, language)
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
  const last = defaultPaymentOf(ctx, invoice)?.intent.last_payment_error
  if (posted.has('seen') && posted.get('seen') !== lastAttempt(ctx, invoice)) {
    return show(ctx, invoice, language, last ? { error: errorText(language, last) } : {})
  }
  const typed = (field: PaymentField) => posted.get(field) ?? ''
  const values = { number: typed('number'), expiry: typed('expiry'), name: typed('name') }
  const checked = checkCardForm(readCardForm({ ...values, cvc: typed('cvc') }), ctx.now)
  if (!checked.ok) {
    const field = checked.field === 'expMonth' || checked.field === 'expYear' ? 'expiry' : checked.field
    return show(ctx, invoice, language, {
      method: 'card',
      error: typingError(language, checked),
      field,
      values,
    })
  }
  const { card, expMonth, expYear } = checked
  const details = { expMonth, expYear, cvcCheck: 'pass' as const, name: values.name || null }
  const attempt = attemptInvoice(ctx, invoice, createCardMethod(ctx, card, details), 'on')
  if (attempt.kind === 'failed') {
    const { code, declineCode, message } = attempt.failure
    return show(ctx, invoice, language, {
      method: 'card',
      error: errorText(language, { code, decline_code: declineCode, message }),
      field: isErrorCode(language, code) ? blamedField[code] : undefined,
      values,
    })
  }
  return redirect(`${hostedPath(ctx, invoice)}${attempt.kind === 'requires_action' ? '/challenge' : ''}`)
}

/** Tells one attempt on the invoice's own payment from the next. */
function lastAttempt(ctx: Ctx, invoice: InvoiceRecord): string {
  const intent = defaultPaymentOf(ctx, invoice)?.intent
  return `${intent?.latest_charge ?? ''}.${intent?.last_payment_error?.code ?? ''}`
}

/** What went wrong, in the customer's language; what has no words yet stays in Stripe's. */
function errorText(
  { words }: Language,
  {
    code = '',
    decline_code: declineCode = '',
    message = '',
  }: { code?: string; decline_code?: string; message?: string },
): string {
  const known: Record<string, string | undefined> = words.errors
  return known[declineCode] ?? known[code] ?? message
}

function isErrorCode({ words }: Language, code: string): code is ErrorCode {
  return Object.hasOwn(words.errors, code)
}

/** Stripe has one code for dates that are wrong and dates that are over. */
function typingError(language: Language, wrong: Extract<CheckedCard, { ok: false }>): string {
  const { errors } = language.words
  if (wrong.isPast) {
    return wrong.field === 'expYear' ? errors.expiry_year_in_the_past : errors.expiry_in_the_past
  }
  return errorText(language, { ...wrong, decline_code: wrong.declineCode })
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

/**
 * A refusal is a page like any other: browsers write an error into their console for a document of status 402.
 * @param form what the form says and holds after a refusal
 */
function show(ctx: Ctx, invoice: InvoiceRecord, language: Language, form: PaymentFormState = {}): Reply {
  const seen = lastAttempt(ctx, invoice)
  return page(200, invoicePage(invoiceView(ctx, invoice), language, { ...form, seen }))
}
