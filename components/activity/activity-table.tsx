'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Pager } from '@/components/ui/pager'
import { type ActivityFilters, formatActivityFilters } from '@/lib/domain/activity-filters'
import { activityQueries } from '@/lib/query/activity-queries'
import { activityColumns } from './activity-columns'

/** One page of what people did, newest first. */
export function ActivityTable({ filters }: { filters: ActivityFilters }) {
  const { data: page } = useSuspenseQuery(activityQueries.list(filters))
  const hrefAt = (after: string | null) => `/activity${formatActivityFilters({ ...filters, after })}`
  const hasOtherPages = filters.after !== null || page.nextCursor !== null
  return (
    <div className="flex flex-col gap-3">
      <DataTable
        caption="What people did, newest first"
        columns={activityColumns}
        rows={page.rows}
        rowId={({ seq }) => String(seq)}
        empty={<NoActivity isFiltered={formatActivityFilters({ ...filters, after: null }) !== ''} />}
      />
      {hasOtherPages && (
        <Pager
          firstHref={filters.after === null ? null : hrefAt(null)}
          nextHref={page.nextCursor === null ? null : hrefAt(page.nextCursor)}
          summary={page.rows.length === 1 ? '1 entry' : `${page.rows.length} entries`}
        />
      )}
    </div>
  )
}

function NoActivity({ isFiltered }: { isFiltered: boolean }) {
  if (!isFiltered) {
    return (
      <EmptyState title="Nobody has done anything yet">
        Whatever somebody does here stays on record: who, when, why, and what Stripe said.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="Nothing on record matches"
      action={<LinkButton href="/activity">Show everything</LinkButton>}
    >
      The search takes the id of an object, such as in_…, or of an operation.
    </EmptyState>
  )
}
