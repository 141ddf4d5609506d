import type { Ctx } from '@/sandbox/context'
import { emit, isListenedTo } from '@/sandbox/events'
import { mergeMetadata } from '@/sandbox/http/common-params'
import { accountCountry, accountName, defaultCurrency } from '@/sandbox/resources/account'
import { type CustomerRecord, livingCustomer } from '@/sandbox/resources/customer-record'
import { mostItems, withItem } from '@/sandbox/resources/invoice-edit'
import { applyInput, type InvoiceInput } from '@/sandbox/resources/invoice-input'
import {
  type InvoiceRecord,
  putInvoice,
  refreshDraft,
  serializeInvoice,
} from '@/sandbox/resources/invoice-record'
import { renderingFor } from '@/sandbox/resources/invoice-rendering'

type Creation = InvoiceInput & {
  customer: string
  currency?: string
  pending_invoice_items_behavior?: 'exclude' | 'include'
}

/** Writes a draft and its `invoice.created`, in which swept items are lines already. */
export function createInvoice(
  ctx: Ctx,
  { customer: customerId, currency, ...params }: Creation,
): InvoiceRecord {
  const customer = livingCustomer(ctx, customerId, 'customer', 400)
  const { pending_invoice_items_behavior: pending, ...input } = params
  const blank = blankInvoice(ctx, customer, currency ?? customer.currency ?? defaultCurrency)
  const filled = pending === 'include' ? sweepPending(ctx, blank) : blank
  const asked = applyInput(ctx, { ...filled, metadata: mergeMetadata({}, input.metadata) }, input)
  return announceDraft(ctx, refreshDraft(ctx, asked))
}

/** Writes a new draft, its lines and sums complete, and tells of it. */
export function announceDraft(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  // Where no endpoint listens, nobody has to hear of it first.
  const heard = isListenedTo(ctx, 'invoice.created')
    ? invoice
    : { ...invoice, webhooks_delivered_at: ctx.now }
  putInvoice(ctx, heard)
  emit(ctx, 'invoice.created', serializeInvoice(ctx, heard))
  return heard
}

/** Pending items of the invoice's currency, newest first, as many as fit; the others stay pending. */
export function sweepPending(ctx: Ctx, draft: InvoiceRecord): InvoiceRecord {
  return ctx.store
    .table('invoiceItems')
    .where({ customer: draft.customer, invoice: null })
    .filter(({ currency }) => currency === draft.currency)
    .reverse()
    .slice(0, mostItems)
    .reduce((swept, item) => withItem(ctx, swept, item, { isNew: false }), draft)
}

export function blankInvoice(ctx: Ctx, customer: CustomerRecord, currency: string): InvoiceRecord {
  return {
    id: ctx.newId('in'),
    object: 'invoice',
    account_country: accountCountry,
    account_name: accountName,
    account_tax_ids: null,
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_remaining: 0,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null, provider: null, status: null },
    automatically_finalizes_at: null,
    billing_reason: 'manual',
    collection_method: 'charge_automatically',
    created: ctx.now,
    currency,
    custom_fields: customer.invoice_settings.custom_fields,
    customer: customer.id,
    customer_account: null,
    customer_address: null,
    customer_email: null,
    customer_name: null,
    customer_phone: null,
    customer_shipping: null,
    customer_tax_exempt: 'none',
    customer_tax_ids: [],
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: customer.discount === null ? [] : [customer.discount],
    due_date: null,
    effective_at: null,
    ending_balance: null,
    followedUpUntil: null,
    refusedMethodId: null,
    footer: customer.invoice_settings.footer,
    from_invoice: null,
    issuer: { type: 'self' },
    itemIds: [],
    last_finalization_error: null,
    latest_revision: null,
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: ctx.now,
    period_start: ctx.now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: renderingFor(customer),
    shipping_cost: null,
    shipping_details: null,
    shippingRate: null,
    shippingTaxes: [],
    starting_balance: 0,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    test_clock: customer.test_clock ?? null,
    token: null,
    total: 0,
    total_discount_amounts: [],
    total_excluding_tax: 0,
    total_pretax_credit_amounts: [],
    total_taxes: [],
    wantedFinalizationAt: null,
    webhooks_delivered_at: null,
  }
}
