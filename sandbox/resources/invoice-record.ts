import { isDeepStrictEqual } from 'node:util'
import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { emitUpdate } from '@/sandbox/events'
import { lasting } from '@/sandbox/http/json'
import type { InvoiceStatus } from '@/sandbox/lifecycle'
import { balanceOf, type CustomerRecord } from '@/sandbox/resources/customer-record'
import { figuresOf } from '@/sandbox/resources/invoice-figures'
import { type InvoiceItemRecord, type Line, serializeLine } from '@/sandbox/resources/invoice-item-record'
import { refuseMixedTaxes } from '@/sandbox/resources/invoice-taxes'
import { scheduleInvoice } from '@/sandbox/resources/invoice-timers'
import { taxIdsOf } from '@/sandbox/resources/tax-id-record'
import { serializeTaxRate, type TaxRateRecord } from '@/sandbox/resources/tax-rate-record'
import { amountDue } from '@/sandbox/totals'
import type { Wire, WireList } from '@/sandbox/wire'

type WireInvoice = Wire<Stripe.Invoice>
export type Invoice = Omit<WireInvoice, 'lines'> & { lines: WireList<Line> }

/** `rate` is an id. */
export type ShippingTax = {
  amount: number
  rate: string
  taxability_reason: string | null
  taxable_amount: number
}

export type InvoiceRecord = Omit<
  WireInvoice,
  | 'auto_advance'
  | 'collection_method'
  | 'confirmation_secret'
  | 'customer'
  | 'default_payment_method'
  | 'default_tax_rates'
  | 'discounts'
  | 'hosted_invoice_url'
  | 'invoice_pdf'
  | 'lines'
  | 'metadata'
  | 'payments'
  | 'status'
> & {
  customer: string
  status: InvoiceStatus
  collection_method: 'charge_automatically' | 'send_invoice'
  auto_advance: boolean
  default_payment_method: string | null
  /** Ids, as are the discounts. */
  default_tax_rates: string[]
  discounts: string[]
  /** Id of the rate behind `shipping_cost`. */
  shippingRate: string | null
  /** What `shipping_cost` adds when asked for by `expand`. */
  shippingTaxes: ShippingTax[]
  metadata: Record<string, string>
  /** Its items, in the order of its lines. */
  itemIds: string[]
  /** Opens the hosted page; null until finalized. */
  token: string | null
  /** When the caller wants it finalized; null leaves it to the usual hour. */
  wantedFinalizationAt: number | null
  /** Up to when what its due date brings about has been done; null before any of it. */
  followedUpUntil: number | null
  /** The method that its bank will never accept again; retries wait for another one. */
  refusedMethodId: string | null
}

/** Lines embedded in an invoice; the rest is paged through `/lines`. */
const embeddedLines = 10

/** What was shown of an invoice, and the rows it was made of: as long as they are the same, so is what they show. */
const shown = new WeakMap<InvoiceRecord, { rows: readonly object[]; invoice: Invoice }>()

export function serializeInvoice(ctx: Ctx, record: InvoiceRecord): Invoice {
  ctx.noteLink(record.id, ctx.now)
  const items = record.itemIds.slice(0, embeddedLines).map((id) => referred(ctx, 'invoiceItems', id))
  const rates = record.default_tax_rates.map((id) => referred(ctx, 'taxRates', id))
  const rows = [...items, ...rates]
  const known = shown.get(record)
  if (known && areSame(known.rows, rows)) return known.invoice
  const invoice = lasting(render(ctx, record, items, rates))
  shown.set(record, { rows, invoice })
  return invoice
}

function areSame(before: readonly object[], now: readonly object[]): boolean {
  return before.length === now.length && before.every((row, at) => row === now[at])
}

function render(ctx: Ctx, record: InvoiceRecord, items: InvoiceItemRecord[], rates: TaxRateRecord[]) {
  const {
    itemIds,
    token,
    wantedFinalizationAt: _w,
    followedUpUntil: _f,
    refusedMethodId: _m,
    shippingRate: _r,
    shippingTaxes: _t,
    ...invoice
  } = record
  return {
    ...invoice,
    default_tax_rates: rates.map((rate) => serializeTaxRate(ctx, rate)),
    hosted_invoice_url: hostedUrl(ctx, record),
    invoice_pdf: token === null ? null : `${ctx.origin}/invoice/${ctx.accountId}/${token}/pdf?s=ap`,
    lines: {
      object: 'list',
      data: items.map((item) => serializeLine(ctx, item)),
      has_more: itemIds.length > embeddedLines,
      total_count: itemIds.length,
      url: `/v1/invoices/${invoice.id}/lines`,
    },
  } satisfies Invoice
}

