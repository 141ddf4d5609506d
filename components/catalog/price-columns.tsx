'use client'

import { Copyable } from '@/components/ui/copyable'
import { InstantText } from '@/components/ui/instant-text'
import { tableColumns } from '@/components/ui/table-columns'
import type { PriceView } from '@/lib/domain/catalog-view'
import { ArchivePrice } from './archive-price'
import { UnitPrice } from './unit-price'

const column = tableColumns<PriceView>()

const facts = column.columns([
  column.accessor('unitAmountDecimal', {
    header: 'Price',
    meta: { phone: 'lead', isTight: true },
    cell: ({ row }) => (
      <span className="font-medium">
        <UnitPrice price={row.original} />
      </span>
    ),
  }),
  column.accessor('nickname', {
    header: 'Note',
    meta: { phone: 'note' },
    cell: ({ row: { original: price } }) => (
      <span className="line-clamp-2 wrap-anywhere text-ink-muted">
        {[price.isDefault && 'Default', !price.isActive && 'Archived', price.nickname]
          .filter(Boolean)
          .join(' · ')}
      </span>
    ),
  }),
  column.accessor('id', {
    header: 'Price id',
    meta: { phone: 'note', isTight: true },
    cell: ({ row }) => (
      <span className="inline-flex max-w-44">
        <Copyable text={row.original.id} label="price id" />
      </span>
    ),
  }),
  column.accessor('createdAt', {
    header: 'Created',
    meta: { phone: 'hidden', isTight: true, isWideOnly: true },
    cell: ({ row }) => (
      <span className="text-ink-muted">
        <InstantText at={row.original.createdAt} />
      </span>
    ),
  }),
])

export const readerPriceColumns = facts

export const priceColumns = [
  ...facts,
  column.display({
    id: 'actions',
    header: () => <span className="sr-only">Actions</span>,
    meta: { phone: 'figure', align: 'end', isTight: true },
    cell: ({ row }) => (row.original.isActive ? <ArchivePrice price={row.original} /> : null),
  }),
]
