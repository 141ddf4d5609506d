import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { emitUpdate } from '@/sandbox/events'
import { noSuch } from '@/sandbox/http/errors'
import type { Reconciliation } from '@/sandbox/resources/cash-balance-record'
import { serializeDiscount } from '@/sandbox/resources/discount-record'
import { settingsOf } from '@/sandbox/settings'
import type { Deleted, Wire } from '@/sandbox/wire'

export type Customer = Wire<Stripe.Customer>

/** A deleted customer stays as a tombstone, because its id still answers and its invoices still name it. */
export type CustomerRecord = Omit<Customer, 'balance' | 'discount' | 'next_invoice_sequence'> & {
  /** Id of the discount that its invoices inherit. */
  discount: string | null
  next_invoice_sequence: number
  /** What the customer owes (positive) or is owed (negative), in minor units, by currency. */
  balances: Record<string, number>
  /** Money received and not yet used, in minor units, by currency; unset until there was some. */
  cash?: Record<string, number>
  reconciliation?: Reconciliation
  /** For the location of Stripe Tax. */
  ipAddress?: string
  gone: boolean
}

/** A customer of whom nothing is known yet; the caller writes it. */
export function blankCustomer(ctx: Ctx): CustomerRecord {
  return {
    id: ctx.newId('cus'),
    object: 'customer',
    address: null,
    balances: {},
    created: ctx.now,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    gone: false,
    invoice_prefix: ctx.newToken(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: ctx.testClock,
  }
}

/** `balance` shows the customer's own currency only; without a sequence of its own it shows none. */
export function serializeCustomer(ctx: Ctx, record: CustomerRecord) {
  const { balances, cash: _c, gone: _g, ipAddress: _i, reconciliation: _r, ...rest } = record
  const { discount, next_invoice_sequence, ...customer } = rest
  return {
    ...customer,
    balance: balanceIn(balances, customer.currency),
    discount: discount === null ? null : serializeDiscount(ctx, referred(ctx, 'discounts', discount)),
    ...(numbersByAccount(ctx) ? {} : { next_invoice_sequence }),
  } satisfies Customer
}

/** The account numbers its invoices in one sequence instead of one per customer. */
export function numbersByAccount(ctx: Ctx): boolean {
  return settingsOf(ctx.store).account.numbering === 'account'
}

export function deletedCustomer(id: string) {
  return { id, object: 'customer', deleted: true } satisfies Deleted<'customer'>
}

/** What retrieving or expanding answers: the customer, or the stub of a deleted one. */
export function showCustomer(ctx: Ctx, customer: CustomerRecord) {
  return customer.gone ? deletedCustomer(customer.id) : serializeCustomer(ctx, customer)
}

function balanceIn(balances: Record<string, number>, currency: string | null | undefined): number {
  return currency ? (balances[currency] ?? 0) : 0
}

export function balanceOf(customer: CustomerRecord, currency: string): number {
  return balanceIn(customer.balances, currency)
}

/** @throws StripeError for a deleted customer too */
export function livingCustomer(ctx: Ctx, id: string, param: string, status: 400 | 404): CustomerRecord {
  const customer = ctx.store.get('customers', id)
  if (!customer || customer.gone) throw noSuch('customer', id, param, status)
  return customer
}

/** Writes the changed customer and, when something visible of a living one changed, `customer.updated`. */
export function changeCustomer(
  ctx: Ctx,
  customer: CustomerRecord,
  change: Partial<CustomerRecord>,
): CustomerRecord {
  const changed = { ...customer, ...change }
  ctx.store.put('customers', changed)
  if (!customer.gone) {
    emitUpdate(ctx, 'customer.updated', serializeCustomer(ctx, customer), serializeCustomer(ctx, changed))
  }
  return changed
}

/** The first money in some currency makes it the customer's own. */
export function stampCurrency(ctx: Ctx, customer: CustomerRecord, currency: string): CustomerRecord {
  return customer.currency ? customer : changeCustomer(ctx, customer, { currency })
}

/** Whether the customer is late with an invoice; emits `customer.updated` when that changes. */
export function setDelinquent(ctx: Ctx, customerId: string, delinquent: boolean): void {
  changeCustomer(ctx, referred(ctx, 'customers', customerId), { delinquent })
}
