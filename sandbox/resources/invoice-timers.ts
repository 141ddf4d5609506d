import type { Ctx } from '@/sandbox/context'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import { settingsOf } from '@/sandbox/settings'
import { inTimeOf } from '@/sandbox/time-of'
import { setTimer } from '@/sandbox/timers'

const day = 86_400

/** How long an endpoint that does not confirm `invoice.created` can hold up automatic finalization, in seconds. */
const longestWait = 72 * 3600

/** Sets an invoice's timers to what its present state lets happen by itself, in its customer's time. */
export function scheduleInvoice(ctx: Ctx, invoice: InvoiceRecord): void {
  const timed = inTimeOf(ctx, invoice.customer)
  setTimer(timed, 'invoice.finalize', invoice.id, finalizesAt(invoice))
  setTimer(timed, 'invoice.collect', invoice.id, collectsAt(invoice))
  setTimer(timed, 'invoice.follow_up', invoice.id, followUps(timed, invoice)[0]?.at ?? null)
}

/** The account's settings have changed: open invoices may be followed up at other times. */
export function rescheduleInvoices(ctx: Ctx): void {
  for (const invoice of ctx.store.table('invoices').by('status', 'open')) scheduleInvoice(ctx, invoice)
}

export function unscheduleInvoice(ctx: Ctx, invoiceId: string): void {
  setTimer(ctx, 'invoice.finalize', invoiceId, null)
  setTimer(ctx, 'invoice.collect', invoiceId, null)
  setTimer(ctx, 'invoice.follow_up', invoiceId, null)
}

/**
 * When a draft finalizes by itself. A wanted time is kept; the usual one counts from when all endpoints have heard of
 * the draft, and after three days no longer waits for them.
 */
export function finalizesAt(draft: InvoiceRecord): number | null {
  const at = draft.automatically_finalizes_at
  if (draft.status !== 'draft' || at === null || draft.last_finalization_error !== null) return null
  if (draft.wantedFinalizationAt !== null) return at
  const delivered = draft.webhooks_delivered_at ?? null
  return delivered === null
    ? Math.max(at, draft.created + longestWait)
    : Math.max(at, delivered + at - draft.created)
}

/** When an open invoice is next charged by itself. */
export function collectsAt(invoice: InvoiceRecord): number | null {
  return invoice.status === 'open' && invoice.auto_advance ? invoice.next_payment_attempt : null
}

export type FollowUp = {
  at: number
  what: 'past_due' | 'reminder' | 'invoice.will_be_due' | 'invoice.overdue'
}

/**
 * What an open invoice's due date still brings about, earliest first. Passing it is always noticed; reminders and
 * automations need `auto_advance`, and what would have come before the invoice was finalized is left out.
 */
export function followUps(ctx: Ctx, invoice: InvoiceRecord): FollowUp[] {
  const { due_date: due, status_transitions: moments, followedUpUntil: done } = invoice
  if (invoice.status !== 'open' || due === null) return []
  const passing: FollowUp = { at: due + 1, what: 'past_due' }
  const { reminder_days: reminders, automations } = settingsOf(ctx.store).account
  const asked: FollowUp[] = reminders.map((days) => ({ at: due + days * day, what: 'reminder' }))
  const { will_be_due_days: ahead, overdue_days: behind } = automations
  if (ahead !== null) asked.push({ at: due - ahead * day, what: 'invoice.will_be_due' })
  if (behind !== null) asked.push({ at: due + behind * day, what: 'invoice.overdue' })
  const wanted = invoice.auto_advance ? asked.filter(({ at }) => at >= (moments.finalized_at ?? 0)) : []
  return [passing, ...wanted].filter(({ at }) => done === null || at > done).sort((a, b) => a.at - b.at)
}
