import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { PriceChoice, ProductDetail, ProductRow } from '@/lib/domain/catalog-view'
import { fetchJson, queryString } from './fetch-json'

type ProductFilters = { archived: boolean; search: string }
type PriceFilters = { search: string; currency: string | null }

export const catalogQueries = {
  list: (filters: ProductFilters) =>
    queryOptions({
      queryKey: ['catalog', 'list', filters] as const,
      queryFn: ({ signal }) => fetchJson<ProductRow[]>(`/api/catalog${queryString(filters)}`, signal),
    }),
  detail: (id: string) =>
    queryOptions({
      queryKey: ['catalog', 'detail', id] as const,
      queryFn: ({ signal }) => fetchJson<ProductDetail>(`/api/catalog/${encodeURIComponent(id)}`, signal),
    }),
  prices: (filters: PriceFilters) =>
    queryOptions({
      queryKey: ['catalog', 'prices', filters] as const,
      queryFn: ({ signal }) => fetchJson<PriceChoice[]>(`/api/catalog/prices${queryString(filters)}`, signal),
      // A picker keeps its choices while the next ones are fetched.
      placeholderData: keepPreviousData,
    }),
}
