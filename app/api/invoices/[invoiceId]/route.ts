import { readRoute } from '@/lib/actions/read-route'
import { getInvoice } from '@/lib/invoices/get-invoice'

export const GET = readRoute<{ invoiceId: string }>('invoices.read', (ctx, { params }) =>
  getInvoice(ctx, params.invoiceId),
)
