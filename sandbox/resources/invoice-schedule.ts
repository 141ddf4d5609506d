import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { StripeError } from '@/sandbox/http/errors'
import { mailAboutInvoice } from '@/sandbox/mails/invoice-mails'
import { setDelinquent } from '@/sandbox/resources/customer-record'
import { finalizeInvoice } from '@/sandbox/resources/invoice-finalize'
import { attemptInvoice, methodFor } from '@/sandbox/resources/invoice-pay'
import { isPaymentUnderway } from '@/sandbox/resources/invoice-payment-default'
import { type InvoiceRecord, putInvoice, serializeInvoice } from '@/sandbox/resources/invoice-record'
import { putOffRetry, skipRetry, takeRefusal } from '@/sandbox/resources/invoice-retries'
import { collectsAt, type FollowUp, finalizesAt, followUps } from '@/sandbox/resources/invoice-timers'
import { mailInvoice } from '@/sandbox/resources/invoice-verbs'
import { settingsOf } from '@/sandbox/settings'
import { inTimeOf } from '@/sandbox/time-of'

function isDue(ctx: Ctx, at: number | null): boolean {
  return at !== null && at <= ctx.now
}

/** The timer of a draft that advances by itself: it becomes final, and is mailed, or its next timer charges it at once. */
export function finalizeDue(ctx: Ctx, invoiceId: string): void {
  const draft = ctx.store.get('invoices', invoiceId)
  if (!draft || !isDue(ctx, finalizesAt(draft))) return
  try {
    const final = finalizeInvoice(ctx, draft)
    if (final.collection_method === 'send_invoice') mailFinalized(ctx, final)
  } catch (error) {
    // Why it could not be finalized stands on the draft.
    if (!(error instanceof StripeError && error.keepsChanges)) throw error
  }
}

/** What became final by itself is mailed unless the account has that switched off. */
function mailFinalized(ctx: Ctx, final: InvoiceRecord): void {
  if (settingsOf(ctx.store).account.mails.finalized_invoices) mailInvoice(ctx, final)
}

/** The timer of an open invoice that is charged by itself. */
export function collectDue(ctx: Ctx, invoiceId: string): void {
  const invoice = ctx.store.get('invoices', invoiceId)
  if (invoice && isDue(ctx, collectsAt(invoice))) collect(ctx, invoice)
}

/**
 * One automatic attempt, off session. It waits while money is on its way already. Without a stored method it counts as
 * failed; a method that was refused for good is not tried again, though the schedule goes on.
 */
function collect(ctx: Ctx, invoice: InvoiceRecord): void {
  const method = methodFor(ctx, invoice)
  if (isPaymentUnderway(ctx, invoice)) putOffRetry(ctx, invoice)
  else if (!method) takeRefusal(ctx, invoice, 'schedule', undefined)
  else if (method.id === invoice.refusedMethodId) skipRetry(ctx, invoice)
  else attemptInvoice(ctx, invoice, method, 'off', 'schedule')
}

/** The timer of what an open invoice's due date brings about. */
export function followUpDue(ctx: Ctx, invoiceId: string): void {
  const invoice = ctx.store.get('invoices', invoiceId)
  if (!invoice) return
  const due = followUps(ctx, invoice).filter(({ at }) => at <= ctx.now)
  // Bookkeeping, so no event.
  putInvoice(ctx, { ...invoice, followedUpUntil: ctx.now })
  for (const { what } of due) followUp(ctx, invoice, what)
}

function followUp(ctx: Ctx, invoice: InvoiceRecord, what: FollowUp['what']): void {
  if (what === 'past_due') setDelinquent(ctx, invoice.customer, true)
  else if (what === 'reminder') mailAboutInvoice(ctx, invoice, 'reminder')
  else emit(ctx, what, serializeInvoice(ctx, invoice))
}

/** Another endpoint has heard, or is gone. When all know of an invoice's creation, its automatic finalization may begin. */
export function noteHeard(ctx: Ctx, eventId: string): void {
  const event = ctx.store.get('events', eventId)
  if (event?.type !== 'invoice.created' || ctx.store.table('undelivered').by('event', eventId).length > 0)
    return
  const invoice = ctx.store.get('invoices', event.about)
  if (invoice && invoice.webhooks_delivered_at === null) {
    putInvoice(ctx, { ...invoice, webhooks_delivered_at: inTimeOf(ctx, invoice.customer).now })
  }
}
