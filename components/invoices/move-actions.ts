import {
  deleteDraftAction,
  finalizeInvoiceAction,
  markUncollectibleAction,
  recordPaymentAction,
  sendInvoiceAction,
  voidInvoiceAction,
} from '@/lib/actions/invoices'
import type { InvoiceMove } from '@/lib/domain/invoice'
import type { RecordPaymentInput } from '@/lib/domain/invoice-input'
import type { MoveReceipt } from '@/lib/domain/invoice-view'
import type { Result } from '@/lib/domain/result'

/** Only `pay_out_of_band` knows a note; the others refuse one. */
type MoveAction = (input: RecordPaymentInput) => Promise<Result<MoveReceipt>>

export const moveActions: Record<InvoiceMove, MoveAction> = {
  finalize: finalizeInvoiceAction,
  send: sendInvoiceAction,
  pay_out_of_band: recordPaymentAction,
  void: voidInvoiceAction,
  mark_uncollectible: markUncollectibleAction,
  delete_draft: deleteDraftAction,
}
