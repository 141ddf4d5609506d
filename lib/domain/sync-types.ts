/** What has a place in the mirror, in the order in which an existing account is taken over. */
export const mirroredTypes = [
  'product',
  'price',
  'coupon',
  'promotion_code',
  'tax_rate',
  'customer',
  'invoice',
  'credit_note',
  'charge',
] as const
export type MirroredType = (typeof mirroredTypes)[number]

/**
 * What can be marked as changed. A `payment_intent` is not mirrored: looking at it means finding the invoices that it pays
 * and marking those.
 */
export type SyncType = MirroredType | 'payment_intent'

export type SyncTarget = { type: SyncType; id: string }
