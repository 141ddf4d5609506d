'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Pager } from '@/components/ui/pager'
import { type CustomerFilters, formatCustomerFilters } from '@/lib/domain/customer-filters'
import { customerQueries } from '@/lib/query/customer-queries'
import { customerColumns } from './customer-columns'

/** One page of customers, newest first. */
export function CustomerTable({ filters }: { filters: CustomerFilters }) {
  const { data: page } = useSuspenseQuery(customerQueries.list(filters))
  const hrefAt = (after: string | null) => `/customers${formatCustomerFilters({ ...filters, after })}`
  const hasOtherPages = filters.after !== null || page.nextCursor !== null
  return (
    <div className="flex flex-col gap-3">
      <DataTable
        caption="Customers, newest first"
        columns={customerColumns}
        rows={page.rows}
        rowId={(customer) => customer.id}
        rowHref={(customer) => `/customers/${customer.id}`}
        empty={<NoCustomers search={filters.search} />}
      />
      {hasOtherPages && (
        <Pager
          firstHref={filters.after === null ? null : hrefAt(null)}
          nextHref={page.nextCursor === null ? null : hrefAt(page.nextCursor)}
          summary={page.rows.length === 1 ? '1 customer' : `${page.rows.length} customers`}
        />
      )}
    </div>
  )
}

function NoCustomers({ search }: { search: string }) {
  if (search === '') {
    return (
      <EmptyState title="No customers yet">Everybody you bill is a customer here and in Stripe.</EmptyState>
    )
  }
  return (
    <EmptyState
      title={`No customer matches “${search}”`}
      action={<LinkButton href="/customers">Clear the search</LinkButton>}
    >
      Search takes a name, an e-mail address or a Stripe id.
    </EmptyState>
  )
}
