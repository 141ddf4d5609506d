'use client'

import { InstantText } from '@/components/ui/instant-text'
import { tableColumns } from '@/components/ui/table-columns'
import type { ProductRow } from '@/lib/domain/catalog-view'
import { UnitPrice } from './unit-price'

const column = tableColumns<ProductRow>()

export const productColumns = column.columns([
  column.accessor('name', {
    header: 'Product',
    meta: { phone: 'lead', isRowLink: true },
    cell: ({ row }) => (
      <span className="line-clamp-2 wrap-anywhere">
        <bdi>{row.original.name}</bdi>
      </span>
    ),
  }),
  column.accessor('description', {
    header: 'Description',
    meta: { phone: 'note', isWideOnly: true },
    cell: ({ row }) => (
      <span className="line-clamp-1 wrap-anywhere text-ink-muted">{row.original.description}</span>
    ),
  }),
  column.accessor('defaultPrice', {
    header: 'Default price',
    meta: { phone: 'figure', align: 'end', isTight: true },
    cell: ({ row: { original: product } }) =>
      product.defaultPrice === null ? (
        <span className="text-ink-muted">None</span>
      ) : (
        <UnitPrice price={product.defaultPrice} />
      ),
  }),
  column.accessor('activePriceCount', {
    header: 'Prices',
    meta: { phone: 'hidden', align: 'end', isTight: true },
  }),
  column.accessor('createdAt', {
    header: 'Created',
    meta: { phone: 'hidden', isTight: true },
    cell: ({ row }) => (
      <span className="text-ink-muted">
        <InstantText at={row.original.createdAt} />
      </span>
    ),
  }),
])
