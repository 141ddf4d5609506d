import type { Metadata } from 'next'
import { InvoiceList } from '@/components/invoices/invoice-list'
import { NewInvoiceLink } from '@/components/invoices/new-invoice-link'
import { Hydrated } from '@/components/shell/hydrated'
import { PageHeader } from '@/components/shell/page-header'
import { makeQueryClient } from '@/components/shell/query-client'
import { PageContainer } from '@/components/ui/page-container'
import { pageContext } from '@/lib/auth/context'
import { may } from '@/lib/domain/access'
import { parseInvoiceFilters } from '@/lib/domain/invoice-filters'
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
        <InvoiceList filters={filters} canCreate={canCreate} />
      </Hydrated>
    </PageContainer>
  )
}
