import type { Metadata } from 'next'
import { Hydrated } from '@/components/shell/hydrated'
import { PageHeader } from '@/components/shell/page-header'
import { PanelBoundary } from '@/components/shell/panel-boundary'
import { makeQueryClient } from '@/components/shell/query-client'
import { SyncReport } from '@/components/sync/sync-report'
import { PageContainer } from '@/components/ui/page-container'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { pageContext } from '@/lib/auth/context'
import { syncQueries } from '@/lib/query/sync-queries'
import { syncSummary } from '@/lib/sync/sync-summary'

export const metadata: Metadata = { title: 'Sync' }

export default async function SyncPage() {
  const ctx = await pageContext('sync.read')
  const client = makeQueryClient()
  void client.prefetchQuery({ ...syncQueries.summary(), queryFn: () => syncSummary(ctx) })
  return (
    <PageContainer>
      <PageHeader
        title="Sync"
        summary="Whether Duebook shows what Stripe has, and what Stripe has reported."
      />
      <Hydrated client={client}>
        <PanelBoundary what="the state of the copy" pending={<TableSkeleton />}>
          <SyncReport />
        </PanelBoundary>
      </Hydrated>
    </PageContainer>
  )
}
