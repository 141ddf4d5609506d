import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

type InvoiceItem = Wire<Stripe.InvoiceItem>
export type Line = Wire<Stripe.InvoiceLineItem>

/**
 * An item and, once it is on an invoice, that invoice's line: both show the same row, the line under its own id.
 * Items of a finalized invoice do not change any more, which freezes the line.
 */
export type InvoiceItemRecord = Omit<InvoiceItem, 'customer' | 'invoice' | 'pricing' | 'metadata'> & {
  customer: string
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

export function serializeInvoiceItem(_ctx: Ctx, { lineId: _, ...item }: InvoiceItemRecord) {
  return item satisfies InvoiceItem
}

/** @param item one that is on an invoice */
export function serializeLine(_ctx: Ctx, item: InvoiceItemRecord) {
  return {
    id: item.lineId ?? item.id,
    object: 'line_item',
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discount_amounts: [],
    discountable: item.discountable,
    discounts: [],
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
    pretax_credit_amounts: [],
    pricing: item.pricing,
    quantity: item.quantity,
    quantity_decimal: item.quantity_decimal,
    subscription: null,
    subtotal: item.amount,
    taxes: [],
  } satisfies Line
}
