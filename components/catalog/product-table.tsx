'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { catalogQueries } from '@/lib/query/catalog-queries'
import { productColumns } from './product-columns'

type Filters = { archived: boolean; search: string }

/** The products, newest first. */
export function ProductTable({ filters }: { filters: Filters }) {
  const { data: products } = useSuspenseQuery(catalogQueries.list(filters))
  return (
    <DataTable
      caption={filters.archived ? 'Archived products' : 'Active products'}
      columns={productColumns}
      rows={products}
      rowId={(product) => product.id}
      rowHref={(product) => `/catalog/${product.id}`}
      empty={<NoProducts {...filters} />}
    />
  )
}

function NoProducts({ archived, search }: Filters) {
  if (search !== '') {
    return (
      <EmptyState
        title={`No product matches “${search}”`}
        action={
          <LinkButton href={archived ? '/catalog?archived=true' : '/catalog'}>Clear the search</LinkButton>
        }
      >
        Search takes a product’s name, description or id.
      </EmptyState>
    )
  }
  if (archived) {
    return (
      <EmptyState title="Nothing is archived">
        Archived products keep their invoices but cannot be put on new ones.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No products yet">
      A product is what you sell; its price goes on invoices. One-off amounts need no product.
    </EmptyState>
  )
}
