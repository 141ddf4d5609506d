import type Stripe from 'stripe'
import { rawJson } from './raw'
import { idOf, instant } from './read'

export function parsePrice(price: Stripe.Price) {
  return {
    id: price.id,
    productId: idOf(price.product),
    nickname: price.nickname,
    currency: price.currency,
    unitAmount: price.unit_amount === null ? null : BigInt(price.unit_amount),
    unitAmountDecimal: price.unit_amount_decimal?.toString() ?? null,
    isRecurring: price.recurring !== null,
    isActive: price.active,
    createdAt: instant(price.created),
    raw: rawJson(price),
  }
}
