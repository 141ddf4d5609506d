import type { Metadata } from 'next'
import { Overview } from '@/components/reports/overview'
import { Hydrated } from '@/components/shell/hydrated'
import { PageHeader } from '@/components/shell/page-header'
import { PanelBoundary } from '@/components/shell/panel-boundary'
import { makeQueryClient } from '@/components/shell/query-client'
import { PageContainer } from '@/components/ui/page-container'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { pageContext } from '@/lib/auth/context'
import { may } from '@/lib/domain/access'
import { overviewQueries } from '@/lib/query/overview-queries'
import { overview } from '@/lib/reports/overview'

export const metadata: Metadata = { title: 'Overview' }

export default async function OverviewPage() {
  const ctx = await pageContext('overview.read')
  const client = makeQueryClient()
  void client.prefetchQuery({ ...overviewQueries.summary(), queryFn: () => overview(ctx) })
  return (
    <PageContainer>
      <PageHeader title="Overview" />
      <Hydrated client={client}>
        <PanelBoundary what="the overview" pending={<TableSkeleton rows={10} />}>
          <Overview canWrite={may(ctx.actor.role, 'invoice.create')} />
        </PanelBoundary>
      </Hydrated>
    </PageContainer>
  )
}
