import type Stripe from 'stripe'
import { atPath, type Ctx } from '@/sandbox/context'
import { currency, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { text, unbuilt } from '@/sandbox/http/params'
import { defaultCurrency } from '@/sandbox/resources/account'
import { isAvailable, serializeAccountTransaction } from '@/sandbox/resources/balance-transaction-record'
import type { Wire } from '@/sandbox/wire'

type Entry = { amount: number; currency: string; source_types: { card: number; bank_account?: number } }

/** The sum of the balance transactions, by currency and by whether the money is available yet. */
function serializeBalance(ctx: Ctx) {
  const available = new Map<string, Entry>([[defaultCurrency, emptyEntry(defaultCurrency)]])
  const pending = new Map<string, Entry>([[defaultCurrency, emptyEntry(defaultCurrency)]])
  for (const transaction of ctx.store.table('accountTransactions').all()) {
    const { currency, net, sourceType } = transaction
    const entries = isAvailable(ctx, transaction) ? available : pending
    const entry = entries.get(currency) ?? emptyEntry(currency)
    entries.set(currency, {
      ...entry,
      amount: entry.amount + net,
      source_types: { ...entry.source_types, [sourceType]: (entry.source_types[sourceType] ?? 0) + net },
    })
  }
  return {
    object: 'balance',
    available: [...available.values()],
    livemode: false,
    pending: [...pending.values()],
  } satisfies Wire<Stripe.Balance>
}

function emptyEntry(code: string): Entry {
  return { amount: 0, currency: code, source_types: { card: 0 } }
}

export const balanceEndpoints = [
  endpoint({ route: 'GET /v1/balance', returns: 'balance', run: serializeBalance }),
  endpoint({
    route: 'GET /v1/balance_transactions/:id',
    returns: 'balance_transaction',
    run: (ctx, _, id) => serializeAccountTransaction(ctx, atPath(ctx, 'accountTransactions', id)),
  }),
  endpoint({
    route: 'GET /v1/balance_transactions',
    returns: 'list of balance_transaction',
    params: {
      ...pageParams,
      created: range,
      currency,
      payout: unbuilt(),
      source: text(255),
      type: text(255),
    },
    run(ctx, { created, currency: code, source, type, ...page }) {
      return listPage(ctx, 'accountTransactions', page, {
        url: '/v1/balance_transactions',
        among: { source },
        keep: (transaction) =>
          (created === undefined || created(transaction.created)) &&
          (code === undefined || transaction.currency === code) &&
          (type === undefined || transaction.type === type),
        show: (transaction) => serializeAccountTransaction(ctx, transaction),
      })
    },
  }),
]
