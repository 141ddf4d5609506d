/* What screens get of the catalog. Amounts are integer minor units of `currency`; instants ISO strings in UTC. */

export type PriceView = {
  id: string
  productId: string
  nickname: string | null
  currency: string
  /** Null where the price has fractions of a minor unit, tiers or an amount chosen by the customer. */
  unitAmount: number | null
  /** Exact, in minor units, up to 12 decimals; null where there is no single amount. */
  unitAmountDecimal: string | null
  isRecurring: boolean
  isActive: boolean
  isDefault: boolean
  createdAt: string
}

export type ProductRow = {
  id: string
  name: string
  description: string | null
  isActive: boolean
  activePriceCount: number
  defaultPrice: PriceView | null
  createdAt: string
}

export type ProductDetail = Omit<ProductRow, 'activePriceCount'> & { prices: PriceView[]; mirroredAt: string }

/** A price as the invoice editor's picker offers it: active, one-time, of an active product. */
export type PriceChoice = PriceView & { productName: string }
