import { readRoute } from '@/lib/actions/read-route'
import { listProducts } from '@/lib/catalog/list-products'

export const GET = readRoute('catalog.read', (ctx, { request }) => {
  const query = request.nextUrl.searchParams
  return listProducts(ctx, { archived: query.get('archived') === 'true', search: query.get('search') ?? '' })
})
