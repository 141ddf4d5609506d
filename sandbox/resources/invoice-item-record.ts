import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { serializeTaxRate } from '@/sandbox/resources/tax-rate-record'
import type { Wire } from '@/sandbox/wire'

type InvoiceItem = Wire<Stripe.InvoiceItem>
export type Line = Wire<Stripe.InvoiceLineItem>
export type LineTax = NonNullable<Line['taxes']>[number]

/** What an item comes to as a line; alone, while it is pending. */
export type LineFigures = {
  /** Before discounts; without the inclusive tax that an exempt customer does not pay. */
  amount: number
  /** The line's own and its share of the invoice's. */
  discount_amounts: { amount: number; discount: string }[]
  taxes: LineTax[]
}

/**
 * An item and, once it is on an invoice, that invoice's line: both show the same row, the line under its own id.
 * Items of a finalized invoice do not change any more, which freezes the line.
 */
export type InvoiceItemRecord = Omit<
  InvoiceItem,
  'customer' | 'discounts' | 'frozen_fields' | 'invoice' | 'metadata' | 'net_amount' | 'pricing' | 'tax_rates'
> & {
  customer: string
  /** Ids, as are the tax rates. */
  discounts: string[]
  tax_rates: string[]
  /** Taxes of the line that were calculated elsewhere; null has them calculated here. */
  taxAmounts: LineTax[] | null
  figures: LineFigures
  invoice: string | null
  metadata: Record<string, string>
  pricing: {
    type: 'price_details'
    price_details: { price: string; product: string }
    /** Null when tiers decide. */
    unit_amount_decimal: string | null
  }
  lineId: string | null
}

/** What a finalized invoice no longer lets change. */
const frozenFields = ['discounts', 'pricing', 'quantity']

export function serializeInvoiceItem(
  ctx: Ctx,
  { figures, lineId: _l, taxAmounts: _t, ...item }: InvoiceItemRecord,
) {
  const invoice = item.invoice === null ? undefined : ctx.store.get('invoices', item.invoice)
  const isFrozen = invoice !== undefined && invoice.status !== 'draft'
  return {
    ...item,
    ...(isFrozen ? { frozen_fields: frozenFields } : {}),
    net_amount: figures.amount - figures.discount_amounts.reduce((sum, { amount }) => sum + amount, 0),
    tax_rates: item.tax_rates.map((id) => serializeTaxRate(ctx, referred(ctx, 'taxRates', id))),
  } satisfies InvoiceItem
}

/** @param item one that is on an invoice */
export function serializeLine(_ctx: Ctx, { figures, ...item }: InvoiceItemRecord) {
  return {
    id: item.lineId ?? item.id,
    object: 'line_item',
    amount: figures.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: figures.discount_amounts,
    discountable: item.discountable,
    discounts: item.discounts,
    invoice: item.invoice,
    livemode: false,
    metadata: item.metadata,
    parent: {
      invoice_item_details: {
        invoice_item: item.id,
        proration: false,
        proration_details: { credited_items: null },
        subscription: null,
      },
      subscription_item_details: null,
      type: 'invoice_item_details',
    },
    period: item.period,
    pretax_credit_amounts: figures.discount_amounts.map((off) => ({ ...off, type: 'discount' })),
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: null,
    subtotal: figures.amount,
    taxes: figures.taxes,
  } satisfies Line
}
