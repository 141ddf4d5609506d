import { type Ctx, referred } from '@/sandbox/context'
import { serializeAccountTransaction } from '@/sandbox/resources/balance-transaction-record'
import { serializeCharge } from '@/sandbox/resources/charge-record'
import { serializeCoupon } from '@/sandbox/resources/coupon-record'
import { serializeCreditNote } from '@/sandbox/resources/credit-note-record'
import { serializeTransaction } from '@/sandbox/resources/customer-balance'
import { showCustomer } from '@/sandbox/resources/customer-record'
import { showDiscount } from '@/sandbox/resources/discount-record'
import { serializeDispute } from '@/sandbox/resources/dispute-record'
import { serializeInvoiceItem } from '@/sandbox/resources/invoice-item-record'
import { serializeInvoice } from '@/sandbox/resources/invoice-record'
import { serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { serializePaymentMethod } from '@/sandbox/resources/payment-method-record'
import { serializePrice } from '@/sandbox/resources/price-record'
import { serializeProduct } from '@/sandbox/resources/product-record'
import { serializePromotionCode } from '@/sandbox/resources/promotion-code-record'
import { serializeRefund } from '@/sandbox/resources/refund-record'
import { serializeShippingRate } from '@/sandbox/resources/shipping-rate-record'
import { showSource } from '@/sandbox/resources/source-record'
import { showTaxId } from '@/sandbox/resources/tax-id-record'
import { serializeTestClock } from '@/sandbox/resources/test-clock-record'

/** Kinds of objects that answers are made of. */
export type ObjectName =
  | 'account'
  | 'balance'
  | 'balance_transaction'
  | 'card'
  | 'cash_balance'
  | 'charge'
  | 'cli_session'
  | 'coupon'
  | 'credit_note'
  | 'credit_note_line_item'
  | 'customer'
  | 'customer_balance_transaction'
  | 'customer_cash_balance_transaction'
  | 'funding_instructions'
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
  | 'setup_intent'
  | 'shipping_rate'
  | 'tax_id'
  | 'tax_rate'
  | 'test_helpers.test_clock'
  | 'webhook_endpoint'

/** How each kind of object is shown in full where another one names it. */
export const references = {
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
  card: showSource,
  tax_id: showTaxId,
  product: (ctx, id) => serializeProduct(ctx, referred(ctx, 'products', id)),
  'test_helpers.test_clock': (ctx, id) => serializeTestClock(ctx, referred(ctx, 'testClocks', id)),
  promotion_code: (ctx, id) => serializePromotionCode(ctx, referred(ctx, 'promotionCodes', id)),
  shipping_rate: (ctx, id) => serializeShippingRate(ctx, referred(ctx, 'shippingRates', id)),
} satisfies Partial<Record<ObjectName, (ctx: Ctx, id: string) => object>>
