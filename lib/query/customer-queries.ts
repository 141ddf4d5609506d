import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { CustomerChoice, CustomerDetail, CustomerRow } from '@/lib/domain/customer-view'
import type { Page } from '@/lib/domain/invoice-view'
import { fetchJson, queryString } from './fetch-json'

type CustomerFilters = { search: string; after: string | null }

export const customerQueries = {
  list: (filters: CustomerFilters) =>
    queryOptions({
      queryKey: ['customers', 'list', filters] as const,
      queryFn: ({ signal }) => fetchJson<Page<CustomerRow>>(`/api/customers${queryString(filters)}`, signal),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: ['customers', 'detail', id] as const,
      queryFn: ({ signal }) => fetchJson<CustomerDetail>(`/api/customers/${encodeURIComponent(id)}`, signal),
    }),
  choices: (filters: { search: string }) =>
    queryOptions({
      queryKey: ['customers', 'choices', filters] as const,
      queryFn: ({ signal }) =>
        fetchJson<CustomerChoice[]>(`/api/customers/choices${queryString(filters)}`, signal),
      // A picker keeps its choices while the next ones are fetched.
      placeholderData: keepPreviousData,
    }),
}
