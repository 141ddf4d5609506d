import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { InvoicePage } from '@/components/invoices/invoice-page'
import { parseStoppedAt } from '@/components/invoices/invoice-stopped'
import { Hydrated } from '@/components/shell/hydrated'
import { makeQueryClient } from '@/components/shell/query-client'
import { PageContainer } from '@/components/ui/page-container'
import { pageContext } from '@/lib/auth/context'
import { may } from '@/lib/domain/access'
import { getInvoice } from '@/lib/invoices/get-invoice'
import { invoiceTimeline } from '@/lib/invoices/invoice-timeline'
import { invoiceQueries } from '@/lib/query/invoice-queries'

type Props = {
  params: Promise<{ invoiceId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** Once per request, for the title and for the page. */
const load = cache(async (id: string) => {
  const ctx = await pageContext('invoices.read')
  return { ctx, invoice: await getInvoice(ctx, id) }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { invoice } = await load((await params).invoiceId)
  return { title: invoice === null ? 'Not found' : (invoice.number ?? 'Draft invoice') }
}

export default async function OneInvoicePage({ params, searchParams }: Props) {
  const { invoiceId } = await params
  const stoppedAt = parseStoppedAt((await searchParams).stopped)
  const { ctx, invoice } = await load(invoiceId)
  if (invoice === null) notFound()
  const client = makeQueryClient()
  client.setQueryData(invoiceQueries.detail(invoiceId).queryKey, invoice)
  const timeline = invoiceQueries.timeline(invoiceId)
  void client.prefetchQuery({ ...timeline, queryFn: () => invoiceTimeline(ctx, invoiceId) })

  const canShare = may(ctx.actor.role, 'share_link.copy')
  return (
    <PageContainer>
      <Hydrated client={client}>
        <InvoicePage invoiceId={invoiceId} canShare={canShare} stoppedAt={stoppedAt} />
      </Hydrated>
    </PageContainer>
  )
}
