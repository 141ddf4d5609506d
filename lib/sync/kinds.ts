import 'server-only'
import type { MirroredType } from '@/lib/domain/sync-types'
import type { Kind } from './kind'
import { charges } from './project-charge'
import { creditNotes } from './project-credit-note'
import { customers } from './project-customer'
import { coupons, promotionCodes } from './project-discounts'
import { invoices } from './project-invoice'
import { prices } from './project-price'
import { products } from './project-product'
import { taxRates } from './project-tax-rate'

/** How each type comes from Stripe into the mirror. */
export const kinds: Record<MirroredType, Kind> = {
  product: products,
  price: prices,
  coupon: coupons,
  promotion_code: promotionCodes,
  tax_rate: taxRates,
  customer: customers,
  invoice: invoices,
  credit_note: creditNotes,
  charge: charges,
}
