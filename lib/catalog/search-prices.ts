import 'server-only'
import { db, pool } from '@/lib/db/client'
import { containsPattern } from '@/lib/db/contains-pattern'
import type { PriceChoice } from '@/lib/domain/catalog-view'
import type { Ctx } from '@/lib/domain/context'
import { searchText } from '@/lib/domain/search-text'
import { priceColumns, priceView } from './price-view'

const mostChoices = 20

type Found = { id: string; productName: string; isDefault: boolean }

/**
 * What an invoice line may be given: active one-time prices with one amount, of active products, by the product's name.
 * `currency` (lower case) leaves out those in another one. `search` is looked for in product name, nickname and id.
 */
export async function searchPrices(
  _ctx: Ctx,
  { search, currency }: { search: string; currency: string | null },
): Promise<PriceChoice[]> {
  const text = searchText(search)
  const { rows } = await pool().query<Found>(
    `select price.id, product.name as "productName", price.id = product.default_price_id as "isDefault"
     from prices price join products product on product.id = price.product_id
     where price.deleted_at is null and product.deleted_at is null and price.is_active and product.is_active
       and not price.is_recurring and price.unit_amount_decimal is not null
       and ($1::text is null or price.currency = $1)
       and ($2 = '' or product.name ilike $3 or price.nickname ilike $3 or price.id = $2)
     order by product.name, "isDefault" desc, price.created_at desc, price.id
     limit $4`,
    [currency, text, containsPattern(text), mostChoices],
  )
  const prices = await db().price.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    select: priceColumns,
  })
  return rows.flatMap(({ id, productName, isDefault }) => {
    const price = prices.find((one) => one.id === id)
    return price ? [{ ...priceView(price, isDefault), productName }] : []
  })
}
