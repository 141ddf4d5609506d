'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { InvoiceTable } from '@/components/invoices/invoice-table'
import { PageHeader } from '@/components/shell/page-header'
import { PanelBoundary } from '@/components/shell/panel-boundary'
import { Banner } from '@/components/ui/banner'
import { Copyable } from '@/components/ui/copyable'
import { DescriptionList } from '@/components/ui/description-list'
import { EmailText } from '@/components/ui/email-text'
import { InstantText } from '@/components/ui/instant-text'
import { LinkButton } from '@/components/ui/link-button'
import { PageContainer } from '@/components/ui/page-container'
import { Panel } from '@/components/ui/panel'
import { TableSkeleton } from '@/components/ui/table-skeleton'
import { may, type Role } from '@/lib/domain/access'
import type { CustomerDetail } from '@/lib/domain/customer-view'
import { formatMoney } from '@/lib/domain/money'
import { customerQueries } from '@/lib/query/customer-queries'
import { OpenAmounts } from './customer-columns'

/** A customer's facts and invoices. Changes by itself. */
export function CustomerPage({ customerId, role }: { customerId: string; role: Role }) {
  const { data: customer } = useSuspenseQuery(customerQueries.detail(customerId))
  const canBill = !customer.isDeleted && may(role, 'invoice.create')
  return (
    <PageContainer>
      <PageHeader
        title={customer.name ?? customer.email ?? 'Customer without a name'}
        breadcrumb={[{ label: 'Customers', href: '/customers' }]}
        actions={
          canBill && (
            <LinkButton variant="primary" href={`/invoices/new?customer=${customer.id}`}>
              New invoice
            </LinkButton>
          )
        }
      />
      {customer.isDeleted && (
        <Banner tone="warning" title="This customer was deleted in Stripe">
          The details below are the last ones known. Its invoices stay; new ones cannot be written.
        </Banner>
      )}
      <div className="grid grid-cols-[minmax(0,1fr)_18rem] gap-8 max-lg:grid-cols-1">
        <Panel title="Invoices">
          <PanelBoundary what="the invoices" pending={<TableSkeleton />}>
            <InvoiceTable filters={{ tab: 'all', search: '', customerId: customer.id, after: null }} />
          </PanelBoundary>
        </Panel>
        <Panel title="Details">
          <DescriptionList layout="stack" items={facts(customer)} />
        </Panel>
      </div>
    </PageContainer>
  )
}

const facts = (customer: CustomerDetail) => [
  { term: 'Open now', detail: <OpenAmounts open={customer.open} /> },
  {
    term: 'E-mail address',
    detail: customer.email === null ? 'None: invoices cannot be sent' : <EmailText email={customer.email} />,
  },
  { term: 'Description', detail: customer.description ?? '—' },
  {
    term: 'Currency',
    detail: customer.currency?.toUpperCase() ?? 'Set by the first invoice',
  },
  { term: 'Balance', detail: balanceWords(customer) },
  { term: 'Created', detail: <InstantText at={customer.createdAt} /> },
  { term: 'Customer id', detail: <Copyable text={customer.id} label="customer id" /> },
]

/** Stripe's sign in words: negative is the customer's credit. */
function balanceWords({ balance, currency }: CustomerDetail): string {
  if (balance === 0 || currency === null) return 'None'
  return balance < 0
    ? `Credit of ${formatMoney(-balance, currency)}, used by the next invoice`
    : `Owes ${formatMoney(balance, currency)}, added to the next invoice`
}
