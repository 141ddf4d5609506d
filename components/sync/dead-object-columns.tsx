'use client'

import { InstantText } from '@/components/ui/instant-text'
import { tableColumns } from '@/components/ui/table-columns'
import type { DeadObjectRow } from '@/lib/domain/sync-view'

const column = tableColumns<DeadObjectRow>()

export const deadObjectColumns = column.columns([
  column.accessor('id', {
    header: 'Object',
    meta: { phone: 'lead' },
    cell: ({ row }) => <span className="wrap-anywhere font-mono">{row.original.id}</span>,
  }),
  column.accessor('lastError', {
    header: 'What stopped it',
    meta: { phone: 'note' },
    cell: ({ row: { original: object } }) => (
      <span className="wrap-anywhere">
        {object.lastError} <span className="text-ink-muted">({object.attempts} tries)</span>
      </span>
    ),
  }),
  column.accessor('since', {
    header: 'Since',
    meta: { phone: 'figure', isTight: true },
    cell: ({ row }) => <InstantText at={row.original.since} />,
  }),
])
