import { readRoute } from '@/lib/actions/read-route'
import { listCustomers } from '@/lib/customers/list-customers'

export const GET = readRoute('customers.read', (ctx, { request }) => {
  const query = request.nextUrl.searchParams
  return listCustomers(ctx, { search: query.get('search') ?? '', after: query.get('after') })
})