/** What `expand` adds to `shipping_cost`. */
export function shippingTaxesOf(ctx: Ctx, id: string): object[] {
  return referred(ctx, 'invoices', id).shippingTaxes.map((tax) => ({
    ...tax,
    rate: serializeTaxRate(ctx, referred(ctx, 'taxRates', tax.rate)),
  }))
}

/** The page where the customer pays; null on drafts. */
function hostedUrl(ctx: Ctx, invoice: InvoiceRecord): string | null {
  return invoice.token === null ? null : `${ctx.origin}${hostedPath(ctx, invoice)}?s=ap`
}

/** Path of a final invoice's page. */
export function hostedPath(ctx: Ctx, { token }: InvoiceRecord): string {
  return `/i/${ctx.accountId}/${token}`
}

export function itemsOf(ctx: Ctx, invoice: InvoiceRecord): InvoiceItemRecord[] {
  return invoice.itemIds.map((id) => referred(ctx, 'invoiceItems', id))
}

/** Writes the invoice and lets fall due what time will bring about for it. Every change of one comes through here. */
export function putInvoice(ctx: Ctx, invoice: InvoiceRecord): void {
  ctx.store.put('invoices', invoice)
  scheduleInvoice(ctx, invoice)
}

/**
 * Writes the invoice and `invoice.updated` with what differs from `before`, its serialization from before the
 * request touched it or its items. Nothing different, no event.
 */
export function saveInvoice(ctx: Ctx, before: Invoice, invoice: InvoiceRecord): InvoiceRecord {
  putInvoice(ctx, invoice)
  emitUpdate(ctx, 'invoice.updated', before, serializeInvoice(ctx, invoice))
  return invoice
}

/**
 * A draft with the sums of its lines, its customer's present details and balance; the lines are written.
 * @throws StripeError when its taxes come from two sources
 */
export function refreshDraft(ctx: Ctx, invoice: InvoiceRecord): InvoiceRecord {
  const customer = referred(ctx, 'customers', invoice.customer)
  const startingBalance = balanceOf(customer, invoice.currency) + balanceToReturn(ctx, invoice)
  const items = itemsOf(ctx, invoice)
  refuseMixedTaxes(invoice.default_tax_rates, items)
  const draft = { ...invoice, ...snapshotOf(ctx, customer) }
  const figures = figuresOf(ctx, draft, items)
  items.forEach((item, index) => {
    const line = figures.lines[index] ?? item.figures
    if (!isDeepStrictEqual(line, item.figures)) ctx.store.put('invoiceItems', { ...item, figures: line })
  })
  const due = Number(amountDue(BigInt(figures.invoice.total), BigInt(startingBalance)))
  return {
    ...draft,
    ...figures.invoice,
    starting_balance: startingBalance,
    amount_due: due,
    amount_remaining: due,
  }
}

/** What finalization took from the customer's balance, as the balance counts: negative when credit was used. */
export function balanceUsed({ starting_balance: start, ending_balance: end }: InvoiceRecord): number {
  return start - (end ?? start)
}

/** Finalizing a revision voids what it revises, which gives back the balance that was used there. */
function balanceToReturn(ctx: Ctx, { from_invoice: from }: InvoiceRecord): number {
  const source = from && referred(ctx, 'invoices', from.invoice)
  return source && source.status !== 'void' ? balanceUsed(source) : 0
}

/** Drafts follow their customer until they are finalized. */
export function refreshDrafts(ctx: Ctx, customer: CustomerRecord): void {
  for (const draft of ctx.store.table('invoices').where({ customer: customer.id, status: 'draft' })) {
    saveInvoice(ctx, serializeInvoice(ctx, draft), refreshDraft(ctx, draft))
  }
}

function snapshotOf(ctx: Ctx, customer: CustomerRecord) {
  return {
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: customer.shipping,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: taxIdsOf(ctx, customer.id).map(({ type, value }) => ({ type, value })),
  } satisfies Partial<InvoiceRecord>
}
