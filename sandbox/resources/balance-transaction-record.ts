import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import type { Wire } from '@/sandbox/wire'

type BalanceTransaction = Wire<Stripe.BalanceTransaction>

/** One movement of the account's own money, written once and never changed. */
export type AccountTransactionRecord = Omit<BalanceTransaction, 'status' | 'source'> & {
  source: string
  /** Which of the balance's `source_types` it counts among. */
  sourceType: 'card' | 'bank_account'
}

/** Money is pending until it becomes available. */
export function serializeAccountTransaction(
  ctx: Ctx,
  { sourceType: _, ...transaction }: AccountTransactionRecord,
) {
  return {
    ...transaction,
    status: isAvailable(ctx, transaction) ? 'available' : 'pending',
  } satisfies BalanceTransaction
}

export function isAvailable(
  ctx: Ctx,
  { available_on }: Pick<AccountTransactionRecord, 'available_on'>,
): boolean {
  return available_on <= ctx.now
}

type Movement = Pick<
  AccountTransactionRecord,
  | 'amount'
  | 'available_on'
  | 'currency'
  | 'description'
  | 'reporting_category'
  | 'source'
  | 'sourceType'
  | 'type'
>

/** Moves the account's money; the sandbox takes no fees. Minor units, negative when money leaves. */
export function writeAccountTransaction(ctx: Ctx, movement: Movement): AccountTransactionRecord {
  const transaction: AccountTransactionRecord = {
    id: ctx.newId('txn'),
    object: 'balance_transaction',
    balance_type: 'payments',
    created: ctx.now,
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: movement.amount,
    ...movement,
  }
  ctx.store.put('accountTransactions', transaction)
  return transaction
}
