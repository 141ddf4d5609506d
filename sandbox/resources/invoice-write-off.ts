import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { type InvoiceRecord, saveInvoice, serializeInvoice } from '@/sandbox/resources/invoice-record'

/** Makes an open invoice uncollectible: nothing is done to collect it any more, but it can still be paid. */
export function writeOff(
  ctx: Ctx,
  invoice: InvoiceRecord,
  reason: 'user_forgiven' | 'max_payment_attempts',
): InvoiceRecord {
  const marked: InvoiceRecord = {
    ...invoice,
    auto_advance: false,
    next_payment_attempt: null,
    status: 'uncollectible',
    status_details: { uncollectible: { reason } },
    status_transitions: { ...invoice.status_transitions, marked_uncollectible_at: ctx.now },
  }
  emit(ctx, 'invoice.marked_uncollectible', serializeInvoice(ctx, marked))
  return saveInvoice(ctx, serializeInvoice(ctx, invoice), marked)
}
