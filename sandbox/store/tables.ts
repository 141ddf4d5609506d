import type { EventRecord } from '@/sandbox/events'
import type { AnswerRecord } from '@/sandbox/idempotency'
import type { LedgerEntry } from '@/sandbox/ledger'
import type { Mail } from '@/sandbox/mail'
import type { AccountTransactionRecord } from '@/sandbox/resources/balance-transaction-record'
import type { CashTransactionRecord } from '@/sandbox/resources/cash-transaction-record'
import type { ChargeRecord } from '@/sandbox/resources/charge-record'
import type { CouponRecord } from '@/sandbox/resources/coupon-record'
import type { CreditNoteRecord } from '@/sandbox/resources/credit-note-record'
import type { BalanceTransactionRecord } from '@/sandbox/resources/customer-balance'
import type { CustomerRecord } from '@/sandbox/resources/customer-record'
import type { DiscountRecord } from '@/sandbox/resources/discount-record'
import type { DisputeRecord } from '@/sandbox/resources/dispute-record'
import type { EntitlementFeatureRecord } from '@/sandbox/resources/entitlement-features'
import type { InvoiceItemRecord } from '@/sandbox/resources/invoice-item-record'
import type { InvoicePaymentRecord } from '@/sandbox/resources/invoice-payment-record'
import type { PreviewRecord } from '@/sandbox/resources/invoice-preview-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import type { PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'
import type { PriceRecord } from '@/sandbox/resources/price-record'
import type { ProductFeatureRecord } from '@/sandbox/resources/product-features'
import type { ProductRecord } from '@/sandbox/resources/product-record'
import type { PromotionCodeRecord } from '@/sandbox/resources/promotion-code-record'
import type { RefundRecord } from '@/sandbox/resources/refund-record'
import type { TemplateRecord } from '@/sandbox/resources/rendering-template-record'
import type { SetupIntentRecord } from '@/sandbox/resources/setup-intent-record'
import type { ShippingRateRecord } from '@/sandbox/resources/shipping-rate-record'
import type { TaxIdRecord } from '@/sandbox/resources/tax-id-record'
import type { TaxRateRecord } from '@/sandbox/resources/tax-rate-record'
import type { TestClockRecord } from '@/sandbox/resources/test-clock-record'
import type { WebhookEndpointRecord } from '@/sandbox/resources/webhook-endpoint-record'
import type { SettingsRecord } from '@/sandbox/settings'
import { type Shelf, Table } from '@/sandbox/store/table'
import type { TimerRecord } from '@/sandbox/timers'
import type { AttemptRecord } from '@/sandbox/webhooks/note-attempt'
import type { UndeliveredRecord } from '@/sandbox/webhooks/undelivered'

/** Every kind of row the sandbox keeps. */
export type Tables = {
  settings: SettingsRecord
  products: ProductRecord
  prices: PriceRecord
  entitlementFeatures: EntitlementFeatureRecord
  productFeatures: ProductFeatureRecord
  customers: CustomerRecord
  /** Invoice prefixes that customers gave up; nobody else gets them. */
  retiredPrefixes: { id: string; customer: string }
  balanceTransactions: BalanceTransactionRecord
  paymentMethods: PaymentMethodRecord
  invoices: InvoiceRecord
  invoiceItems: InvoiceItemRecord
  invoicePayments: InvoicePaymentRecord
  paymentIntents: PaymentIntentRecord
  charges: ChargeRecord
  refunds: RefundRecord
  setupIntents: SetupIntentRecord
  cashTransactions: CashTransactionRecord
  creditNotes: CreditNoteRecord
  disputes: DisputeRecord
  accountTransactions: AccountTransactionRecord
  taxIds: TaxIdRecord
  taxRates: TaxRateRecord
  renderingTemplates: TemplateRecord
  previews: PreviewRecord
  coupons: CouponRecord
  promotionCodes: PromotionCodeRecord
  discounts: DiscountRecord
  shippingRates: ShippingRateRecord
  events: EventRecord
  undelivered: UndeliveredRecord
  attempts: AttemptRecord
  webhookEndpoints: WebhookEndpointRecord
  answers: AnswerRecord
  ledger: LedgerEntry
  mails: Mail
  testClocks: TestClockRecord
  timers: TimerRecord
}

export type TableName = keyof Tables

type TableSet = { [Name in TableName]: Table<Tables[Name]> }

/** Empty tables, each with the fields it is looked up by. */
export function createTables(shelf?: Shelf): TableSet {
  const table = <T extends { id: string }>(...indexed: (keyof T)[]) => new Table<T>(indexed, shelf)
  return {
    settings: table(),
    products: table(),
    prices: table('product', 'lookup_key'),
    entitlementFeatures: table('lookup_key'),
    productFeatures: table('product'),
    customers: table('test_clock', 'invoice_prefix'),
    retiredPrefixes: table(),
    balanceTransactions: table('customer'),
    paymentMethods: table('customer'),
    invoices: table('customer', 'status', 'number', 'token'),
    invoiceItems: table('customer', 'invoice', 'lineId'),
    invoicePayments: table('invoice', 'paymentIntent'),
    paymentIntents: table('customer'),
    charges: table('customer', 'payment_intent'),
    setupIntents: table(),
    cashTransactions: table('customer'),
    refunds: table('charge', 'payment_intent'),
    creditNotes: table('customer', 'invoice'),
    disputes: table('charge', 'payment_intent'),
    accountTransactions: table('source'),
    taxIds: table('holder'),
    taxRates: table('madeFrom'),
    renderingTemplates: table(),
    previews: table(),
    coupons: table(),
    promotionCodes: table('lowerCode'),
    discounts: table(),
    shippingRates: table(),
    events: table(),
    undelivered: table('event', 'endpoint'),
    attempts: table(),
    webhookEndpoints: table('url'),
    answers: table(),
    ledger: table(),
    mails: table(),
    testClocks: table(),
    timers: table('at', 'clock'),
  }
}

export const tableNames = Object.keys(createTables()) as TableName[]
