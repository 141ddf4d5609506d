import { type Ctx, referred } from '@/sandbox/context'
import { serializeCashBalance } from '@/sandbox/resources/cash-balance-record'
import { refundsOf } from '@/sandbox/resources/charge-record'
import { appliesToOf, couponOptionsOf } from '@/sandbox/resources/coupon-record'
import { taxOf } from '@/sandbox/resources/customer-tax'
import { serializeInvoicePayment } from '@/sandbox/resources/invoice-payment-record'
import { shippingTaxesOf } from '@/sandbox/resources/invoice-record'
import { type ObjectName, references } from '@/sandbox/resources/object-references'
import { currencyOptionsOf, tiersInCurrency, tiersOf } from '@/sandbox/resources/price-record'
import { codeOptionsOf } from '@/sandbox/resources/promotion-code-record'
import { shippingOptionsOf } from '@/sandbox/resources/shipping-rate-record'
import { sourceListOf } from '@/sandbox/resources/source-record'
import { taxIdListOf } from '@/sandbox/resources/tax-id-record'
import type { WireList } from '@/sandbox/wire'

/** Something an object shows in full when asked to. */
export type Expansion =
  /** A field that holds an id; `show` fetches what it names. */
  | { kind: 'reference'; to: ObjectName; show(ctx: Ctx, id: string): object }
  /** A field that is absent unless asked for. */
  | {
      kind: 'include'
      to: ObjectName | 'list' | 'hash'
      of?: ObjectName
      show(ctx: Ctx, id: string): unknown
      /** Of a hash with keys of the caller's, the field of its entries that is absent unless asked for. */
      entry?: { field: string; show(ctx: Ctx, id: string, key: string): unknown }
    }
  /** A list that is always there; its elements can be expanded. */
  | { kind: 'list'; to: ObjectName }

function to(name: keyof typeof references): Expansion {
  return { kind: 'reference', to: name, show: references[name] }
}

/** References that are null in this sandbox, but may be asked for. */
const never: Expansion = { kind: 'include', to: 'hash', show: () => undefined }

function emptyList(path: string): Expansion {
  return {
    kind: 'include',
    to: 'list',
    show: (_, id): WireList<never> => ({
      object: 'list',
      data: [],
      has_more: false,
      url: path.replace(':id', id),
    }),
  }
}

function paymentsOf(ctx: Ctx, id: string): WireList<object> {
  const payments = ctx.store.table('invoicePayments').by('invoice', id).reverse()
  return {
    object: 'list',
    data: payments.slice(0, 10).map((payment) => serializeInvoicePayment(ctx, payment)),
    has_more: payments.length > 10,
    url: `/v1/invoice_payments?invoice=${id}`,
  }
}

/** The object that moved the account's money. */
function sourceOf(ctx: Ctx, id: string): object {
  const { source } = referred(ctx, 'accountTransactions', id)
  if (/^(re|pyr)_/.test(source)) return references.refund(ctx, source)
  return source.startsWith('dp_') ? references.dispute(ctx, source) : references.charge(ctx, source)
}

/** The secret of the default payment, with which a page of one's own confirms it. */
function confirmationSecretOf(ctx: Ctx, id: string) {
  const payment = ctx.store
    .table('invoicePayments')
    .by('invoice', id)
    .find(({ is_default, status }) => is_default && status === 'open')
  if (!payment) return null
  const { client_secret } = referred(ctx, 'paymentIntents', payment.paymentIntent)
  return { client_secret, type: 'payment_intent' }
}

/** Credit is positive here, unlike in `balance`. */
function creditBalanceOf(ctx: Ctx, id: string): Record<string, number> {
  const { balances } = referred(ctx, 'customers', id)
  return Object.fromEntries(Object.entries(balances).map(([currency, amount]) => [currency, 0 - amount]))
}

const priceTiers: Expansion = { kind: 'include', to: 'hash', show: tiersOf }

const priceOptions: Expansion = {
  kind: 'include',
  to: 'hash',
  show: currencyOptionsOf,
  entry: { field: 'tiers', show: tiersInCurrency },
}

function hash(show: (ctx: Ctx, id: string) => object | undefined): Expansion {
  return { kind: 'include', to: 'hash', show }
}

/** The fields of an object that another one shows in full by itself. */
function within(field: string, expansions: Record<string, Expansion>): Record<string, Expansion> {
  return Object.fromEntries(Object.entries(expansions).map(([path, entry]) => [`${field}.${path}`, entry]))
}

const discountFields: Record<string, Expansion> = {
  customer: to('customer'),
  promotion_code: to('promotion_code'),
  'source.coupon': to('coupon'),
}

/** A note credits the shipping of its invoice as a whole. A preview cannot be looked up. */
function shippingTaxesOfNote(ctx: Ctx, id: string): object[] | undefined {
  const note = ctx.store.get('creditNotes', id)
  return note && shippingTaxesOf(ctx, note.invoice)
}

