import 'server-only'
import type { PriceModel } from '@/lib/db/generated/models'
import type { PriceView } from '@/lib/domain/catalog-view'
import { toMinorUnits } from '@/lib/domain/money'

type PriceRow = Omit<PriceModel, 'raw' | 'mirroredAt' | 'deletedAt'>

export const priceColumns = {
  id: true,
  productId: true,
  nickname: true,
  currency: true,
  unitAmount: true,
  unitAmountDecimal: true,
  isRecurring: true,
  isActive: true,
  createdAt: true,
} as const

export function priceView(price: PriceRow, isDefault: boolean): PriceView {
  return {
    id: price.id,
    productId: price.productId,
    nickname: price.nickname,
    currency: price.currency,
    unitAmount: price.unitAmount === null ? null : toMinorUnits(price.unitAmount),
    // Not toString(), which writes small numbers with an exponent.
    unitAmountDecimal: price.unitAmountDecimal?.toFixed() ?? null,
    isRecurring: price.isRecurring,
    isActive: price.isActive,
    isDefault,
    createdAt: price.createdAt.toISOString(),
  }
}
