import { queryOptions } from '@tanstack/react-query'
import { type ActivityFilters, formatActivityFilters } from '@/lib/domain/activity-filters'
import type { ActivityPage } from '@/lib/domain/activity-view'
import { fetchJson } from './fetch-json'

export const activityQueries = {
  list: (filters: ActivityFilters) =>
    queryOptions({
      queryKey: ['activity', 'list', filters] as const,
      queryFn: ({ signal }) =>
        fetchJson<ActivityPage>(`/api/activity${formatActivityFilters(filters)}`, signal),
    }),
}
