import type { Ctx } from '@/sandbox/context'
import type { FormValue } from '@/sandbox/http/form'
import type { Store } from '@/sandbox/store/store'
import type { TableName } from '@/sandbox/store/tables'

/** The tables of what belongs to a customer, by the prefix of the ids. */
const tableByPrefix: Record<string, TableName> = {
  card: 'paymentMethods',
  cbtxn: 'balanceTransactions',
  ch: 'charges',
  cn: 'creditNotes',
  di: 'discounts',
  dp: 'disputes',
  in: 'invoices',
  ii: 'invoiceItems',
  inpay: 'invoicePayments',
  pi: 'paymentIntents',
  pm: 'paymentMethods',
  py: 'charges',
  pyr: 'refunds',
  re: 'refunds',
  txi: 'taxIds',
  seti: 'setupIntents',
}

/** Fields of rows, and parameters of requests, that name whom they concern or what belongs to whom they concern. */
const concerning = ['customer', 'holder', 'invoice', 'payment_intent', 'charge', 'payment_method']

/** Parameters that do so one level down: of a revision, and of the owner of a tax id. */
const concerningDeeply = ['from_invoice', 'owner']

/** The customer whom an object belongs to, itself if it is one; null for what belongs to nobody or is unknown. */
export function customerOf(store: Store, id: string): string | null {
  const prefix = id.split('_', 1)[0] ?? ''
  if (prefix === 'cus') return id
  const table = Object.hasOwn(tableByPrefix, prefix) ? tableByPrefix[prefix] : undefined
  const row: object | undefined = table && store.get(table, id)
  return row ? customerNamedBy(store, row) : null
}

function customerNamedBy(store: Store, named: object): string | null {
  for (const name of concerning) {
    const id = (named as Record<string, unknown>)[name]
    const customer = typeof id === 'string' ? customerOf(store, id) : null
    if (customer !== null) return customer
  }
  return null
}

/** Whether a row lives in the time of a test clock, by itself or through its customer. */
export function isOnTestClock(ctx: Ctx, row: object): boolean {
  if ('test_clock' in row) return Boolean(row.test_clock)
  const customer = customerNamedBy(ctx.store, row)
  return customer !== null && Boolean(ctx.store.get('customers', customer)?.test_clock)
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
  const customer =
    customerOf(ctx.store, pathId) ??
    customerNamedBy(ctx.store, values) ??
    concerningDeeply.map((name) => deeplyNamedBy(ctx.store, values[name])).find((each) => each !== null)
  return customer ? inTimeOf(ctx, customer) : ctx
}

function deeplyNamedBy(store: Store, value: FormValue | undefined): string | null {
  return typeof value === 'object' ? customerNamedBy(store, value) : null
}
