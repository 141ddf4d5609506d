import type { InvoiceBadge } from '@/lib/domain/invoice'

/**
 * `tone` says what a state asks of its reader: nothing, to know, good, a bad end with nothing left to do, better act, act.
 */
export type BadgeWords = {
  label: string
  tone: 'neutral' | 'info' | 'positive' | 'negative' | 'warning' | 'urgent'
  /** What the state means and what comes next. */
  explanation: string
}

const badges: Record<InvoiceBadge, BadgeWords> = {
  draft: {
    label: 'Draft',
    tone: 'neutral',
    explanation: 'Not final yet. The customer owes nothing until it is finalized.',
  },
  scheduled: {
    label: 'Scheduled',
    tone: 'info',
    explanation: 'A draft that Stripe finalizes by itself at the time shown.',
  },
  open: {
    label: 'Open',
    tone: 'info',
    explanation: 'Final, and waiting to be paid. The due date has not passed.',
  },
  past_due: {
    label: 'Past due',
    tone: 'urgent',
    explanation: 'Still open although the due date has passed. Remind the customer.',
  },
  partly_paid: {
    label: 'Partly paid',
    tone: 'warning',
    explanation: 'A part of the amount has been paid; the rest is still owed.',
  },
  processing: {
    label: 'Processing',
    tone: 'info',
    explanation: 'The customer has paid by a method that takes days. Wait for Stripe’s answer.',
  },
  payment_failed: {
    label: 'Payment failed',
    tone: 'warning',
    explanation: 'The last payment did not go through. The customer can try again with the same link.',
  },
  paid: {
    label: 'Paid',
    tone: 'positive',
    explanation: 'Paid in full. Nothing is left to do.',
  },
  uncollectible: {
    label: 'Uncollectible',
    tone: 'negative',
    explanation: 'Written off as bad debt. It can still be paid or voided.',
  },
  void: {
    label: 'Void',
    tone: 'neutral',
    explanation: 'Canceled for good. It keeps its number, and nothing is owed on it.',
  },
}

export function badgeWords(badge: InvoiceBadge): BadgeWords {
  return badges[badge]
}
