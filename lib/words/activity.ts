import type { ActivityRow } from '@/lib/domain/activity-view'

/** What was done, and what was tried. */
const operations: Record<string, { done: string; tried: string }> = {
  'product.create': { done: 'Created a product', tried: 'create a product' },
  'product.archive': { done: 'Archived a product', tried: 'archive a product' },
  'product.restore': { done: 'Restored a product', tried: 'restore a product' },
  'price.create': { done: 'Created a price', tried: 'create a price' },
  'price.archive': { done: 'Archived a price', tried: 'archive a price' },
  'customer.create': { done: 'Created a customer', tried: 'create a customer' },
  'invoice.create': { done: 'Created an invoice', tried: 'create an invoice' },
  'invoice.finalize': { done: 'Finalized an invoice', tried: 'finalize an invoice' },
  'invoice.send': { done: 'Sent an invoice', tried: 'send an invoice' },
  'invoice.void': { done: 'Voided an invoice', tried: 'void an invoice' },
  'invoice.mark_uncollectible': {
    done: 'Marked an invoice as uncollectible',
    tried: 'mark an invoice as uncollectible',
  },
  'invoice.pay_out_of_band': {
    done: 'Recorded a payment outside Stripe',
    tried: 'record a payment outside Stripe',
  },
  'invoice.delete_draft': { done: 'Deleted a draft', tried: 'delete a draft' },
  'share_link.copy': { done: 'Copied a customer’s link', tried: 'copy a customer’s link' },
  'share_link.revoke': { done: 'Revoked a customer’s link', tried: 'revoke a customer’s link' },
}

/** One line of the activity. A name that nobody foresaw is shown as it is: better than a gap. */
export function activityTitle({ what, outcome }: Pick<ActivityRow, 'what' | 'outcome'>): string {
  const words = Object.hasOwn(operations, what) ? operations[what] : undefined
  if (!words) return what
  return outcome === 'done' ? words.done : `Tried to ${words.tried}`
}
