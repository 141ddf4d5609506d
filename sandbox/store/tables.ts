import type { EventRecord, UndeliveredRecord } from '@/sandbox/events'
import type { AnswerRecord } from '@/sandbox/idempotency'
import type { LedgerEntry } from '@/sandbox/ledger'
import type { Mail } from '@/sandbox/mail'
import type { ChargeRecord } from '@/sandbox/resources/charge-record'
import type { BalanceTransactionRecord } from '@/sandbox/resources/customer-balance'
import type { CustomerRecord } from '@/sandbox/resources/customer-record'
import type { InvoiceItemRecord } from '@/sandbox/resources/invoice-item-record'
import type { InvoicePaymentRecord } from '@/sandbox/resources/invoice-payment-record'
import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import type { PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'
import type { PriceRecord } from '@/sandbox/resources/price-record'
import type { ProductRecord } from '@/sandbox/resources/product-record'
import type { WebhookEndpointRecord } from '@/sandbox/resources/webhook-endpoints'
import type { SettingsRecord } from '@/sandbox/settings'

/** Every kind of row the sandbox keeps. */
export type Tables = {
  settings: SettingsRecord
  products: ProductRecord
  prices: PriceRecord
  customers: CustomerRecord
  balanceTransactions: BalanceTransactionRecord
  paymentMethods: PaymentMethodRecord
  invoices: InvoiceRecord
  invoiceItems: InvoiceItemRecord
  invoicePayments: InvoicePaymentRecord
  paymentIntents: PaymentIntentRecord
  charges: ChargeRecord
  events: EventRecord
  undelivered: UndeliveredRecord
  webhookEndpoints: WebhookEndpointRecord
  answers: AnswerRecord
  ledger: LedgerEntry
  mails: Mail
}

export type TableName = keyof Tables

/** Each table with the fields it is looked up by. */
export const indexes: { [Name in TableName]: readonly (keyof Tables[Name])[] } = {
  settings: [],
  products: [],
  prices: ['product', 'lookup_key'],
  customers: [],
  balanceTransactions: ['customer'],
  paymentMethods: ['customer'],
  invoices: ['customer', 'status', 'number', 'token'],
  invoiceItems: ['customer', 'invoice', 'lineId'],
  invoicePayments: ['invoice', 'paymentIntent'],
  paymentIntents: ['customer'],
  charges: ['customer', 'payment_intent'],
  events: [],
  undelivered: ['event', 'endpoint'],
  webhookEndpoints: ['url'],
  answers: [],
  ledger: [],
  mails: [],
}

export const tableNames = Object.keys(indexes) as TableName[]
