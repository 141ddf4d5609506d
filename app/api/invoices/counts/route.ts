import { readRoute } from '@/lib/actions/read-route'
import { parseInvoiceFilters } from '@/lib/domain/invoice-filters'
import { countInvoices } from '@/lib/invoices/count-invoices'

export const GET = readRoute('invoices.read', (ctx, { request }) =>
  countInvoices(ctx, parseInvoiceFilters(Object.fromEntries(request.nextUrl.searchParams))),
)
