'use client'

import { useQuery } from '@tanstack/react-query'
import { LinkTabs } from '@/components/ui/link-tabs'
import { formatInvoiceFilters, type InvoiceFilters } from '@/lib/domain/invoice-filters'
import { type InvoiceTab, invoiceTabs } from '@/lib/domain/invoice-view'
import { invoiceQueries } from '@/lib/query/invoice-queries'

const labels: Record<InvoiceTab, string> = {
  all: 'All',
  draft: 'Draft',
  outstanding: 'Outstanding',
  past_due: 'Past due',
  paid: 'Paid',
  void: 'Void',
  uncollectible: 'Uncollectible',
}

/** The list by status. The tabs work before their counts are there, and without them. */
export function InvoiceTabs({ filters }: { filters: InvoiceFilters }) {
  const { search, customerId } = filters
  const { data: counts } = useQuery(invoiceQueries.counts({ search, customerId }))
  return (
    <LinkTabs
      label="Invoices by status"
      tabs={invoiceTabs.map((tab) => ({
        label: labels[tab],
        href: `/invoices${formatInvoiceFilters({ ...filters, tab, after: null })}`,
        isCurrent: tab === filters.tab,
        count: counts?.[tab],
        isUrgent: tab === 'past_due',
      }))}
    />
  )
}
