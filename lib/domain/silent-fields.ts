import type { MirroredType } from './sync-types'

/**
 * Fields, by Stripe's name and by the column's, that Stripe changes without an event: counters that grow elsewhere, states that time alone brings about, links that
 * are made anew. They are mirrored as of the last look and are no difference when a mirror is compared with Stripe.
 */
const silentFields: Partial<Record<MirroredType, readonly string[]>> = {
  coupon: ['times_redeemed', 'valid', 'is_valid'],
  promotion_code: ['times_redeemed', 'active', 'is_active'],
  customer: ['next_invoice_sequence', 'cash_balance'],
  invoice: ['hosted_invoice_url', 'invoice_pdf', 'webhooks_delivered_at', 'receipt_number'],
  credit_note: ['pdf'],
  charge: ['receipt_url', 'receipt_number'],
}

/** The objects that others embed instead of naming them; what is in them is compared where they are themselves. */
const embedded = new Set(['tax_rate', 'coupon'])

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** `raw` as two mirrors of the same object must agree on it: without silent fields, embedded objects by their ids. */
export function comparable(type: MirroredType, raw: Record<string, Json>): Record<string, Json> {
  const silent = silentFields[type] ?? []
  const kept = Object.entries(raw).filter(([field]) => !silent.includes(field))
  return Object.fromEntries(kept.map(([field, value]) => [field, byId(value)]))
}

function byId(value: Json): Json {
  if (Array.isArray(value)) return value.map(byId)
  if (typeof value !== 'object' || value === null) return value
  if (typeof value.object === 'string' && embedded.has(value.object) && value.id !== undefined)
    return value.id
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, byId(inner)]))
}
