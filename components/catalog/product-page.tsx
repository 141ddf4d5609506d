'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { Archive, CircleCheck } from 'lucide-react'
import { PageHeader } from '@/components/shell/page-header'
import { Copyable } from '@/components/ui/copyable'
import { DataTable } from '@/components/ui/data-table'
import { DescriptionList } from '@/components/ui/description-list'
import { EmptyState } from '@/components/ui/empty-state'
import { InstantText } from '@/components/ui/instant-text'
import { PageContainer } from '@/components/ui/page-container'
import { Panel } from '@/components/ui/panel'
import { StatusBadge } from '@/components/ui/status-badge'
import { may, type Role } from '@/lib/domain/access'
import { catalogQueries } from '@/lib/query/catalog-queries'
import { NewPrice } from './new-price'
import { priceColumns, readerPriceColumns } from './price-columns'
import { ProductState } from './product-state'

/** A product with its prices. Changes by itself. */
export function ProductPage({ productId, role }: { productId: string; role: Role }) {
  const { data: product } = useSuspenseQuery(catalogQueries.detail(productId))
  const canAddPrice = product.isActive && may(role, 'price.create')
  return (
    <PageContainer>
      <PageHeader
        title={product.name}
        breadcrumb={[{ label: 'Catalog', href: '/catalog' }]}
        status={
          product.isActive ? (
            <StatusBadge tone="positive" icon={CircleCheck} label="Active" />
          ) : (
            <StatusBadge tone="neutral" icon={Archive} label="Archived" />
          )
        }
        actions={may(role, 'product.archive') && <ProductState product={product} />}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_18rem] gap-8 max-lg:grid-cols-1">
        <Panel title="Prices" action={canAddPrice && <NewPrice productId={product.id} />}>
          <DataTable
            caption={`Prices of ${product.name}`}
            columns={may(role, 'price.archive') ? priceColumns : readerPriceColumns}
            rows={product.prices}
            rowId={(price) => price.id}
            empty={
              <EmptyState title="No prices yet">
                Add one, and the product can be put on invoices. One-off amounts need no price.
              </EmptyState>
            }
          />
        </Panel>
        <Panel title="Details">
          <DescriptionList
            layout="stack"
            items={[
              { term: 'Description', detail: product.description ?? '—' },
              { term: 'Created', detail: <InstantText at={product.createdAt} /> },
              { term: 'Product id', detail: <Copyable text={product.id} label="product id" /> },
            ]}
          />
        </Panel>
      </div>
    </PageContainer>
  )
}
