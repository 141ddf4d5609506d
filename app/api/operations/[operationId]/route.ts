import { readRoute } from '@/lib/actions/read-route'
import { operationStanding } from '@/lib/operations/operation-standing'

export const GET = readRoute<{ operationId: string }>('overview.read', (ctx, { params }) =>
  operationStanding(ctx, params.operationId),
)
