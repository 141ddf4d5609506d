import { readRoute } from '@/lib/actions/read-route'
import { searchPrices } from '@/lib/catalog/search-prices'
import { currencyCode } from '@/lib/domain/fields'

export const GET = readRoute('catalog.read', (ctx, { request }) => {
  const query = request.nextUrl.searchParams
  const currency = currencyCode.safeParse(query.get('currency'))
  return searchPrices(ctx, { search: query.get('search') ?? '', currency: currency.data ?? null })
})
