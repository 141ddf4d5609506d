import { may, type Permission, type Role } from './access'

/** Stripe's five invoice statuses (Invoicing: "Invoice lifecycle"). */
export const invoiceStatuses = ['draft', 'open', 'paid', 'void', 'uncollectible'] as const
export type InvoiceStatus = (typeof invoiceStatuses)[number]

export const invoiceMoves = [
  'finalize',
  'send',
  'pay_out_of_band',
  'void',
  'mark_uncollectible',
  'delete_draft',
] as const
export type InvoiceMove = (typeof invoiceMoves)[number]

/** What a move depends on. Amounts are integer minor units. */
export type InvoiceFacts = {
  status: InvoiceStatus
  collectionMethod: 'charge_automatically' | 'send_invoice'
  customerEmail: string | null
  amountPaid: number
  hasLines: boolean
  isPaymentProcessing: boolean
}

/** Why a move is refused; each has its sentence in `lib/words/moves.ts`. */
export type MoveReason =
  | 'already_finalized'
  | 'already_paid'
  | 'already_void'
  | 'already_uncollectible'
  | 'still_draft'
  | 'not_draft'
  | 'no_lines'
  | 'no_email'
  | 'charged_automatically'
  | 'partly_paid'
  | 'payment_processing'
  | 'role_may_not'

export type MoveAnswer = { allowed: true } | { allowed: false; reason: MoveReason }

const yes = { allowed: true } as const
const no = (reason: MoveReason): MoveAnswer => ({ allowed: false, reason })

type Rule = (invoice: InvoiceFacts) => MoveAnswer
const needsLines: Rule = (invoice) => (invoice.hasLines ? yes : no('no_lines'))
const noMoneyMoved: Rule = (invoice) => {
  if (invoice.isPaymentProcessing) return no('payment_processing')
  return invoice.amountPaid > 0 ? no('partly_paid') : yes
}
const notProcessing: Rule = (invoice) => (invoice.isPaymentProcessing ? no('payment_processing') : yes)
const canBeMailed: Rule = (invoice) => {
  if (invoice.collectionMethod === 'charge_automatically') return no('charged_automatically')
  return invoice.customerEmail === null ? no('no_email') : yes
}
const always: Rule = () => yes
const never =
  (reason: MoveReason): Rule =>
  () =>
    no(reason)
const both =
  (first: Rule, second: Rule): Rule =>
  (invoice) => {
    const answer = first(invoice)
    return answer.allowed ? second(invoice) : answer
  }

/**
 * The ONE table of moves: a status and a move to what decides it. Source: Stripe, "Status transitions and finalization".
 * Void on an uncollectible invoice follows the documentation.
 */
const moves: Record<InvoiceMove, Record<InvoiceStatus, Rule>> = {
  finalize: {
    draft: needsLines,
    open: never('already_finalized'),
    paid: never('already_finalized'),
    void: never('already_finalized'),
    uncollectible: never('already_finalized'),
  },
  send: {
    draft: both(needsLines, canBeMailed),
    open: canBeMailed,
    paid: never('already_paid'),
    void: never('already_void'),
    uncollectible: never('already_uncollectible'),
  },
  pay_out_of_band: {
    draft: never('still_draft'),
    open: notProcessing,
    paid: never('already_paid'),
    void: never('already_void'),
    uncollectible: notProcessing,
  },
  void: {
    draft: never('still_draft'),
    open: noMoneyMoved,
    paid: never('already_paid'),
    void: never('already_void'),
    uncollectible: noMoneyMoved,
  },
  mark_uncollectible: {
    draft: never('still_draft'),
    open: notProcessing,
    paid: never('already_paid'),
    void: never('already_void'),
    uncollectible: never('already_uncollectible'),
  },
  delete_draft: {
    draft: always,
    open: never('not_draft'),
    paid: never('not_draft'),
    void: never('not_draft'),
    uncollectible: never('not_draft'),
  },
}

/** Whether `move` is possible now, or the reason why not. Disables buttons, guards use cases, explains itself on screen. */
export function canMove(invoice: InvoiceFacts, move: InvoiceMove): MoveAnswer {
  return moves[move][invoice.status](invoice)
}

/** As `canMove`, for a person: a state that forbids explains itself before a role that forbids. */
export function canMoveAs(role: Role, invoice: InvoiceFacts, move: InvoiceMove): MoveAnswer {
  const answer = canMove(invoice, move)
  if (!answer.allowed) return answer
  const permission: Permission = `invoice.${move}`
  return may(role, permission) ? yes : no('role_may_not')
}

/** What a screen shows beside an invoice: Stripe's status or something derived from it (never stored). */
export type InvoiceBadge =
  | InvoiceStatus
  | 'scheduled'
  | 'past_due'
  | 'partly_paid'
  | 'processing'
  | 'payment_failed'

export type PaymentState = 'none' | 'processing' | 'failed' | 'requires_action'

export type BadgeFacts = {
  status: InvoiceStatus
  automaticallyFinalizesAt: Date | null
  dueAt: Date | null
  amountPaid: number
  paymentState: PaymentState
}

/** `pastDueBefore` is the beginning of today in the billing entity's zone (`dates.ts`). */
export function invoiceBadge(invoice: BadgeFacts, pastDueBefore: Date): InvoiceBadge {
  if (invoice.status === 'draft') return invoice.automaticallyFinalizesAt === null ? 'draft' : 'scheduled'
  if (invoice.status !== 'open') return invoice.status
  if (invoice.paymentState === 'processing') return 'processing'
  if (isPastDue(invoice, pastDueBefore)) return 'past_due'
  if (invoice.paymentState !== 'none') return 'payment_failed'
  return invoice.amountPaid > 0 ? 'partly_paid' : 'open'
}

/** Open, and due on a calendar day before today. The SQL twin is `status = 'open' and due_at < $pastDueBefore`. */
export function isPastDue(
  invoice: { status: InvoiceStatus; dueAt: Date | null },
  pastDueBefore: Date,
): boolean {
  return invoice.status === 'open' && invoice.dueAt !== null && invoice.dueAt < pastDueBefore
}

/**
 * What finalization took from (negative) or added to what is due on account of the customer's balance, in minor units;
 * 0 before that. Stripe: `starting_balance` and `ending_balance`.
 */
export function balanceApplied(startingBalance: number, endingBalance: number | null): number {
  return endingBalance === null ? 0 : startingBalance - endingBalance
}
