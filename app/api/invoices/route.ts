import { readRoute } from '@/lib/actions/read-route'
import { parseInvoiceFilters } from '@/lib/domain/invoice-filters'
import { listInvoices } from '@/lib/invoices/list-invoices'

export const GET = readRoute('invoices.read', (ctx, { request }) =>
  listInvoices(ctx, parseInvoiceFilters(Object.fromEntries(request.nextUrl.searchParams))),
)
