'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { PageHeader } from '@/components/shell/page-header'
import { PanelBoundary } from '@/components/shell/panel-boundary'
import { Banner } from '@/components/ui/banner'
import { InvoiceBadge } from '@/components/ui/invoice-badge'
import { LinkButton } from '@/components/ui/link-button'
import { Panel } from '@/components/ui/panel'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { HttpError } from '@/lib/query/fetch-json'
import { invoiceQueries } from '@/lib/query/invoice-queries'
import { InvoiceActions } from './invoice-actions'
import { InvoiceDocument } from './invoice-document'
import { InvoiceFacts } from './invoice-facts'
import { InvoicePayments } from './invoice-payments'
import { InvoiceStanding } from './invoice-standing'
import { InvoiceStopped, isStillStopped, type StoppedAt } from './invoice-stopped'
import { InvoiceTimeline } from './invoice-timeline'
import { customerOf } from './invoice-title'
import { ShareLink } from './share-link'

export type InvoicePageProps = { invoiceId: string; canShare: boolean; stoppedAt: StoppedAt | null }

/** An invoice as it is now: it follows the mirror by itself. */
export function InvoicePage({ invoiceId, canShare, stoppedAt }: InvoicePageProps) {
  const { data: invoice, error } = useSuspenseQuery(invoiceQueries.detail(invoiceId))
  const isGone = error instanceof HttpError && error.status === 404
  return (
    <>
      <PageHeader
        breadcrumb={[{ label: 'Invoices', href: '/invoices' }]}
        title={invoice.number ?? `Draft for ${customerOf(invoice)}`}
        status={<InvoiceBadge badge={invoice.badge} />}
        actions={<InvoiceActions invoice={invoice} isGone={isGone} />}
      />
      {isGone && (
        <Banner
          tone="warning"
          title="This draft was deleted"
          action={<LinkButton href="/invoices">All invoices</LinkButton>}
        >
          What you see is its last state. Nobody was billed by it.
        </Banner>
      )}
      {stoppedAt !== null && isStillStopped(invoice, stoppedAt) && <InvoiceStopped step={stoppedAt} />}
      <InvoiceStanding invoice={invoice} />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(0,5fr)_minmax(0,3fr)] lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-8">
          <InvoiceDocument invoice={invoice} />
          {invoice.payments.length > 0 && <InvoicePayments invoice={invoice} />}
        </div>
        <div className="flex min-w-0 flex-col gap-8 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <InvoiceFacts invoice={invoice} />
          <ShareLink invoice={invoice} canShare={canShare} />
        </div>
        <Panel title="Timeline">
          <PanelBoundary what="the timeline" pending={<TableSkeleton rows={3} columns={2} />}>
            <InvoiceTimeline invoiceId={invoiceId} />
          </PanelBoundary>
        </Panel>
      </div>
    </>
  )
}
