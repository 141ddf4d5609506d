import { readRoute } from '@/lib/actions/read-route'
import { getCustomer } from '@/lib/customers/get-customer'

export const GET = readRoute<{ customerId: string }>('customers.read', (ctx, { params }) =>
  getCustomer(ctx, params.customerId),
)
