import type Stripe from 'stripe'
import { atPath, type Ctx, referred } from '@/sandbox/context'
import { amount, currency, mergeMetadata, metadata, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { noSuch } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { clearable, required, text } from '@/sandbox/http/params'
import { defaultCurrency } from '@/sandbox/resources/account'
import {
  balanceOf,
  type CustomerRecord,
  changeCustomer,
  livingCustomer,
} from '@/sandbox/resources/customer-record'
import { refreshDrafts } from '@/sandbox/resources/invoice-record'
import type { Wire } from '@/sandbox/wire'

export type BalanceTransactionRecord = Wire<Stripe.CustomerBalanceTransaction>

export function serializeTransaction(_ctx: Ctx, transaction: BalanceTransactionRecord) {
  return transaction satisfies BalanceTransactionRecord
}

type Movement = {
  amount: number
  currency: string
  type: Stripe.CustomerBalanceTransaction.Type
  invoice?: string
  creditNote?: string
  description?: string
  metadata?: Record<string, string>
}

/**
 * Moves the customer's balance and writes the ledger line for it. A negative amount is credit to the customer; the
 * first money stamps the customer's currency.
 */
export function moveBalance(ctx: Ctx, customerId: string, movement: Movement) {
  const customer = referred(ctx, 'customers', customerId)
  const moved = withMovement(customer, movement)
  changeCustomer(ctx, customer, moved)
  return { customer: moved, transaction: writeTransaction(ctx, moved, movement) }
}

/** The balance a customer is created with; `customer.created` tells of it. */
export function withInitialBalance(ctx: Ctx, customer: CustomerRecord, amount: number): CustomerRecord {
  const movement: Movement = { amount, currency: defaultCurrency, type: 'initial' }
  const moved = withMovement(customer, movement)
  writeTransaction(ctx, moved, movement)
  return moved
}

function withMovement(customer: CustomerRecord, { currency, amount }: Movement): CustomerRecord {
  return {
    ...customer,
    balances: { ...customer.balances, [currency]: balanceOf(customer, currency) + amount },
    currency: customer.currency ?? currency,
  }
}

function writeTransaction(ctx: Ctx, customer: CustomerRecord, movement: Movement): BalanceTransactionRecord {
  const transaction: BalanceTransactionRecord = {
    id: ctx.newId('cbtxn'),
    object: 'customer_balance_transaction',
    amount: movement.amount,
    checkout_session: null,
    created: ctx.now,
    credit_note: movement.creditNote ?? null,
    currency: movement.currency,
    customer: customer.id,
    customer_account: null,
    description: movement.description ?? null,
    ending_balance: balanceOf(customer, movement.currency),
    invoice: movement.invoice ?? null,
    livemode: false,
    metadata: movement.metadata ?? {},
    type: movement.type,
  }
  ctx.store.put('balanceTransactions', transaction)
  return transaction
}

function transactionOf(ctx: Ctx, customer: string, id: string): BalanceTransactionRecord {
  const transaction = atPath(ctx, 'balanceTransactions', id)
  if (transaction.customer !== customer) throw noSuch('customer_balance_transaction', id, 'id', 404)
  return transaction
}

export const customerBalanceEndpoints = [
  endpoint({
    route: 'POST /v1/customers/:id/balance_transactions',
    returns: 'customer_balance_transaction',
    params: {
      amount: required(amount),
      currency: required(currency),
      description: clearable(text(350)),
      metadata,
    },
    run(ctx, params, id) {
      livingCustomer(ctx, id, 'customer', 404)
      const { customer, transaction } = moveBalance(ctx, id, {
        amount: params.amount,
        currency: params.currency,
        description: params.description ?? undefined,
        metadata: mergeMetadata({}, params.metadata),
        type: 'adjustment',
      })
      refreshDrafts(ctx, customer)
      return serializeTransaction(ctx, transaction)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/balance_transactions',
    returns: 'list of customer_balance_transaction',
    params: { ...pageParams, created: range, invoice: text(255) },
    run(ctx, { created, invoice, ...page }, id) {
      atPath(ctx, 'customers', id, 'customer')
      return listPage(ctx, 'balanceTransactions', page, {
        url: `/v1/customers/${id}/balance_transactions`,
        among: { customer: id },
        keep: (entry) =>
          (created === undefined || created(entry.created)) &&
          (invoice === undefined || entry.invoice === invoice),
        show: (entry) => serializeTransaction(ctx, entry),
      })
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/balance_transactions/:transaction',
    returns: 'customer_balance_transaction',
    run: (ctx, _, id, transactionId) => serializeTransaction(ctx, transactionOf(ctx, id, transactionId)),
  }),
  endpoint({
    route: 'POST /v1/customers/:id/balance_transactions/:transaction',
    returns: 'customer_balance_transaction',
    params: { description: clearable(text(350)), metadata },
    run(ctx, { description, metadata: keys }, id, transactionId) {
      const transaction = transactionOf(ctx, id, transactionId)
      const changed = {
        ...transaction,
        description: description === undefined ? transaction.description : description,
        metadata: mergeMetadata(transaction.metadata ?? {}, keys),
      }
      ctx.store.put('balanceTransactions', changed)
      return serializeTransaction(ctx, changed)
    },
  }),
]
