import type { Metadata } from 'next'
import { NewProduct } from '@/components/catalog/new-product'
import { ProductTable } from '@/components/catalog/product-table'
import { Hydrated } from '@/components/shell/hydrated'
import { PageHeader } from '@/components/shell/page-header'
import { PanelBoundary } from '@/components/shell/panel-boundary'
import { makeQueryClient } from '@/components/shell/query-client'
import { UrlSearch } from '@/components/shell/url-search'
import { LinkTabs } from '@/components/ui/link-tabs'
import { PageContainer } from '@/components/ui/page-container'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { pageContext } from '@/lib/auth/context'
import { listProducts } from '@/lib/catalog/list-products'
import { may } from '@/lib/domain/access'
import { parseProductFilters } from '@/lib/domain/catalog-filters'
import { catalogQueries } from '@/lib/query/catalog-queries'

export const metadata: Metadata = { title: 'Catalog' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function CatalogPage({ searchParams }: Props) {
  const filters = parseProductFilters(await searchParams)
  const ctx = await pageContext('catalog.read')
  const client = makeQueryClient()
  void client.prefetchQuery({ ...catalogQueries.list(filters), queryFn: () => listProducts(ctx, filters) })

  return (
    <PageContainer>
      <PageHeader title="Catalog" actions={may(ctx.actor.role, 'product.create') && <NewProduct />} />
      <Hydrated client={client}>
        <LinkTabs
          label="Products by state"
          tabs={[
            { label: 'Active', href: '/catalog', isCurrent: !filters.archived },
            { label: 'Archived', href: '/catalog?archived=true', isCurrent: filters.archived },
          ]}
        />
        <UrlSearch label="Search products" placeholder="Name, description or id" />
        <PanelBoundary key={JSON.stringify(filters)} what="the products" pending={<TableSkeleton />}>
          <ProductTable filters={filters} />
        </PanelBoundary>
      </Hydrated>
    </PageContainer>
  )
}
