import { type Ctx, referred } from '@/sandbox/context'
import { serializeAccountTransaction } from '@/sandbox/resources/balance-transaction-record'
import { serializeCashBalance } from '@/sandbox/resources/cash-balance-record'
import { refundsOf, serializeCharge } from '@/sandbox/resources/charge-record'
import { appliesToOf, couponOptionsOf, serializeCoupon } from '@/sandbox/resources/coupon-record'
import { serializeCreditNote } from '@/sandbox/resources/credit-note-record'
import { serializeTransaction } from '@/sandbox/resources/customer-balance'
import { showCustomer } from '@/sandbox/resources/customer-record'
import { taxOf } from '@/sandbox/resources/customer-tax'
import { showDiscount } from '@/sandbox/resources/discount-record'
import { serializeDispute } from '@/sandbox/resources/dispute-record'
import { serializeInvoiceItem } from '@/sandbox/resources/invoice-item-record'
import { serializeInvoicePayment } from '@/sandbox/resources/invoice-payment-record'
import { serializeInvoice, shippingTaxesOf } from '@/sandbox/resources/invoice-record'
import { serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { serializePaymentMethod } from '@/sandbox/resources/payment-method-record'
import { currencyOptionsOf, serializePrice, tiersInCurrency, tiersOf } from '@/sandbox/resources/price-record'
import { serializeProduct } from '@/sandbox/resources/product-record'
import { codeOptionsOf, serializePromotionCode } from '@/sandbox/resources/promotion-code-record'
import { serializeRefund } from '@/sandbox/resources/refund-record'
import { serializeShippingRate, shippingOptionsOf } from '@/sandbox/resources/shipping-rate-record'
import { serializeTestClock } from '@/sandbox/resources/test-clock-record'
import type { WireList } from '@/sandbox/wire'

/** Kinds of objects that answers are made of. */
export type ObjectName =
  | 'account'
  | 'balance'
  | 'balance_transaction'
  | 'charge'
  | 'coupon'
  | 'credit_note'
  | 'credit_note_line_item'
  | 'customer'
  | 'customer_balance_transaction'
  | 'discount'
  | 'entitlements.feature'
  | 'dispute'
  | 'event'
  | 'invoice'
  | 'invoice_payment'
  | 'invoice_rendering_template'
  | 'invoiceitem'
  | 'line_item'
  | 'payment_intent'
  | 'payment_method'
  | 'plan'
  | 'price'
  | 'product'
  | 'product_feature'
  | 'promotion_code'
  | 'refund'
  | 'shipping_rate'
  | 'tax_rate'
  | 'test_helpers.test_clock'
  | 'webhook_endpoint'

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

const reference = {
  balance_transaction: (ctx, id) =>
    serializeAccountTransaction(ctx, referred(ctx, 'accountTransactions', id)),
  charge: (ctx, id) => serializeCharge(ctx, referred(ctx, 'charges', id)),
  credit_note: (ctx, id) => serializeCreditNote(ctx, referred(ctx, 'creditNotes', id)),
  coupon: (ctx, id) => serializeCoupon(ctx, referred(ctx, 'coupons', id)),
  customer: (ctx, id) => showCustomer(ctx, referred(ctx, 'customers', id)),
  discount: (ctx, id) => showDiscount(ctx, referred(ctx, 'discounts', id)),
  invoice: (ctx, id) => serializeInvoice(ctx, referred(ctx, 'invoices', id)),
  invoiceitem: (ctx, id) => serializeInvoiceItem(ctx, referred(ctx, 'invoiceItems', id)),
  customer_balance_transaction: (ctx, id) =>
    serializeTransaction(ctx, referred(ctx, 'balanceTransactions', id)),
  payment_intent: (ctx, id) => serializePaymentIntent(ctx, referred(ctx, 'paymentIntents', id)),
  payment_method: (ctx, id) => serializePaymentMethod(ctx, referred(ctx, 'paymentMethods', id)),
  dispute: (ctx, id) => serializeDispute(ctx, referred(ctx, 'disputes', id)),
  refund: (ctx, id) => serializeRefund(ctx, referred(ctx, 'refunds', id)),
  price: (ctx, id) => serializePrice(ctx, referred(ctx, 'prices', id)),
  product: (ctx, id) => serializeProduct(ctx, referred(ctx, 'products', id)),
  'test_helpers.test_clock': (ctx, id) => serializeTestClock(ctx, referred(ctx, 'testClocks', id)),
  promotion_code: (ctx, id) => serializePromotionCode(ctx, referred(ctx, 'promotionCodes', id)),
  shipping_rate: (ctx, id) => serializeShippingRate(ctx, referred(ctx, 'shippingRates', id)),
} satisfies Partial<Record<ObjectName, (ctx: Ctx, id: string) => object>>

function to(name: keyof typeof reference): Expansion {
  return { kind: 'reference', to: name, show: reference[name] }
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
  if (/^(re|pyr)_/.test(source)) return reference.refund(ctx, source)
  return source.startsWith('dp_') ? reference.dispute(ctx, source) : reference.charge(ctx, source)
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
    default_source: never,
    cash_balance: { kind: 'include', to: 'hash', show: serializeCashBalance },
    tax: { kind: 'include', to: 'hash', show: taxOf },
    invoice_credit_balance: { kind: 'include', to: 'hash', show: creditBalanceOf },
    sources: emptyList('/v1/customers/:id/sources'),
    subscriptions: emptyList('/v1/customers/:id/subscriptions'),
    test_clock: to('test_helpers.test_clock'),
    tax_ids: emptyList('/v1/customers/:id/tax_ids'),
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
  },
  credit_note_line_item: {
    'discount_amounts.discount': to('discount'),
    'pretax_credit_amounts.discount': to('discount'),
  },
  discount: discountFields,
  'entitlements.feature': {},
  event: {},
  invoice: {
    customer: to('customer'),
    default_payment_method: to('payment_method'),
    default_source: never,
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
  tax_rate: {},
  'test_helpers.test_clock': {},
  webhook_endpoint: {},
}
