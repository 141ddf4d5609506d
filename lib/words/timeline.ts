import type { Permission } from '@/lib/domain/access'
import type { TimelineEntry } from '@/lib/domain/invoice-view'

/** What a person did here: done, and tried. */
const operations: Partial<Record<Permission, { done: string; tried: string }>> = {
  'invoice.create': { done: 'Created', tried: 'create it' },
  'invoice.finalize': { done: 'Finalized', tried: 'finalize it' },
  'invoice.send': { done: 'Sent to the customer', tried: 'send it' },
  'invoice.void': { done: 'Voided', tried: 'void it' },
  'invoice.mark_uncollectible': { done: 'Marked as uncollectible', tried: 'mark it as uncollectible' },
  'invoice.pay_out_of_band': { done: 'Recorded as paid outside Stripe', tried: 'record a payment' },
  'invoice.delete_draft': { done: 'Draft deleted', tried: 'delete the draft' },
  'share_link.copy': { done: 'Customer’s link made', tried: 'make the customer’s link' },
  'share_link.revoke': { done: 'Customer’s link revoked', tried: 'revoke the customer’s link' },
}

/** What Stripe reported, in a biller's words. */
const events: Record<string, string> = {
  'invoice.created': 'Draft created',
  'invoice.deleted': 'Draft deleted',
  'invoice.finalized': 'Finalized',
  'invoice.finalization_failed': 'Stripe could not finalize it',
  'invoice.sent': 'Sent to the customer by e-mail',
  'invoice.paid': 'Paid',
  'invoice.overpaid': 'Paid more than was due; the rest is credited to the customer',
  'invoice.payment_failed': 'A payment did not go through',
  'invoice.payment_action_required': 'The customer has to confirm a payment with their bank',
  'invoice.payment_attempt_required': 'A payment outside Stripe is awaited',
  'invoice.voided': 'Voided',
  'invoice.marked_uncollectible': 'Marked as uncollectible',
  'invoice.overdue': 'Past due',
  'invoice.will_be_due': 'Due soon',
}

const outcomes: Record<Exclude<TimelineEntry['outcome'], 'done'>, (tried: string) => string> = {
  failed: (tried) => `Tried to ${tried}, and it was refused`,
  running: (tried) => `Trying to ${tried}`,
  unknown: (tried) => `Tried to ${tried}; it is being checked with Stripe whether that was done`,
}

/** One line of an invoice's history. A name that nobody foresaw is shown as it is: better than a gap. */
export function timelineTitle({ what, outcome }: Pick<TimelineEntry, 'what' | 'outcome'>): string {
  const operation = Object.hasOwn(operations, what) ? operations[what as Permission] : undefined
  if (operation) return outcome === 'done' ? operation.done : outcomes[outcome](operation.tried)
  return (Object.hasOwn(events, what) ? events[what] : undefined) ?? what
}
