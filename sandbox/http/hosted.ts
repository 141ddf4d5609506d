import { checkCardForm } from '@/sandbox/cards'
import { type Ctx, nobody, referred } from '@/sandbox/context'
import type { Engine } from '@/sandbox/engine'
import { type CardField, type CardFormState, readCardForm } from '@/sandbox/hosted/card-form'
import { HOSTED_HEADERS } from '@/sandbox/hosted/document'
import { challengePage, invoicePage, messagePage } from '@/sandbox/hosted/page'
import { invoicePdf } from '@/sandbox/hosted/pdf'
import { hostedView } from '@/sandbox/http/hosted-view'
import type { Reply } from '@/sandbox/http/reply'
import { attemptInvoice, noteAttempt } from '@/sandbox/resources/invoice-pay'
import { defaultPaymentOf, isPaymentUnderway } from '@/sandbox/resources/invoice-payment-default'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { finishAuthentication } from '@/sandbox/resources/payment-intent-attempt'
import { createCardMethod } from '@/sandbox/resources/payment-method-new'
import { inTimeOf } from '@/sandbox/time-of'

const day = 86_400

/** Whether a path belongs to the customer's pages. */
export function isHosted(path: string): boolean {
  return /^\/(i|invoice)\//.test(path)
}

/**
 * Answers the customer's pages: the invoice, its payment by card, the bank's challenge and the PDF. Whoever has the
 * link may see and pay; what happens here happens without a request of the API.
 */
export async function answerHosted(
  engine: Engine,
  method: string,
  path: string,
  body: string,
): Promise<Reply> {
  const [, kind, account, token = '', page = ''] = path.split('/')
  const found = engine.transact(nobody, (ctx) => visit(ctx, account ?? '', token))
  if ('status' in found) return found
  const { view, invoice } = found
  if (kind === 'invoice' && page === 'pdf' && method === 'GET') {
    const headers = {
      'content-type': 'application/pdf',
      'content-disposition': `inline; filename="Invoice-${view.number}.pdf"`,
      'cache-control': 'no-store',
    }
    return { status: 200, headers, body: await invoicePdf(view) }
  }
  const reply =
    kind === 'i'
      ? engine.transact(nobody, (ctx) =>
          act(inTimeOf(ctx, invoice.customer), invoice, `${method} ${page}`, body),
        )
      : undefined
  await engine.durable()
  return reply ?? message(404, 'Page not found', 'There is nothing at this address.')
}

function visit(
  ctx: Ctx,
  account: string,
  token: string,
): Reply | { invoice: InvoiceRecord; view: ReturnType<typeof hostedView> } {
  const [invoice] = account === ctx.accountId ? ctx.store.table('invoices').by('token', token) : []
  if (!invoice) return message(404, 'Invoice not found', 'This link is not complete, or it was never valid.')
  const timed = inTimeOf(ctx, invoice.customer)
  if (timed.now > ctx.linkValidUntil(invoice, linkExpiry(invoice))) {
    return message(
      410,
      'This link has expired',
      'Please ask the business that sent it for a new link to your invoice.',
    )
  }
  return { invoice, view: hostedView(timed, invoice) }
}

/** 30 days after the due date, or after finalization when there is none; never more than 120 days. */
function linkExpiry({ due_date: due, status_transitions: moments }: InvoiceRecord): number {
  const finalized = moments.finalized_at ?? 0
  return Math.min((due ?? finalized) + 30 * day, finalized + 120 * day)
}

function act(ctx: Ctx, invoice: InvoiceRecord, action: string, body: string): Reply | undefined {
  const posted = new URLSearchParams(body)
  switch (action) {
    case 'GET ':
      return show(ctx, invoice)
    case 'POST ':
      return pay(ctx, invoice, posted)
    case 'GET challenge':
      return showChallenge(ctx, invoice)
    case 'POST challenge':
      return answerChallenge(ctx, invoice, posted.get('outcome') === 'complete')
    default:
      return undefined
  }
}

function isPayable({ status }: InvoiceRecord): boolean {
  return status === 'open' || status === 'uncollectible'
}

function pay(ctx: Ctx, invoice: InvoiceRecord, posted: URLSearchParams): Reply {
  // A second click, or an invoice that was paid or voided meanwhile: the page says so.
  if (!isPayable(invoice) || isPaymentUnderway(ctx, invoice))
    return redirect(hostedView(ctx, invoice).urls.pay)
  const typed = (field: CardField) => posted.get(field) ?? ''
  const values = { number: typed('number'), expiry: typed('expiry'), name: typed('name') }
  const checked = checkCardForm(readCardForm({ ...values, cvc: typed('cvc') }), ctx.now)
  if (!checked.ok) {
    const field = checked.field === 'expMonth' || checked.field === 'expYear' ? 'expiry' : checked.field
    return show(ctx, invoice, { error: checked.message, field, values })
  }
  const { card, expMonth, expYear } = checked
  const details = { expMonth, expYear, cvcCheck: 'pass' as const, name: values.name || null }
  const attempt = attemptInvoice(ctx, invoice, createCardMethod(ctx, card, details), 'on')
  if (attempt.kind === 'failed') return show(ctx, invoice, { error: attempt.failure.message, values })
  const { urls } = hostedView(ctx, invoice)
  return redirect(attempt.kind === 'requires_action' ? urls.challenge : urls.pay)
}

/** The payment that waits for the cardholder, if one does. */
function waitingOf(ctx: Ctx, invoice: InvoiceRecord) {
  const intent = isPayable(invoice) ? defaultPaymentOf(ctx, invoice)?.intent : undefined
  if (intent?.status !== 'requires_action' || !intent.payment_method) return undefined
  const method = referred(ctx, 'paymentMethods', intent.payment_method)
  return method.type === 'card' ? { intent, method } : undefined
}

function showChallenge(ctx: Ctx, invoice: InvoiceRecord): Reply {
  const waiting = waitingOf(ctx, invoice)
  const view = hostedView(ctx, invoice)
  return waiting ? page(200, challengePage(view, waiting.method.card.last4)) : redirect(view.urls.pay)
}

function answerChallenge(ctx: Ctx, invoice: InvoiceRecord, isComplete: boolean): Reply {
  const waiting = waitingOf(ctx, invoice)
  if (!waiting) return redirect(hostedView(ctx, invoice).urls.pay)
  const attempt = finishAuthentication(ctx, waiting.intent, waiting.method, isComplete)
  noteAttempt(ctx, attempt)
  if (attempt.kind === 'failed') return show(ctx, invoice, { error: attempt.failure.message })
  return redirect(hostedView(ctx, invoice).urls.pay)
}

/**
 * A refusal is a page like any other: browsers write an error into their console for a document of status 402.
 * @param form what the card form says and holds after a refusal
 */
function show(ctx: Ctx, invoice: InvoiceRecord, form?: CardFormState): Reply {
  return page(200, invoicePage(hostedView(ctx, invoice), form))
}

function message(status: number, title: string, text: string): Reply {
  return page(status, messagePage(title, text))
}

function page(status: number, body: string): Reply {
  return { status, headers: { ...HOSTED_HEADERS }, body }
}

/** After a POST, so that reloading the page repeats nothing. */
function redirect(location: string): Reply {
  return { status: 303, headers: { ...HOSTED_HEADERS, location }, body: '' }
}
