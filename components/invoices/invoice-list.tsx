'use client'

import { PanelBoundary } from '@/components/shell/panel-boundary'
import { UrlSearch } from '@/components/shell/url-search'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { formatInvoiceFilters, type InvoiceFilters } from '@/lib/domain/invoice-filters'
import { CustomerFilter } from './customer-filter'
import { InvoiceTable } from './invoice-table'
import { InvoiceTabs } from './invoice-tabs'

/** All invoices by status, with what narrows them. Everything that it shows is in the URL. */
export function InvoiceList({ filters, canCreate }: { filters: InvoiceFilters; canCreate: boolean }) {
  return (
    <>
      <InvoiceTabs filters={filters} />
      <div className="flex flex-wrap items-center gap-3">
        <UrlSearch label="Search invoices" placeholder="Number, customer, e-mail or id" />
        {filters.customerId !== null && <CustomerFilter filters={filters} customerId={filters.customerId} />}
      </div>
      <PanelBoundary key={formatInvoiceFilters(filters)} what="the invoices" pending={<TableSkeleton />}>
        <InvoiceTable filters={filters} canCreate={canCreate} />
      </PanelBoundary>
    </>
  )
}
