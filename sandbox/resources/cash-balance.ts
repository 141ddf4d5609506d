import { atPath, type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { currency } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest, noSuch } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { integer, required, text } from '@/sandbox/http/params'
import {
  cashBalanceSettings,
  reconciliationFrom,
  serializeCashBalance,
} from '@/sandbox/resources/cash-balance-record'
import {
  type CashTransactionRecord,
  cashOf,
  moveCash,
  serializeCashTransaction,
} from '@/sandbox/resources/cash-transaction-record'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import { noteAttempt } from '@/sandbox/resources/invoice-pay'
import { applyCash } from '@/sandbox/resources/payment-intent-cash'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import { unexpectedState } from '@/sandbox/resources/payment-intent-refusals'

type Transfer = { amount: number; currency: string; reference?: string }

/** A bank transfer has come in: it pays what waits for one, oldest first, unless the customer's is done by hand. */
function fund(
  ctx: Ctx,
  customerId: string,
  { amount, currency: code, reference }: Transfer,
): CashTransactionRecord {
  const { reconciliation } = livingCustomer(ctx, customerId, 'customer', 404)
  const bank = {
    reference: reference ?? null,
    type: 'us_bank_transfer',
    us_bank_transfer: { sender_name: null },
  }
  const transaction = moveCash(ctx, customerId, {
    currency: code,
    funded: { bank_transfer: bank },
    net_amount: amount,
    type: 'funded',
  })
  if (reconciliation !== 'manual') reconcile(ctx, customerId, code)
  if (cashOf(ctx, customerId, code) > 0) {
    emit(ctx, 'cash_balance.funds_available', serializeCashBalance(ctx, customerId))
  }
  return transaction
}

function reconcile(ctx: Ctx, customerId: string, code: string): void {
  for (const intent of ctx.store.table('paymentIntents').by('customer', customerId)) {
    const left = cashOf(ctx, customerId, code)
    if (left === 0) return
    if (intent.currency === code && isAwaitingTransfer(intent)) use(ctx, intent, left)
  }
}

function isAwaitingTransfer({ next_action: action, status }: PaymentIntentRecord): boolean {
  return status === 'requires_action' && action?.type === 'display_bank_transfer_instructions'
}

function use(ctx: Ctx, intent: PaymentIntentRecord, amount: number): void {
  const method = referred(ctx, 'paymentMethods', intent.payment_method ?? '')
  const attempt = applyCash(ctx, intent, method, amount)
  if (attempt.kind === 'succeeded') noteAttempt(ctx, attempt, 'bank')
}

/**
 * Pays an intent that waits for a bank transfer with cash of its customer, by hand.
 * @param amount in minor units; unset uses as much as there is
 * @throws StripeError 400 `balance_insufficient` when there is not so much
 */
export function applyCustomerBalance(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  { amount, currency: code = intent.currency }: { amount?: number; currency?: string },
): PaymentIntentRecord {
  if (!isAwaitingTransfer(intent) || intent.customer === null) {
    throw unexpectedState(ctx, intent, 'apply a customer balance to', 'intent_invalid_state')
  }
  if (code !== intent.currency) {
    throw invalidRequest(`The PaymentIntent is in ${intent.currency}.`, { param: 'currency' })
  }
  const cash = cashOf(ctx, intent.customer, code)
  const wanted = amount ?? cash
  if (wanted > cash || wanted === 0) {
    throw invalidRequest(`The customer's cash balance of ${cash} ${code} does not cover it.`, {
      code: 'balance_insufficient',
      param: 'amount',
    })
  }
  use(ctx, intent, wanted)
  return referred(ctx, 'paymentIntents', intent.id)
}

export const cashBalanceEndpoints = [
  endpoint({
    route: 'GET /v1/customers/:id/cash_balance',
    returns: 'cash_balance',
    run: (ctx, _, id) => serializeCashBalance(ctx, livingCustomer(ctx, id, 'customer', 404).id),
  }),
  endpoint({
    route: 'POST /v1/customers/:id/cash_balance',
    returns: 'cash_balance',
    params: { settings: cashBalanceSettings },
    run(ctx, { settings }, id) {
      const customer = livingCustomer(ctx, id, 'customer', 404)
      const reconciliation = reconciliationFrom(settings ?? {}, customer.reconciliation)
      ctx.store.put('customers', { ...customer, reconciliation })
      return serializeCashBalance(ctx, id)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/cash_balance_transactions',
    returns: 'list of customer_cash_balance_transaction',
    params: pageParams,
    run(ctx, page, id) {
      atPath(ctx, 'customers', id, 'customer')
      return listPage(ctx, 'cashTransactions', page, {
        url: `/v1/customers/${id}/cash_balance_transactions`,
        among: ctx.store.table('cashTransactions').by('customer', id),
        show: (transaction) => serializeCashTransaction(ctx, transaction),
      })
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/cash_balance_transactions/:transaction',
    returns: 'customer_cash_balance_transaction',
    run(ctx, _, id, transactionId) {
      const transaction = atPath(ctx, 'cashTransactions', transactionId)
      if (transaction.customer !== id) {
        throw noSuch('customer_cash_balance_transaction', transactionId, 'id', 404)
      }
      return serializeCashTransaction(ctx, transaction)
    },
  }),
  endpoint({
    route: 'POST /v1/test_helpers/customers/:id/fund_cash_balance',
    returns: 'customer_cash_balance_transaction',
    params: { amount: required(integer({ min: 1 })), currency: required(currency), reference: text(500) },
    run: (ctx, transfer, id) => serializeCashTransaction(ctx, fund(ctx, id, transfer)),
  }),
]
