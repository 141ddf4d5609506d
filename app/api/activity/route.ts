import { readRoute } from '@/lib/actions/read-route'
import { parseActivityFilters } from '@/lib/domain/activity-filters'
import { listActivity } from '@/lib/reports/activity'

export const GET = readRoute('activity.read', (ctx, { request }) =>
  listActivity(ctx, parseActivityFilters(Object.fromEntries(request.nextUrl.searchParams))),
)
