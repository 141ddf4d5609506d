import {
  instructionsFor,
  receivedTransfer,
  transferCurrencies,
  transferType,
  transferTypes,
} from '@/sandbox/bank-transfers'
import { atPath, type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { checkStep, country, currency, positiveAmount } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest, missingParameter, noSuch } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { hash, list, oneOf, type Params, required, text } from '@/sandbox/http/params'
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

/** @throws StripeError for a currency that cannot be sent */
function checkCurrency(code: string): void {
  if (transferCurrencies.includes(code)) return
  throw invalidRequest(`Bank transfers in ${code} are not supported.`, { param: 'currency' })
}

/**
 * A bank transfer has come in: it pays what waits for one, what its reference names first and then the oldest, unless
 * the customer's is done by hand.
 */
function fund(
  ctx: Ctx,
  customerId: string,
  { amount, currency: code, reference }: Transfer,
): CashTransactionRecord {
  const { reconciliation } = livingCustomer(ctx, customerId, 'customer', 404)
  checkCurrency(code)
  checkStep(amount, code, 'amount')
  const transaction = moveCash(ctx, customerId, {
    currency: code,
    funded: { bank_transfer: receivedTransfer(code, reference ?? null) },
    net_amount: amount,
    type: 'funded',
  })
  if (reconciliation !== 'manual') reconcile(ctx, customerId, code, reference)
  if (cashOf(ctx, customerId, code) > 0) {
    emit(ctx, 'cash_balance.funds_available', serializeCashBalance(ctx, customerId))
  }
  return transaction
}

function reconcile(ctx: Ctx, customerId: string, code: string, reference?: string): void {
  const waiting = ctx.store
    .table('paymentIntents')
    .by('customer', customerId)
    .filter((intent) => intent.currency === code && isAwaitingTransfer(intent))
  const isMeant = ({ next_action: action }: PaymentIntentRecord) =>
    reference !== undefined && action?.display_bank_transfer_instructions?.reference === reference
  for (const intent of [...waiting.filter(isMeant), ...waiting.filter((each) => !isMeant(each))]) {
    const left = cashOf(ctx, customerId, code)
    if (left === 0) return
    use(ctx, intent, left)
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

const instructionsShape = {
  bank_transfer: required(
    hash({
      eu_bank_transfer: hash({ country: required(country) }),
      requested_address_types: list(oneOf('iban', 'sort_code', 'spei', 'zengin')),
      type: required(oneOf(...transferTypes)),
    }),
  ),
  currency: required(currency),
  funding_type: required(oneOf('bank_transfer')),
}

/** Where the customer sends money. @throws StripeError unless the kind of transfer and the currency fit */
function fundingInstructions(ctx: Ctx, id: string, params: Params<typeof instructionsShape>) {
  const { id: customer } = livingCustomer(ctx, id, 'customer', 404)
  const { bank_transfer: transfer, currency: code } = params
  checkCurrency(code)
  const type = transferType(code)
  if (transfer.type !== type) {
    throw invalidRequest(`Bank transfers in ${code} are of type ${type}.`, { param: 'bank_transfer[type]' })
  }
  if (code !== 'eur') return instructionsFor(customer, code, type.slice(0, 2).toUpperCase())
  if (!transfer.eu_bank_transfer) throw missingParameter('bank_transfer[eu_bank_transfer]')
  return instructionsFor(customer, code, transfer.eu_bank_transfer.country.toUpperCase())
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
      if (reconciliation !== 'manual') for (const code of transferCurrencies) reconcile(ctx, id, code)
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
        among: { customer: id },
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
    route: 'POST /v1/customers/:id/funding_instructions',
    returns: 'funding_instructions',
    params: instructionsShape,
    run: (ctx, params, id) => fundingInstructions(ctx, id, params),
  }),
  endpoint({
    route: 'POST /v1/test_helpers/customers/:id/fund_cash_balance',
    returns: 'customer_cash_balance_transaction',
    params: { amount: required(positiveAmount), currency: required(currency), reference: text(500) },
    run: (ctx, transfer, id) => serializeCashTransaction(ctx, fund(ctx, id, transfer)),
  }),
]
