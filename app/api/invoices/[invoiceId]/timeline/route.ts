import { readRoute } from '@/lib/actions/read-route'
import { invoiceTimeline } from '@/lib/invoices/invoice-timeline'

export const GET = readRoute<{ invoiceId: string }>('invoices.read', (ctx, { params }) =>
  invoiceTimeline(ctx, params.invoiceId),
)
