import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { StripeError } from '@/sandbox/http/errors'
import { finalizeInvoice } from '@/sandbox/resources/invoice-finalize'
import { attemptInvoice, methodFor, setDelinquent } from '@/sandbox/resources/invoice-pay'
import { type InvoiceRecord, saveInvoice, serializeInvoice } from '@/sandbox/resources/invoice-record'
import { mailInvoice } from '@/sandbox/resources/invoice-verbs'

/** How long a failing endpoint can hold up automatic finalization, in seconds. */
const longestWait = 72 * 3600

type Transact = (work: (ctx: Ctx) => void) => void

/**
 * Does what time alone brings about: drafts finalize, invoices are collected, due dates pass. Each invoice is a
 * transaction of its own.
 */
export function runSchedule(transact: Transact): void {
  const due: string[] = []
  transact((ctx) => {
    for (const status of ['draft', 'open'] as const) {
      for (const invoice of ctx.store.table('invoices').having('status', status)) {
        if (isDue(ctx, invoice)) due.push(invoice.id)
      }
    }
  })
  for (const id of due) {
    transact((ctx) => {
      const invoice = ctx.store.get('invoices', id)
      if (invoice?.status === 'draft') advanceDraft(ctx, invoice)
      else if (invoice?.status === 'open') advanceOpen(ctx, invoice)
    })
  }
}

function isDue(ctx: Ctx, invoice: InvoiceRecord): boolean {
  if (invoice.status === 'draft') return isTimeToFinalize(ctx, invoice)
  return isTimeToCollect(ctx, invoice) || isNewlyPastDue(ctx, invoice)
}

/** A wanted time is kept; the usual hour waits until the endpoints have heard of the draft. */
function isTimeToFinalize(ctx: Ctx, invoice: InvoiceRecord): boolean {
  const at = invoice.automatically_finalizes_at
  if (at === null || at > ctx.now || invoice.last_finalization_error !== null) return false
  const isHeard = invoice.webhooks_delivered_at !== null || ctx.now >= invoice.created + longestWait
  return invoice.wantedFinalizationAt !== null || isHeard
}

function isTimeToCollect(ctx: Ctx, invoice: InvoiceRecord): boolean {
  return (
    invoice.auto_advance && invoice.next_payment_attempt !== null && invoice.next_payment_attempt <= ctx.now
  )
}

function isNewlyPastDue(ctx: Ctx, invoice: InvoiceRecord): boolean {
  return !invoice.pastDueSeen && invoice.due_date !== null && invoice.due_date < ctx.now
}

function advanceDraft(ctx: Ctx, draft: InvoiceRecord): void {
  try {
    const final = finalizeInvoice(ctx, draft)
    if (final.collection_method === 'send_invoice') mailInvoice(ctx, final)
    else if (final.status === 'open') collect(ctx, final)
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
    ctx.store.rollback()
    const failed = saveInvoice(ctx, serializeInvoice(ctx, draft), {
      ...draft,
      last_finalization_error: { type: error.body.type, message: error.message, code: error.body.code },
    })
    emit(ctx, 'invoice.finalization_failed', serializeInvoice(ctx, failed))
  }
}

function advanceOpen(ctx: Ctx, invoice: InvoiceRecord): void {
  if (isTimeToCollect(ctx, invoice)) collect(ctx, invoice)
  else {
    ctx.store.put('invoices', { ...invoice, pastDueSeen: true })
    setDelinquent(ctx, invoice.customer, true)
  }
}

/** One automatic attempt, off session. Without a stored method it counts as failed. */
function collect(ctx: Ctx, invoice: InvoiceRecord): void {
  const method = methodFor(ctx, invoice)
  if (method) {
    const { kind } = attemptInvoice(ctx, invoice, method, 'off')
    setDelinquent(ctx, invoice.customer, kind !== 'succeeded')
    return
  }
  const attempted = saveInvoice(ctx, serializeInvoice(ctx, invoice), {
    ...invoice,
    attempted: true,
    attempt_count: invoice.attempt_count + 1,
    next_payment_attempt: null,
  })
  emit(ctx, 'invoice.payment_failed', serializeInvoice(ctx, attempted))
  setDelinquent(ctx, invoice.customer, true)
}

/** An endpoint answered 2xx. When all have heard of an invoice's creation, its automatic finalization may begin. */
export function noteDelivery(ctx: Ctx, eventId: string, endpointId: string): void {
  ctx.store.drop('undelivered', `${eventId} ${endpointId}`)
  const event = ctx.store.get('events', eventId)
  if (event?.type !== 'invoice.created' || ctx.store.table('undelivered').by('event', eventId).length > 0)
    return
  const invoice = ctx.store.get('invoices', event.about)
  if (invoice && invoice.webhooks_delivered_at === null) {
    ctx.store.put('invoices', { ...invoice, webhooks_delivered_at: ctx.now })
  }
}
