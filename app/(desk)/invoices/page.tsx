import type { Metadata } from 'next'
import { CustomerFilter } from '@/components/invoices/customer-filter'
import { InvoiceTable } from '@/components/invoices/invoice-table'
import { InvoiceTabs } from '@/components/invoices/invoice-tabs'
import { NewInvoiceLink } from '@/components/invoices/new-invoice-link'
import { Hydrated } from '@/components/shell/hydrated'
import { PageHeader } from '@/components/shell/page-header'
import { PanelBoundary } from '@/components/shell/panel-boundary'
import { makeQueryClient } from '@/components/shell/query-client'
import { UrlSearch } from '@/components/shell/url-search'
import { PageContainer } from '@/components/ui/page-container'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { pageContext } from '@/lib/auth/context'
import { may } from '@/lib/domain/access'
import { formatInvoiceFilters, parseInvoiceFilters } from '@/lib/domain/invoice-filters'
import { countInvoices } from '@/lib/invoices/count-invoices'
import { listInvoices } from '@/lib/invoices/list-invoices'
import { invoiceQueries } from '@/lib/query/invoice-queries'

export const metadata: Metadata = { title: 'Invoices' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function InvoicesPage({ searchParams }: Props) {
  const filters = parseInvoiceFilters(await searchParams)
  const scope = { search: filters.search, customerId: filters.customerId }
  const ctx = await pageContext('invoices.read')
  const client = makeQueryClient()
  void client.prefetchQuery({ ...invoiceQueries.list(filters), queryFn: () => listInvoices(ctx, filters) })
  void client.prefetchQuery({ ...invoiceQueries.counts(scope), queryFn: () => countInvoices(ctx, scope) })

  const canCreate = may(ctx.actor.role, 'invoice.create')

  return (
    <PageContainer>
      <PageHeader
        title="Invoices"
        actions={canCreate && <NewInvoiceLink customerId={filters.customerId} />}
      />
      <Hydrated client={client}>
        <InvoiceTabs filters={filters} />
        <div className="flex flex-wrap items-center gap-3">
          <UrlSearch label="Search invoices" placeholder="Number, customer, e-mail or id" />
          {filters.customerId !== null && (
            <CustomerFilter filters={filters} customerId={filters.customerId} />
          )}
        </div>
        <PanelBoundary key={formatInvoiceFilters(filters)} what="the invoices" pending={<TableSkeleton />}>
          <InvoiceTable filters={filters} canCreate={canCreate} />
        </PanelBoundary>
      </Hydrated>
    </PageContainer>
  )
}
