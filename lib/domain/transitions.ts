import type { InvoiceStatus, PaymentState } from './invoice'

/** What happens to an object once, as far as the object itself tells of it. */
export type Transition = {
  transition:
    | 'finalized'
    | 'sent'
    | 'paid'
    | 'voided'
    | 'marked_uncollectible'
    | 'payment_failed'
    | 'payment_action_required'
    | 'issued'
    | 'refunded'
    | 'disputed'
  /** Tells one time from the other; absent for what can happen only once. */
  occurrence?: string
  /** By Stripe's clock; absent where Stripe does not say. */
  happenedAt?: Date
}

/** Where the state names no time, the transition is dated when it is noticed. */
function dated(transition: Transition['transition'], happenedAt: Date | null): Transition[] {
  return happenedAt === null ? [] : [{ transition, happenedAt }]
}

type InvoiceFacts = {
  status: InvoiceStatus
  paymentState: PaymentState
  attemptCount: number
  finalizedAt: Date | null
  paidAt: Date | null
  voidedAt: Date | null
  markedUncollectibleAt: Date | null
}

/**
 * Everything that has happened to an invoice according to its present state. It follows from the state alone and not from
 * what the mirror held before, so however often and in whatever order states are seen, each transition is the same one.
 */
export function invoiceTransitions(invoice: InvoiceFacts): Transition[] {
  const occurrence = String(invoice.attemptCount)
  return [
    ...dated('finalized', invoice.finalizedAt),
    ...dated('marked_uncollectible', invoice.markedUncollectibleAt),
    ...dated('paid', invoice.paidAt),
    ...dated('voided', invoice.voidedAt),
    ...(invoice.paymentState === 'failed' ? [{ transition: 'payment_failed' as const, occurrence }] : []),
    ...(invoice.paymentState === 'requires_action'
      ? [{ transition: 'payment_action_required' as const, occurrence }]
      : []),
  ]
}

export function creditNoteTransitions(note: { createdAt: Date; voidedAt: Date | null }): Transition[] {
  return [...dated('issued', note.createdAt), ...dated('voided', note.voidedAt)]
}

type ChargeFacts = {
  isDisputed: boolean
  refunds: { id: string; status: string | null; createdAt: Date }[]
}

/** A refund counts once it has succeeded; which one it is, its id says. */
export function chargeTransitions({ isDisputed, refunds }: ChargeFacts): Transition[] {
  const done = refunds.filter(({ status }) => status === 'succeeded')
  return [
    ...done.map(({ id, createdAt }) => ({
      transition: 'refunded' as const,
      occurrence: id,
      happenedAt: createdAt,
    })),
    ...(isDisputed ? [{ transition: 'disputed' as const }] : []),
  ]
}
