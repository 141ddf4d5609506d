'use client'

import { useQuery } from '@tanstack/react-query'
import { LinkTabs } from '@/components/ui/link-tabs'
import { useIsHydrated } from '@/components/ui/use-is-hydrated'
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
  const isHydrated = useIsHydrated()
  return (
    <LinkTabs
      label="Invoices by status"
      tabs={invoiceTabs.map((tab) => ({
        label: labels[tab],
        href: `/invoices${formatInvoiceFilters({ ...filters, tab, after: null })}`,
        isCurrent: tab === filters.tab,
        count: isHydrated ? counts?.[tab] : undefined,
        isUrgent: tab === 'past_due',
      }))}
    />
  )
}
