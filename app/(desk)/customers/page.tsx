import type { Metadata } from 'next'
import { CustomerTable } from '@/components/customers/customer-table'
import { NewCustomer } from '@/components/customers/new-customer'
import { Hydrated } from '@/components/shell/hydrated'
import { PageHeader } from '@/components/shell/page-header'
import { PanelBoundary } from '@/components/shell/panel-boundary'
import { makeQueryClient } from '@/components/shell/query-client'
import { UrlSearch } from '@/components/shell/url-search'
import { PageContainer } from '@/components/ui/page-container'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { pageContext } from '@/lib/auth/context'
import { listCustomers } from '@/lib/customers/list-customers'
import { may } from '@/lib/domain/access'
import { formatCustomerFilters, parseCustomerFilters } from '@/lib/domain/customer-filters'
import { customerQueries } from '@/lib/query/customer-queries'

export const metadata: Metadata = { title: 'Customers' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function CustomersPage({ searchParams }: Props) {
  const filters = parseCustomerFilters(await searchParams)
  const ctx = await pageContext('customers.read')
  const client = makeQueryClient()
  void client.prefetchQuery({ ...customerQueries.list(filters), queryFn: () => listCustomers(ctx, filters) })

  return (
    <PageContainer>
      <PageHeader title="Customers" actions={may(ctx.actor.role, 'customer.create') && <NewCustomer />} />
      <Hydrated client={client}>
        <UrlSearch label="Search customers" placeholder="Name, e-mail or id" />
        <PanelBoundary key={formatCustomerFilters(filters)} what="the customers" pending={<TableSkeleton />}>
          <CustomerTable filters={filters} />
        </PanelBoundary>
      </Hydrated>
    </PageContainer>
  )
}
