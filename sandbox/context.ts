import { noSuch } from '@/sandbox/http/errors'
import type { SearchIndex } from '@/sandbox/search/search-index'
import type { Store } from '@/sandbox/store/store'
import type { TableName, Tables } from '@/sandbox/store/tables'
import type { Sender } from '@/sandbox/webhooks/outbox'

/** What caused a change, as events tell it; both null when Stripe itself did it. */
export type Cause = { id: string | null; idempotency_key: string | null }

/** Stripe itself. */
export const nobody: Cause = { id: null, idempotency_key: null }

/** When something happens, in unix seconds; the same throughout one request. */
export type Moment = {
  /** The time for the object in hand: the world's, or that of its customer's test clock. */
  now: number
  /** The test clock whose time `now` is, or null. */
  testClock: string | null
  /** The time on the world's clock, in which the sandbox itself lives: its ledger, its keys, how long events are kept. */
  worldNow: number
  /** Set while history is told: nobody hears of it, and only events from this moment on are kept. */
  historyFrom?: number
}

/** What an endpoint may use while it runs. */
export type Ctx = Moment & {
  store: Store
  search: SearchIndex
  /** `http://127.0.0.1:port`, the base of hosted links. */
  origin: string
  accountId: string
  cause: Cause
  newId(prefix: string): string
  /** What goes out when the request is through. */
  outbox: Sender
  /**
   * Notes that an invoice is being shown: whoever reads it now holds its hosted link for at least ten days more. Kept
   * in memory only, because it is no property of the invoice.
   * @param now in the time of the invoice
   */
  noteLink(invoiceId: string, now: number): void
  /** The later of `expiry` and what `noteLink` promised. */
  linkValidUntil(invoice: { id: string }, expiry: number): number
  /** Letters and digits that look random and never repeat. */
  newToken(length: number): string
}

/** How Stripe names each kind of object in "No such …". */
const kindNames: Partial<Record<TableName, string>> = {
  entitlementFeatures: 'feature',
  accountTransactions: 'balance transaction',
  cashTransactions: 'customer_cash_balance_transaction',
  setupIntents: 'setupintent',
  creditNotes: 'credit note',
  invoiceItems: 'Invoice Item',
  invoicePayments: 'invoice_payment',
  paymentIntents: 'payment_intent',
  paymentMethods: 'PaymentMethod',
  promotionCodes: 'promotion code',
  shippingRates: 'shipping rate',
  taxRates: 'tax rate',
  renderingTemplates: 'invoice rendering template',
  taxIds: 'tax_id',
  productFeatures: 'product_feature',
  webhookEndpoints: 'webhook endpoint',
  balanceTransactions: 'customer_balance_transaction',
}

/** The object that the path names. @throws StripeError 404 resource_missing */
export function atPath<Name extends TableName>(
  ctx: Ctx,
  table: Name,
  id: string,
  param = 'id',
): Tables[Name] {
  return found(ctx, table, id, param, 404)
}

/** The object that a parameter names. @throws StripeError 400 resource_missing */
export function byParam<Name extends TableName>(
  ctx: Ctx,
  table: Name,
  id: string,
  param: string,
): Tables[Name] {
  return found(ctx, table, id, param, 400)
}

/** An object that another one refers to; its absence is a defect of the sandbox. */
export function referred<Name extends TableName>(ctx: Ctx, table: Name, id: string): Tables[Name] {
  const row = ctx.store.get(table, id)
  if (!row) throw new Error(`Dangling reference to ${table} ${id}`)
  return row
}

function found<Name extends TableName>(
  ctx: Ctx,
  table: Name,
  id: string,
  param: string,
  status: 400 | 404,
): Tables[Name] {
  const row = ctx.store.get(table, id)
  if (!row) throw noSuch(kindNames[table] ?? table.replace(/s$/, ''), id, param, status)
  return row
}
