import { readRoute } from '@/lib/actions/read-route'
import { overview } from '@/lib/reports/overview'

export const GET = readRoute('overview.read', (ctx) => overview(ctx))
