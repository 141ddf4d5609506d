import type { Ctx } from '@/sandbox/context'
import type { FormValue } from '@/sandbox/http/form'
import type { Store } from '@/sandbox/store/store'
import type { TableName } from '@/sandbox/store/tables'

/** The tables of what belongs to a customer, by the prefix of the ids. */
const tableByPrefix: Record<string, TableName> = {
  cbtxn: 'balanceTransactions',
  ch: 'charges',
  cn: 'creditNotes',
  in: 'invoices',
  ii: 'invoiceItems',
  inpay: 'invoicePayments',
  dp: 'disputes',
  pi: 'paymentIntents',
  pm: 'paymentMethods',
  txi: 'taxIds',
  py: 'charges',
  pyr: 'refunds',
  re: 'refunds',
}

/** Parameters that say whom a request concerns. */
const concerning = ['customer', 'invoice', 'payment_intent', 'charge', 'payment_method']

/** The customer whom an object belongs to, itself if it is one; null for what belongs to nobody or is unknown. */
export function customerOf(store: Store, id: string): string | null {
  const prefix = id.split('_', 1)[0] ?? ''
  if (prefix === 'cus') return id
  const table = Object.hasOwn(tableByPrefix, prefix) ? tableByPrefix[prefix] : undefined
  const row: object | undefined = table && store.get(table, id)
  if (!row) return null
  if ('customer' in row && typeof row.customer === 'string') return row.customer
  const owner = 'invoice' in row ? row.invoice : 'charge' in row ? row.charge : undefined
  return typeof owner === 'string' ? customerOf(store, owner) : null
}

/** Whether a row lives in the time of a test clock, by itself or through its customer. */
export function isOnTestClock(ctx: Ctx, row: object): boolean {
  if ('test_clock' in row) return Boolean(row.test_clock)
  const customer = 'customer' in row && typeof row.customer === 'string' ? row.customer : undefined
  return customer !== undefined && Boolean(ctx.store.get('customers', customer)?.test_clock)
}

/** The same transaction in the time of a test clock, or of the world. */
export function inTimeOfClock(ctx: Ctx, testClock: string | null): Ctx {
  if (testClock === ctx.testClock) return ctx
  const clock = testClock === null ? undefined : ctx.store.get('testClocks', testClock)
  return clock
    ? { ...ctx, now: clock.frozen_time, testClock: clock.id }
    : { ...ctx, now: ctx.worldNow, testClock: null }
}

/** The same transaction in the time in which a customer lives: that of its test clock, if it is on one. */
export function inTimeOf(ctx: Ctx, customerId: string | null): Ctx {
  const customer = customerId === null ? undefined : ctx.store.get('customers', customerId)
  return inTimeOfClock(ctx, customer?.test_clock ?? null)
}

/** The time in which a request runs: that of the customer whom its path or one of its parameters concerns. */
export function inTimeOfRequest(ctx: Ctx, pathId: string, values: Readonly<Record<string, FormValue>>): Ctx {
  for (const id of [pathId, ...concerning.map((name) => values[name])]) {
    const customer = typeof id === 'string' ? customerOf(ctx.store, id) : null
    if (customer !== null) return inTimeOf(ctx, customer)
  }
  return ctx
}
