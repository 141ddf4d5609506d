import { readRoute } from '@/lib/actions/read-route'
import { searchCustomers } from '@/lib/customers/search-customers'

export const GET = readRoute('customers.read', (ctx, { request }) =>
  searchCustomers(ctx, { search: request.nextUrl.searchParams.get('search') ?? '' }),
)
