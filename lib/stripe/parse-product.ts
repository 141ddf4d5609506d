import type Stripe from 'stripe'
import { rawJson } from './raw'
import { idOrNull, instant } from './read'

export function parseProduct(product: Stripe.Product) {
  return {
    id: product.id,
    name: product.name,
    description: product.description,
    isActive: product.active,
    defaultPriceId: idOrNull(product.default_price),
    createdAt: instant(product.created),
    raw: rawJson(product),
  }
}
