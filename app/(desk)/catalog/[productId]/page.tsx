import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProductPage } from '@/components/catalog/product-page'
import { Hydrated } from '@/components/shell/hydrated'
import { makeQueryClient } from '@/components/shell/query-client'
import { pageContext } from '@/lib/auth/context'
import { getProduct } from '@/lib/catalog/get-product'
import { catalogQueries } from '@/lib/query/catalog-queries'

export const metadata: Metadata = { title: 'Product' }

type Props = { params: Promise<{ productId: string }> }

export default async function ProductRoute({ params }: Props) {
  const { productId } = await params
  const ctx = await pageContext('catalog.read')
  // Awaited, because only then it is known whether the page exists.
  const product = await getProduct(ctx, productId)
  if (!product) notFound()
  const client = makeQueryClient()
  client.setQueryData(catalogQueries.detail(productId).queryKey, product)
  return (
    <Hydrated client={client}>
      <ProductPage productId={productId} role={ctx.actor.role} />
    </Hydrated>
  )
}
