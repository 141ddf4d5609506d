'use client'

import { ObjectLink } from '@/components/shell/object-link'
import { Copyable } from '@/components/ui/copyable'
import { InstantText } from '@/components/ui/instant-text'
import { tableColumns } from '@/components/ui/table-columns'
import type { ActivityRow } from '@/lib/domain/activity-view'
import { activityTitle } from '@/lib/words/activity'

const column = tableColumns<ActivityRow>()

export const activityColumns = column.columns([
  column.accessor('what', {
    header: 'What',
    meta: { phone: 'lead' },
    cell: ({ row: { original: entry } }) => (
      <span className="flex min-w-0 flex-col py-1">
        <span className={entry.outcome === 'failed' ? 'text-urgent' : 'font-medium'}>
          {activityTitle(entry)}
        </span>
        {entry.reason !== null && (
          <span className="wrap-anywhere whitespace-pre-line text-ink-muted">
            <bdi>{entry.reason}</bdi>
          </span>
        )}
        {entry.error !== null && (
          <span className="wrap-anywhere text-ink-muted">{entry.error.message ?? entry.error.code}</span>
        )}
      </span>
    ),
  }),
  column.accessor('by', {
    header: 'Who',
    meta: { phone: 'note' },
    cell: ({ row }) => (
      <span className="wrap-anywhere">
        <bdi>{row.original.by}</bdi>
      </span>
    ),
  }),
  column.accessor('object', {
    header: 'Object',
    meta: { phone: 'note' },
    cell: ({ row }) => <ObjectLink id={row.original.object?.id ?? null} />,
  }),
  column.accessor('requestIds', {
    header: 'Stripe request',
    meta: { phone: 'hidden', isWideOnly: true, isTight: true },
    cell: ({ row }) => <LastRequest ids={row.original.requestIds} />,
  }),
  column.accessor('at', {
    header: 'When',
    meta: { phone: 'figure', isTight: true },
    cell: ({ row }) => (
      <span className="text-ink-muted">
        <InstantText at={row.original.at} />
      </span>
    ),
  }),
])

/** Of an operation in several steps, the one that decided. */
function LastRequest({ ids }: { ids: readonly string[] }) {
  const last = ids.at(-1)
  return last === undefined ? (
    <span className="text-ink-muted">—</span>
  ) : (
    <Copyable text={last} label="Stripe request id" />
  )
}
