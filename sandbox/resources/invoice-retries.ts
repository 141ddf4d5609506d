import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { mailRefusal } from '@/sandbox/mails/invoice-mails'
import { setDelinquent } from '@/sandbox/resources/customer-record'
import { defaultPaymentOf } from '@/sandbox/resources/invoice-payment-default'
import { type InvoiceRecord, saveInvoice, serializeInvoice } from '@/sandbox/resources/invoice-record'
import { writeOff } from '@/sandbox/resources/invoice-write-off'
import { settingsOf } from '@/sandbox/settings'

const day = 86_400

/** Who tried: somebody by hand, the retry schedule, or a bank whose debit had been counted when it began. */
export type By = 'somebody' | 'schedule' | 'bank'

/** Codes after which a bank will never accept the same method again. */
const hardDeclines = new Set([
  'account_closed',
  'authentication_required',
  'debit_not_authorized',
  'fraudulent',
  'incorrect_number',
  'lost_card',
  'no_account',
  'pickup_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'stolen_card',
  'transaction_not_allowed',
])

/** Any attempt counts as the first one, from then on only those of the schedule. */
export function countOf({ attempt_count: count }: InvoiceRecord, by: By): number {
  if (by === 'bank') return count
  return by === 'schedule' ? count + 1 : Math.max(count, 1)
}

/** A debit has begun: the schedule waits for what the bank says. */
export function takeUnderway(ctx: Ctx, invoice: InvoiceRecord, by: By): void {
  saveInvoice(ctx, serializeInvoice(ctx, invoice), {
    ...invoice,
    attempted: true,
    attempt_count: countOf(invoice, by),
    next_payment_attempt: null,
  })
}

type Failure = { code: string; declineCode?: string }

/**
 * An attempt brought no money. The schedule sets the next one; after the last the account's settings say what becomes
 * of the invoice. Attempts by hand after the first leave the schedule as it is.
 * @param failure undefined when there was no method to try
 */
export function takeRefusal(ctx: Ctx, invoice: InvoiceRecord, by: By, failure: Failure | undefined): void {
  const count = countOf(invoice, by)
  const isScheduling = by !== 'somebody' || invoice.attempt_count === 0
  const codes = failure ? [failure.code, failure.declineCode ?? ''] : []
  const attempted = saveInvoice(ctx, serializeInvoice(ctx, invoice), {
    ...invoice,
    attempted: true,
    attempt_count: count,
    next_payment_attempt: isScheduling ? nextAttempt(ctx, invoice, count) : invoice.next_payment_attempt,
    refusedMethodId: codes.some((code) => hardDeclines.has(code)) ? lastMethodOf(ctx, invoice) : null,
  })
  const needsAction = failure?.code === 'authentication_required'
  emit(
    ctx,
    needsAction ? 'invoice.payment_action_required' : 'invoice.payment_failed',
    serializeInvoice(ctx, attempted),
  )
  if (by !== 'somebody') {
    mailRefusal(ctx, attempted, failure?.code)
    if (isCollected(attempted)) setDelinquent(ctx, attempted.customer, true)
    endOfSchedule(ctx, attempted)
  }
}

/** The schedule goes on without charging a method that would only be refused again. */
export function skipRetry(ctx: Ctx, invoice: InvoiceRecord): void {
  const count = countOf(invoice, 'schedule')
  const skipped = saveInvoice(ctx, serializeInvoice(ctx, invoice), {
    ...invoice,
    attempt_count: count,
    next_payment_attempt: nextAttempt(ctx, invoice, count),
  })
  endOfSchedule(ctx, skipped)
}

/** The schedule stands still for the day that a debit takes: the invoice may be paid by then. */
export function putOffRetry(ctx: Ctx, invoice: InvoiceRecord): void {
  saveInvoice(ctx, serializeInvoice(ctx, invoice), { ...invoice, next_payment_attempt: ctx.now + day })
}

/** When the schedule tries again after `count` attempts; null when it does not. */
function nextAttempt(ctx: Ctx, invoice: InvoiceRecord, count: number): number | null {
  if (!isCollected(invoice)) return null
  const days = settingsOf(ctx.store).account.retries.days[count - 1]
  return days === undefined ? null : ctx.now + days * day
}

function isCollected({ auto_advance, collection_method, status }: InvoiceRecord): boolean {
  return auto_advance && collection_method === 'charge_automatically' && status === 'open'
}

function endOfSchedule(ctx: Ctx, invoice: InvoiceRecord): void {
  if (!isCollected(invoice) || invoice.next_payment_attempt !== null) return
  if (settingsOf(ctx.store).account.after_last_retry === 'uncollectible') {
    writeOff(ctx, invoice, 'max_payment_attempts')
  }
}

/** The method of the failure that the invoice's own intent remembers. */
function lastMethodOf(ctx: Ctx, invoice: InvoiceRecord): string | null {
  const error = defaultPaymentOf(ctx, invoice)?.intent.last_payment_error
  return error?.payment_method?.id ?? null
}
