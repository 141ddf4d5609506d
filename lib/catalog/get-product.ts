import 'server-only'
import { db } from '@/lib/db/client'
import type { ProductDetail } from '@/lib/domain/catalog-view'
import type { Ctx } from '@/lib/domain/context'
import { stripeId } from '@/lib/domain/fields'
import { priceColumns, priceView } from './price-view'

const productId = stripeId('prod')

/** With all its prices, the default one first, then active ones, then newest. Null when unknown or deleted. */
export async function getProduct(_ctx: Ctx, id: string): Promise<ProductDetail | null> {
  if (!productId.safeParse(id).success) return null
  const product = await db().product.findUnique({ where: { id, deletedAt: null }, omit: { raw: true } })
  if (!product) return null
  const rows = await db().price.findMany({
    where: { productId: id, deletedAt: null },
    select: priceColumns,
    orderBy: [{ isActive: 'desc' }, { createdAt: 'desc' }, { id: 'desc' }],
  })
  const prices = rows
    .map((price) => priceView(price, price.id === product.defaultPriceId))
    .sort((one, other) => Number(other.isDefault) - Number(one.isDefault))
  return {
    id: product.id,
    name: product.name,
    description: product.description,
    isActive: product.isActive,
    defaultPrice: prices.find(({ isDefault }) => isDefault) ?? null,
    prices,
    createdAt: product.createdAt.toISOString(),
    mirroredAt: product.mirroredAt.toISOString(),
  }
}
