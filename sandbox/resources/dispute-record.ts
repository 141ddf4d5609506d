import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { serializeAccountTransaction } from '@/sandbox/resources/balance-transaction-record'
import type { Wire } from '@/sandbox/wire'

export type Dispute = Wire<Stripe.Dispute>

/** Inquiries are the `warning_…` ones: they take no money. */
export type DisputeStatus =
  | 'warning_needs_response'
  | 'warning_under_review'
  | 'warning_closed'
  | 'needs_response'
  | 'under_review'
  | 'won'
  | 'lost'

export type DisputeRecord = Omit<Dispute, 'balance_transactions' | 'charge' | 'metadata' | 'status'> & {
  charge: string
  metadata: Record<string, string>
  status: DisputeStatus
  /** The movements of the account's money that it caused. */
  transactionIds: string[]
}

export function serializeDispute(ctx: Ctx, { transactionIds, ...dispute }: DisputeRecord) {
  return {
    ...dispute,
    balance_transactions: transactionIds.map((id) =>
      serializeAccountTransaction(ctx, referred(ctx, 'accountTransactions', id)),
    ),
  } satisfies Dispute
}

export function isInquiry({ status }: DisputeRecord): boolean {
  return status.startsWith('warning_')
}

export function isClosed({ status }: DisputeRecord): boolean {
  return status === 'won' || status === 'lost' || status === 'warning_closed'
}
