import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest } from '@/sandbox/http/errors'
import { type Move, moves } from '@/sandbox/lifecycle'
import { type InvoiceItemRecord, serializeInvoiceItem } from '@/sandbox/resources/invoice-item-record'
import {
  type InvoiceRecord,
  refreshDraft,
  saveInvoice,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'

/** Items an invoice can hold. */
export const mostItems = 250

/** @throws StripeError when the invoice's status does not allow the move */
export function permit(invoice: InvoiceRecord, move: Move): void {
  const verdict = moves[move][invoice.status]
  if (verdict !== true) throw invalidRequest(verdict.message, { code: verdict.code })
}

/**
 * Changes the lines of a draft and recomputes it. `change` writes items and answers the draft with its new lines.
 * @throws StripeError when the invoice is no draft any more
 */
export function editLines(
  ctx: Ctx,
  invoice: InvoiceRecord,
  change: (draft: InvoiceRecord) => InvoiceRecord,
): InvoiceRecord {
  permit(invoice, 'edit')
  const before = serializeInvoice(ctx, invoice)
  return saveInvoice(ctx, before, refreshDraft(ctx, change(invoice)))
}

/** The draft with a further line at its end; `isNew` announces the item too. @throws StripeError when it is full */
export function withItem(
  ctx: Ctx,
  draft: InvoiceRecord,
  item: InvoiceItemRecord,
  { isNew }: { isNew: boolean },
): InvoiceRecord {
  if (draft.itemIds.length >= mostItems) {
    throw invalidRequest(`An invoice can have at most ${mostItems} items.`, { param: 'invoice' })
  }
  const attached = { ...item, invoice: draft.id, lineId: ctx.newId('il') }
  ctx.store.put('invoiceItems', attached)
  if (isNew) emit(ctx, 'invoiceitem.created', serializeInvoiceItem(ctx, attached))
  return { ...draft, itemIds: [...draft.itemIds, item.id] }
}

export function withoutItem(draft: InvoiceRecord, { id }: InvoiceItemRecord): InvoiceRecord {
  return { ...draft, itemIds: draft.itemIds.filter((itemId) => itemId !== id) }
}
