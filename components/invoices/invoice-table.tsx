'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { DataTable } from '@/components/ui/data-table'
import { Pager } from '@/components/ui/pager'
import { formatInvoiceFilters, type InvoiceFilters } from '@/lib/domain/invoice-filters'
import { invoiceQueries } from '@/lib/query/invoice-queries'
import { customersInvoiceColumns, invoiceColumns } from './invoice-columns'
import { InvoiceEmpty } from './invoice-empty'

export type InvoiceTableProps = {
  filters: InvoiceFilters
  /** Offers the first invoice where there is none. */
  canCreate?: boolean
}

/** One page of invoices, newest first, that changes by itself. Older pages open in the invoice list. */
export function InvoiceTable({ filters, canCreate = false }: InvoiceTableProps) {
  const { data: page } = useSuspenseQuery(invoiceQueries.list(filters))
  const hrefAt = (after: string | null) => `/invoices${formatInvoiceFilters({ ...filters, after })}`
  const hasOtherPages = filters.after !== null || page.nextCursor !== null

  return (
    <div className="flex flex-col gap-3">
      <DataTable
        caption="Invoices, newest first"
        // On a customer's own list the customer goes without saying.
        columns={filters.customerId === null ? invoiceColumns : customersInvoiceColumns}
        rows={page.rows}
        rowId={(invoice) => invoice.id}
        rowHref={(invoice) => `/invoices/${invoice.id}`}
        empty={<InvoiceEmpty filters={filters} canCreate={canCreate} />}
      />
      {hasOtherPages && (
        <Pager
          firstHref={filters.after === null ? null : hrefAt(null)}
          nextHref={page.nextCursor === null ? null : hrefAt(page.nextCursor)}
          summary={page.rows.length === 1 ? '1 invoice' : `${page.rows.length} invoices`}
        />
      )}
    </div>
  )
}
