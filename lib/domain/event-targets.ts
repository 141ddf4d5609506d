import type { SyncType } from './sync-types'

/** An event's object, of which nothing is known but that it is JSON. */
export type EventObject = Record<string, unknown>

/** What an event makes stale, and where its object (or, where that no longer says, what it was before) names it. */
type Rule = { dirties: SyncType; id(object: EventObject, before: EventObject): unknown }

const itself = (dirties: SyncType): Rule => ({ dirties, id: (object) => object.id })
const named = (dirties: SyncType, field: string): Rule => ({
  dirties,
  id: (object, before) => object[field] ?? before[field],
})

/**
 * Which events make what stale. The longest beginning of a type that stands here decides; what stands nowhere, or is null,
 * concerns nothing that is mirrored. What one object's change does to others is found when the object is looked at.
 * Source: Stripe, "Types of events".
 */
export const eventTargets: Record<string, Rule | null> = {
  product: itself('product'),
  price: itself('price'),
  coupon: itself('coupon'),
  promotion_code: itself('promotion_code'),
  tax_rate: itself('tax_rate'),

  customer: itself('customer'),
  'customer.bank_account': named('customer', 'customer'),
  'customer.card': named('customer', 'customer'),
  'customer.discount': named('customer', 'customer'),
  'customer.source': named('customer', 'customer'),
  'customer.subscription': named('customer', 'customer'),
  'customer.tax_id': named('customer', 'customer'),
  cash_balance: named('customer', 'customer'),
  customer_cash_balance_transaction: named('customer', 'customer'),
  // A detached method names its customer only among what it was before.
  payment_method: named('customer', 'customer'),

  invoice: itself('invoice'),
  // Of an invoice that does not exist; its object has no id.
  'invoice.upcoming': null,
  invoiceitem: named('invoice', 'invoice'),
  invoice_payment: named('invoice', 'invoice'),
  credit_note: itself('credit_note'),
  payment_intent: itself('payment_intent'),

  charge: itself('charge'),
  'charge.dispute': named('charge', 'charge'),
  'charge.refund': named('charge', 'charge'),
  refund: named('charge', 'charge'),
}

/** The rule for an event of this type; null when it concerns nothing that is mirrored. */
export function ruleFor(eventType: string): Rule | null {
  for (
    let family = eventType;
    family !== '';
    family = family.slice(0, Math.max(0, family.lastIndexOf('.')))
  ) {
    if (Object.hasOwn(eventTargets, family)) return eventTargets[family] ?? null
  }
  return null
}
