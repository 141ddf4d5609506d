import { readRoute } from '@/lib/actions/read-route'
import { syncSummary } from '@/lib/sync/sync-summary'

export const GET = readRoute('sync.read', syncSummary)