/** What can be expanded in each kind of object, by its path inside that object. */
export const expandable: Record<ObjectName, Record<string, Expansion>> = {
  account: {},
  balance: {},
  charge: {
    customer: to('customer'),
    payment_intent: to('payment_intent'),
    balance_transaction: to('balance_transaction'),
    failure_balance_transaction: never,
    refunds: { kind: 'include', to: 'list', of: 'refund', show: refundsOf },
    review: never,
  },
  balance_transaction: { source: { kind: 'include', to: 'hash', show: sourceOf } },
  cash_balance: { customer: to('customer') },
  card: { customer: to('customer') },
  funding_instructions: {},
  customer_cash_balance_transaction: {
    customer: to('customer'),
    'applied_to_payment.payment_intent': to('payment_intent'),
    'refunded_from_payment.refund': to('refund'),
    'unapplied_from_payment.payment_intent': to('payment_intent'),
  },
  setup_intent: { customer: to('customer'), payment_method: to('payment_method'), latest_attempt: never },
  dispute: { charge: to('charge'), payment_intent: to('payment_intent') },
  refund: {
    balance_transaction: to('balance_transaction'),
    charge: to('charge'),
    customer: to('customer'),
    failure_balance_transaction: to('balance_transaction'),
    payment_intent: to('payment_intent'),
    payment_method: to('payment_method'),
  },
  coupon: { applies_to: hash(appliesToOf), currency_options: hash(couponOptionsOf) },
  customer: {
    ...within('discount', discountFields),
    'invoice_settings.default_payment_method': to('payment_method'),
    default_source: to('card'),
    cash_balance: { kind: 'include', to: 'hash', show: serializeCashBalance },
    tax: { kind: 'include', to: 'hash', show: taxOf },
    invoice_credit_balance: { kind: 'include', to: 'hash', show: creditBalanceOf },
    sources: { kind: 'include', to: 'list', of: 'card', show: sourceListOf },
    subscriptions: emptyList('/v1/customers/:id/subscriptions'),
    test_clock: to('test_helpers.test_clock'),
    tax_ids: { kind: 'include', to: 'list', of: 'tax_id', show: taxIdListOf },
  },
  customer_balance_transaction: {
    credit_note: to('credit_note'),
    customer: to('customer'),
    invoice: to('invoice'),
  },
  credit_note: {
    customer: to('customer'),
    customer_balance_transaction: to('customer_balance_transaction'),
    'discount_amounts.discount': to('discount'),
    invoice: to('invoice'),
    lines: { kind: 'list', to: 'credit_note_line_item' },
    'pretax_credit_amounts.discount': to('discount'),
    'refunds.refund': to('refund'),
    'shipping_cost.shipping_rate': to('shipping_rate'),
    'shipping_cost.taxes': hash(shippingTaxesOfNote),
  },
  credit_note_line_item: {
    'discount_amounts.discount': to('discount'),
    'pretax_credit_amounts.discount': to('discount'),
  },
  discount: discountFields,
  'entitlements.feature': {},
  event: {},
  invoice: {
    account_tax_ids: to('tax_id'),
    customer: to('customer'),
    default_payment_method: to('payment_method'),
    default_source: to('card'),
    latest_revision: to('invoice'),
    'from_invoice.invoice': to('invoice'),
    test_clock: to('test_helpers.test_clock'),
    discounts: to('discount'),
    'total_discount_amounts.discount': to('discount'),
    'total_pretax_credit_amounts.discount': to('discount'),
    'shipping_cost.shipping_rate': to('shipping_rate'),
    'shipping_cost.taxes': hash(shippingTaxesOf),
    lines: { kind: 'list', to: 'line_item' },
    payments: { kind: 'include', to: 'list', of: 'invoice_payment', show: paymentsOf },
    confirmation_secret: { kind: 'include', to: 'hash', show: confirmationSecretOf },
  },
  invoice_payment: {
    invoice: to('invoice'),
    'payment.payment_intent': to('payment_intent'),
    'payment.charge': never,
  },
  invoice_rendering_template: {},
  invoiceitem: {
    customer: to('customer'),
    test_clock: to('test_helpers.test_clock'),
    invoice: to('invoice'),
    discounts: to('discount'),
    'pricing.price_details.price': to('price'),
  },
  line_item: {
    discounts: to('discount'),
    'discount_amounts.discount': to('discount'),
    'pretax_credit_amounts.discount': to('discount'),
    'pricing.price_details.price': to('price'),
  },
  payment_intent: {
    customer: to('customer'),
    latest_charge: to('charge'),
    payment_method: to('payment_method'),
    review: never,
  },
  payment_method: { customer: to('customer') },
  plan: { product: to('product'), tiers: priceTiers },
  price: { product: to('product'), tiers: priceTiers, currency_options: priceOptions },
  product: { default_price: to('price'), tax_code: never },
  product_feature: {},
  promotion_code: {
    customer: to('customer'),
    'promotion.coupon': to('coupon'),
    'restrictions.currency_options': hash(codeOptionsOf),
  },
  shipping_rate: { 'fixed_amount.currency_options': hash(shippingOptionsOf), tax_code: never },
  tax_id: { customer: to('customer'), 'owner.customer': to('customer') },
  tax_rate: {},
  'test_helpers.test_clock': {},
  webhook_endpoint: {},
  cli_session: {},
}
