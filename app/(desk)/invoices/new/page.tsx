import type { Metadata } from 'next'
import { InvoiceEditor } from '@/components/invoices/invoice-editor'
import { PageHeader } from '@/components/shell/page-header'
import { PageContainer } from '@/components/ui/page-container'
import { pageContext } from '@/lib/auth/context'
import { getCustomer } from '@/lib/customers/get-customer'
import type { CustomerChoice } from '@/lib/domain/customer-view'

export const metadata: Metadata = { title: 'New invoice' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** `?customer=cus_…` begins with that customer chosen; anything else begins empty. */
export default async function NewInvoicePage({ searchParams }: Props) {
  const ctx = await pageContext('invoice.create')
  const { customer } = await searchParams
  const found = typeof customer === 'string' ? await getCustomer(ctx, customer) : null
  const choice: CustomerChoice | null =
    found === null || found.isDeleted
      ? null
      : { id: found.id, name: found.name, email: found.email, currency: found.currency }

  return (
    <PageContainer>
      <PageHeader title="New invoice" breadcrumb={[{ label: 'Invoices', href: '/invoices' }]} />
      <InvoiceEditor customer={choice} />
    </PageContainer>
  )
}
