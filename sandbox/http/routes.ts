import { type Endpoint, unbuiltEndpoint } from '@/sandbox/http/endpoint'
import { accountEndpoints } from '@/sandbox/resources/account'
import { balanceEndpoints } from '@/sandbox/resources/balance'
import { cashBalanceEndpoints } from '@/sandbox/resources/cash-balance'
import { chargeEndpoints } from '@/sandbox/resources/charges'
import { cliSessionEndpoints } from '@/sandbox/resources/cli-sessions'
import { couponEndpoints } from '@/sandbox/resources/coupons'
import { creditNoteEndpoints } from '@/sandbox/resources/credit-notes'
import { customerBalanceEndpoints } from '@/sandbox/resources/customer-balance'
import { customerDiscountEndpoints } from '@/sandbox/resources/customer-discount'
import { customerEndpoints } from '@/sandbox/resources/customers'
import { disputeEndpoints } from '@/sandbox/resources/disputes'
import { entitlementFeatureEndpoints } from '@/sandbox/resources/entitlement-features'
import { eventEndpoints } from '@/sandbox/resources/events'
import { invoiceItemEndpoints } from '@/sandbox/resources/invoice-items'
import { invoiceLineEndpoints } from '@/sandbox/resources/invoice-lines'
import { invoicePaymentEndpoints } from '@/sandbox/resources/invoice-payments'
import { invoicePreviewEndpoints } from '@/sandbox/resources/invoice-preview'
import { invoiceEndpoints } from '@/sandbox/resources/invoices'
import { paymentIntentEndpoints } from '@/sandbox/resources/payment-intents'
import { paymentMethodEndpoints } from '@/sandbox/resources/payment-methods'
import { planEndpoints } from '@/sandbox/resources/plans'
import { priceEndpoints } from '@/sandbox/resources/prices'
import { productFeatureEndpoints } from '@/sandbox/resources/product-features'
import { productEndpoints } from '@/sandbox/resources/products'
import { promotionCodeEndpoints } from '@/sandbox/resources/promotion-codes'
import { refundEndpoints } from '@/sandbox/resources/refunds'
import { renderingTemplateEndpoints } from '@/sandbox/resources/rendering-templates'
import { searchEndpoints } from '@/sandbox/resources/search'
import { setupIntentEndpoints } from '@/sandbox/resources/setup-intents'
import { shippingRateEndpoints } from '@/sandbox/resources/shipping-rates'
import { sourceEndpoints } from '@/sandbox/resources/sources'
import { taxIdEndpoints } from '@/sandbox/resources/tax-ids'
import { taxRateEndpoints } from '@/sandbox/resources/tax-rates'
import { testClockEndpoints } from '@/sandbox/resources/test-clocks'
import { webhookEndpointEndpoints } from '@/sandbox/resources/webhook-endpoints'

/** What the product does without. */
const unbuilt = ['GET /v1/payment_intents/:id/amount_details_line_items'].map(unbuiltEndpoint)

/** Every endpoint of the API. */
export const endpoints: readonly Endpoint[] = [
  ...unbuilt,
  ...accountEndpoints,
  ...balanceEndpoints,
  ...productEndpoints,
  ...productFeatureEndpoints,
  ...entitlementFeatureEndpoints,
  ...priceEndpoints,
  ...planEndpoints,
  ...customerEndpoints,
  ...customerBalanceEndpoints,
  ...invoiceItemEndpoints,
  ...invoiceEndpoints,
  ...invoicePreviewEndpoints,
  ...creditNoteEndpoints,
  ...invoiceLineEndpoints,
  ...invoicePaymentEndpoints,
  ...paymentMethodEndpoints,
  ...paymentIntentEndpoints,
  ...chargeEndpoints,
  ...couponEndpoints,
  ...promotionCodeEndpoints,
  ...customerDiscountEndpoints,
  ...refundEndpoints,
  ...disputeEndpoints,
  ...cashBalanceEndpoints,
  ...sourceEndpoints,
  ...setupIntentEndpoints,
  ...shippingRateEndpoints,
  ...taxIdEndpoints,
  ...taxRateEndpoints,
  ...renderingTemplateEndpoints,
  ...eventEndpoints,
  ...testClockEndpoints,
  ...webhookEndpointEndpoints,
  ...cliSessionEndpoints,
  ...searchEndpoints,
]
