import { queryOptions } from '@tanstack/react-query'
import type { OverviewSummary } from '@/lib/domain/invoice-view'
import { fetchJson } from './fetch-json'

export const overviewQueries = {
  summary: () =>
    queryOptions({
      queryKey: ['overview', 'summary'] as const,
      queryFn: ({ signal }) => fetchJson<OverviewSummary>('/api/overview', signal),
    }),
}
