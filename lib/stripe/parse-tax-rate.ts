import type Stripe from 'stripe'
import { rawJson } from './raw'
import { instant } from './read'

export function parseTaxRate(rate: Stripe.TaxRate) {
  return {
    id: rate.id,
    displayName: rate.display_name,
    description: rate.description,
    percentage: String(rate.percentage),
    isInclusive: rate.inclusive,
    isActive: rate.active,
    country: rate.country,
    state: rate.state,
    jurisdiction: rate.jurisdiction,
    taxType: rate.tax_type,
    createdAt: instant(rate.created),
    raw: rawJson(rate),
  }
}
