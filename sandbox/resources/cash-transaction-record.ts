import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import type { Wire } from '@/sandbox/wire'

type CashTransaction = Wire<Stripe.CustomerCashBalanceTransaction>

/** One movement of the money that a customer has sent by bank transfer, written once and never changed. */
export type CashTransactionRecord = Omit<CashTransaction, 'customer'> & { customer: string }

export function serializeCashTransaction(_ctx: Ctx, transaction: CashTransactionRecord) {
  return transaction satisfies CashTransaction
}

/** What a customer has sent and not yet used, in minor units. */
export function cashOf(ctx: Ctx, customerId: string, currency: string): number {
  return referred(ctx, 'customers', customerId).cash?.[currency] ?? 0
}

type Movement = Pick<CashTransaction, 'currency' | 'net_amount' | 'type'> &
  Partial<
    Pick<
      CashTransaction,
      'applied_to_payment' | 'funded' | 'refunded_from_payment' | 'unapplied_from_payment'
    >
  >

/** Moves a customer's cash; a positive `net_amount`, in minor units, is money that comes in. */
export function moveCash(ctx: Ctx, customerId: string, movement: Movement): CashTransactionRecord {
  const customer = referred(ctx, 'customers', customerId)
  const balance = cashOf(ctx, customerId, movement.currency) + movement.net_amount
  // No `customer.updated`: the cash balance is no part of what a customer shows.
  ctx.store.put('customers', { ...customer, cash: { ...customer.cash, [movement.currency]: balance } })
  const transaction: CashTransactionRecord = {
    id: ctx.newId('ccsbtxn'),
    object: 'customer_cash_balance_transaction',
    created: ctx.now,
    customer: customerId,
    customer_account: null,
    ending_balance: balance,
    livemode: false,
    ...movement,
  }
  ctx.store.put('cashTransactions', transaction)
  emit(ctx, 'customer_cash_balance_transaction.created', serializeCashTransaction(ctx, transaction))
  return transaction
}
