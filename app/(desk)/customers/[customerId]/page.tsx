import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { CustomerPage } from '@/components/customers/customer-page'
import { Hydrated } from '@/components/shell/hydrated'
import { makeQueryClient } from '@/components/shell/query-client'
import { pageContext } from '@/lib/auth/context'
import { getCustomer } from '@/lib/customers/get-customer'
import { listInvoices } from '@/lib/invoices/list-invoices'
import { customerQueries } from '@/lib/query/customer-queries'
import { invoiceQueries } from '@/lib/query/invoice-queries'

export const metadata: Metadata = { title: 'Customer' }

type Props = { params: Promise<{ customerId: string }> }

export default async function CustomerRoute({ params }: Props) {
  const { customerId } = await params
  const ctx = await pageContext('customers.read')
  // Awaited, because only then it is known whether the page exists.
  const customer = await getCustomer(ctx, customerId)
  if (!customer) notFound()
  const filters = { tab: 'all' as const, search: '', customerId, after: null }
  const client = makeQueryClient()
  client.setQueryData(customerQueries.detail(customerId).queryKey, customer)
  void client.prefetchQuery({ ...invoiceQueries.list(filters), queryFn: () => listInvoices(ctx, filters) })
  return (
    <Hydrated client={client}>
      <CustomerPage customerId={customerId} role={ctx.actor.role} />
    </Hydrated>
  )
}
