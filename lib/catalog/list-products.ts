import 'server-only'
import { db, pool } from '@/lib/db/client'
import { containsPattern } from '@/lib/db/contains-pattern'
import type { ProductRow } from '@/lib/domain/catalog-view'
import type { Ctx } from '@/lib/domain/context'
import { searchText } from '@/lib/domain/search-text'
import { priceColumns, priceView } from './price-view'

/** One page is the catalog; whoever has more products than this searches. */
const mostProducts = 500

/** Newest first. `search` is looked for in name, description and id. */
export async function listProducts(
  _ctx: Ctx,
  { archived, search }: { archived: boolean; search: string },
): Promise<ProductRow[]> {
  const products = await findProducts(archived, searchText(search))
  const prices = await db().price.findMany({
    where: { productId: { in: products.map(({ id }) => id) }, deletedAt: null },
    select: priceColumns,
  })
  return products.map(({ defaultPriceId, createdAt, ...product }) => {
    const own = prices.filter(({ productId }) => productId === product.id)
    const defaultPrice = own.find(({ id }) => id === defaultPriceId)
    return {
      ...product,
      activePriceCount: own.filter(({ isActive }) => isActive).length,
      defaultPrice: defaultPrice ? priceView(defaultPrice, true) : null,
      createdAt: createdAt.toISOString(),
    }
  })
}

type Found = {
  id: string
  name: string
  description: string | null
  isActive: boolean
  defaultPriceId: string | null
  createdAt: Date
}

/**
 * Behind a line with a bare amount Stripe mints a product that is nobody's: archived from birth and never changed. Shown
 * as archived are those that somebody archived, which moved `updated`, and those that Duebook made.
 */
async function findProducts(archived: boolean, text: string): Promise<Found[]> {
  const { rows } = await pool().query<Found>(
    `select id, name, description, is_active as "isActive", default_price_id as "defaultPriceId",
       created_at as "createdAt"
     from products
     where deleted_at is null and is_active = $1
       and (is_active or raw->'updated' is distinct from raw->'created' or raw->'metadata' ? 'duebook_operation')
       and ($2 = '' or name ilike $3 or description ilike $3 or id = $2)
     order by created_at desc, id desc
     limit $4`,
    [!archived, text, containsPattern(text), mostProducts],
  )
  return rows
}
