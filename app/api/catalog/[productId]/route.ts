import { readRoute } from '@/lib/actions/read-route'
import { getProduct } from '@/lib/catalog/get-product'

export const GET = readRoute<{ productId: string }>('catalog.read', (ctx, { params }) =>
  getProduct(ctx, params.productId),
)
