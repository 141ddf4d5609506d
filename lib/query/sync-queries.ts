import { queryOptions } from '@tanstack/react-query'
import type { SyncSummary } from '@/lib/domain/sync-view'
import { fetchJson } from './fetch-json'

export const syncQueries = {
  summary: () =>
    queryOptions({
      queryKey: ['sync', 'summary'] as const,
      queryFn: ({ signal }) => fetchJson<SyncSummary>('/api/sync', signal),
    }),
}
