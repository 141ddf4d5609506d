import { byParam, type Ctx, referred } from '@/sandbox/context'
import { mergeMetadata } from '@/sandbox/http/common-params'
import { invalidRequest } from '@/sandbox/http/errors'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import { announceDraft, blankInvoice } from '@/sandbox/resources/invoice-create'
import { permit, withItem } from '@/sandbox/resources/invoice-edit'
import { applyInput, type InvoiceInput } from '@/sandbox/resources/invoice-input'
import {
  type InvoiceRecord,
  itemsOf,
  refreshDraft,
  saveInvoice,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'
import { voidInvoice } from '@/sandbox/resources/invoice-void'
import { inTimeOf } from '@/sandbox/time-of'

type Revision = InvoiceInput & {
  customer?: string
  currency?: string
  pending_invoice_items_behavior?: 'exclude' | 'include'
}

/**
 * Writes a draft that copies an invoice and will take its place once finalized. The customer's pending items and the
 * credit notes of the invoice stay where they are.
 * @param input what differs from the original
 * @throws StripeError unless the invoice is open or uncollectible and nothing has been paid on it
 */
export function reviseInvoice(asked: Ctx, sourceId: string, input: Revision): InvoiceRecord {
  const source = byParam(asked, 'invoices', sourceId, 'from_invoice[invoice]')
  const ctx = inTimeOf(asked, source.customer)
  permit(source, 'revise')
  if (source.amount_paid > 0) throw invalidRequest('You cannot revise an invoice that has been paid in part.')
  const { customer, currency, pending_invoice_items_behavior: pending, ...changes } = input
  refuseOther(customer, source.customer, 'customer')
  refuseOther(currency, source.currency, 'currency')
  refuseOther(pending, 'exclude', 'pending_invoice_items_behavior')
  const copied = copyOf(ctx, source)
  const filled = itemsOf(ctx, source).reduce((draft, item) => {
    const id = ctx.newId('ii')
    const discounts = copyDiscounts(ctx, item.discounts, { invoiceItem: id })
    const copy = { ...item, id, date: ctx.now, discounts, invoice: null, lineId: null }
    return withItem(ctx, draft, copy, { isNew: true })
  }, copied)
  const changed = applyInput(
    ctx,
    { ...filled, metadata: mergeMetadata(filled.metadata, changes.metadata) },
    changes,
  )
  return announceDraft(ctx, refreshDraft(ctx, changed))
}

function refuseOther(given: string | undefined, only: string, param: string): void {
  if (given === undefined || given === only) return
  throw invalidRequest(`The \`${param}\` of a revision can only be '${only}'.`, { param })
}

/** Number, date of issue and automatic collection are the revision's own. */
function copyOf(ctx: Ctx, source: InvoiceRecord): InvoiceRecord {
  const customer = livingCustomer(ctx, source.customer, 'customer', 400)
  const blank = blankInvoice(ctx, customer, source.currency)
  return {
    ...blank,
    account_tax_ids: source.account_tax_ids,
    collection_method: source.collection_method,
    custom_fields: source.custom_fields,
    default_payment_method: source.default_payment_method,
    default_source: source.default_source,
    default_tax_rates: source.default_tax_rates,
    description: source.description,
    discounts: copyDiscounts(ctx, source.discounts, { invoice: blank.id }),
    due_date: source.due_date,
    footer: source.footer,
    from_invoice: { action: 'revision', invoice: source.id },
    metadata: source.metadata,
    payment_settings: source.payment_settings,
    rendering: source.rendering,
    shippingRate: source.shippingRate,
    shipping_details: source.shipping_details,
    statement_descriptor: source.statement_descriptor,
  }
}

/** Discounts belong to one invoice or item; only the customer's own go on as they are. Nothing is redeemed anew. */
function copyDiscounts(
  ctx: Ctx,
  ids: readonly string[],
  owner: { invoice: string } | { invoiceItem: string },
): string[] {
  return ids.map((id) => {
    const discount = referred(ctx, 'discounts', id)
    if (discount.invoice === null && discount.invoiceItem === null) return id
    const copy = { ...discount, ...owner, id: ctx.newId('di') }
    ctx.store.put('discounts', copy)
    return copy.id
  })
}

/**
 * Lets a draft that is a revision take the place of what it revises: that invoice becomes void, and all before it
 * point to the draft, which is about to be final. Answers the draft as it is then.
 * @throws StripeError when the invoice was paid, voided or revised meanwhile
 */
export function supersede(ctx: Ctx, draft: InvoiceRecord): InvoiceRecord {
  if (!draft.from_invoice) return draft
  voidInvoice(ctx, referred(ctx, 'invoices', draft.from_invoice.invoice))
  for (let from: InvoiceRecord['from_invoice'] = draft.from_invoice; from; ) {
    const earlier: InvoiceRecord = referred(ctx, 'invoices', from.invoice)
    saveInvoice(ctx, serializeInvoice(ctx, earlier), { ...earlier, latest_revision: draft.id })
    from = earlier.from_invoice
  }
  return referred(ctx, 'invoices', draft.id)
}
