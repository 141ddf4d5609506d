import type { Metadata } from 'next'
import { ActivityFilter } from '@/components/activity/activity-filter'
import { ActivityTable } from '@/components/activity/activity-table'
import { Hydrated } from '@/components/shell/hydrated'
import { PageHeader } from '@/components/shell/page-header'
import { PanelBoundary } from '@/components/shell/panel-boundary'
import { makeQueryClient } from '@/components/shell/query-client'
import { UrlSearch } from '@/components/shell/url-search'
import { PageContainer } from '@/components/ui/page-container'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { pageContext } from '@/lib/auth/context'
import { formatActivityFilters, parseActivityFilters } from '@/lib/domain/activity-filters'
import { activityQueries } from '@/lib/query/activity-queries'
import { listActivity, listPeople } from '@/lib/reports/activity'

export const metadata: Metadata = { title: 'Activity' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ActivityPage({ searchParams }: Props) {
  const filters = parseActivityFilters(await searchParams)
  const ctx = await pageContext('activity.read')
  const client = makeQueryClient()
  void client.prefetchQuery({ ...activityQueries.list(filters), queryFn: () => listActivity(ctx, filters) })
  const people = await listPeople(ctx)

  return (
    <PageContainer>
      <PageHeader title="Activity" summary="What people did here, as the audit trail has it." />
      <Hydrated client={client}>
        <div className="flex flex-wrap items-center gap-3">
          <UrlSearch label="Search the activity" placeholder="Id of an object" />
          <ActivityFilter filters={filters} people={people} />
        </div>
        <PanelBoundary key={formatActivityFilters(filters)} what="the activity" pending={<TableSkeleton />}>
          <ActivityTable filters={filters} />
        </PanelBoundary>
      </Hydrated>
    </PageContainer>
  )
}
