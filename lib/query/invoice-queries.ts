import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { formatInvoiceFilters, type InvoiceFilters } from '@/lib/domain/invoice-filters'
import type { InvoiceCounts, InvoiceDetail, InvoiceRow, Page, TimelineEntry } from '@/lib/domain/invoice-view'
import { fetchJson } from './fetch-json'

export const invoiceQueries = {
  list: (filters: InvoiceFilters) =>
    queryOptions({
      queryKey: ['invoices', 'list', filters] as const,
      queryFn: ({ signal }) =>
        fetchJson<Page<InvoiceRow>>(`/api/invoices${formatInvoiceFilters(filters)}`, signal),
    }),
  counts: ({ search, customerId }: Pick<InvoiceFilters, 'search' | 'customerId'>) => {
    const filters: InvoiceFilters = { tab: 'all', search, customerId, after: null }
    return queryOptions({
      queryKey: ['invoices', 'counts', { search, customerId }] as const,
      queryFn: ({ signal }) =>
        fetchJson<InvoiceCounts>(`/api/invoices/counts${formatInvoiceFilters(filters)}`, signal),
      // Tabs keep their figures while the next ones are fetched.
      placeholderData: keepPreviousData,
    })
  },
  detail: (id: string) =>
    queryOptions({
      queryKey: ['invoices', 'detail', id] as const,
      queryFn: ({ signal }) => fetchJson<InvoiceDetail>(`/api/invoices/${encodeURIComponent(id)}`, signal),
    }),
  timeline: (id: string) =>
    queryOptions({
      queryKey: ['invoices', 'timeline', id] as const,
      queryFn: ({ signal }) =>
        fetchJson<TimelineEntry[]>(`/api/invoices/${encodeURIComponent(id)}/timeline`, signal),
    }),
}
