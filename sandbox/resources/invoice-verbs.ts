import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest } from '@/sandbox/http/errors'
import { mailAboutInvoice } from '@/sandbox/mails/invoice-mails'
import { setDelinquent } from '@/sandbox/resources/customer-record'
import { permit } from '@/sandbox/resources/invoice-edit'
import { finalizeInvoice } from '@/sandbox/resources/invoice-finalize'
import { serializeInvoiceItem } from '@/sandbox/resources/invoice-item-record'
import { type InvoiceRecord, itemsOf, serializeInvoice } from '@/sandbox/resources/invoice-record'
import { unscheduleInvoice } from '@/sandbox/resources/invoice-timers'
import { writeOff } from '@/sandbox/resources/invoice-write-off'

/** Mails the invoice, finalizing a draft first. @throws StripeError without an address to send it to */
export function sendInvoice(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  permit(invoice, 'send')
  if (invoice.customer_email === null) {
    throw invalidRequest('The customer has no email address, so the invoice cannot be sent to them.')
  }
  const final = invoice.status === 'draft' ? finalizeInvoice(ctx, invoice) : invoice
  mailInvoice(ctx, final)
  return final
}

/** Posts the invoice's mail; customers without an address get none. */
export function mailInvoice(ctx: Ctx, invoice: InvoiceRecord): void {
  if (invoice.customer_email === null) return
  mailAboutInvoice(ctx, invoice, invoice.from_invoice ? 'invoice_updated' : 'invoice')
  emit(ctx, 'invoice.sent', serializeInvoice(ctx, invoice))
}

/** Gives up on an invoice; it can still be paid. */
export function markUncollectible(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  permit(invoice, 'mark_uncollectible')
  const marked = writeOff(ctx, invoice, 'user_forgiven')
  setDelinquent(ctx, invoice.customer, false)
  return marked
}

/** Deletes a draft and the items on it; they do not return to the pending ones. */
export function deleteInvoice(ctx: Ctx, invoice: InvoiceRecord): void {
  permit(invoice, 'delete')
  const items = itemsOf(ctx, invoice)
  emit(ctx, 'invoice.deleted', serializeInvoice(ctx, invoice))
  for (const item of items) {
    emit(ctx, 'invoiceitem.deleted', serializeInvoiceItem(ctx, item))
    ctx.store.drop('invoiceItems', item.id)
  }
  ctx.store.drop('invoices', invoice.id)
  unscheduleInvoice(ctx, invoice.id)
}
