import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { formatInvoiceFilters, type InvoiceFilters } from '@/lib/domain/invoice-filters'
import type { InvoiceTab } from '@/lib/domain/invoice-view'
import { NewInvoiceLink } from './new-invoice-link'

const nothingYet: Record<InvoiceTab, { title: string; text: string }> = {
  all: {
    title: 'No invoices yet',
    text: 'Write the first one: choose a customer, add lines, and send it when it is right.',
  },
  draft: {
    title: 'No drafts',
    text: 'An invoice stays a draft until you finalize it. Nobody is billed before.',
  },
  outstanding: {
    title: 'Nothing is outstanding',
    text: 'Every finalized invoice is paid, void or uncollectible.',
  },
  past_due: { title: 'Nothing is past due', text: 'No open invoice has passed its due date.' },
  paid: { title: 'No paid invoices', text: 'An invoice appears here by itself when its payment arrives.' },
  void: {
    title: 'No void invoices',
    text: 'Invoices that were finalized in error and voided are kept here.',
  },
  uncollectible: {
    title: 'No uncollectible invoices',
    text: 'Invoices that you no longer expect to be paid are kept here. They can still be paid.',
  },
}

/** Tells the emptinesses apart: nothing matches, no page this far back, nothing in this tab yet. */
export function InvoiceEmpty({ filters, canCreate }: { filters: InvoiceFilters; canCreate: boolean }) {
  if (filters.after !== null) return <PastTheEnd filters={filters} />
  if (filters.search !== '') return <NothingMatches filters={filters} />
  const { title, text } = nothingYet[filters.tab]
  const isForCustomer = filters.customerId !== null
  return (
    <EmptyState
      title={isForCustomer && filters.tab === 'all' ? 'No invoices for this customer yet' : title}
      action={canCreate && filters.tab === 'all' && <NewInvoiceLink customerId={filters.customerId} />}
    >
      {text}
    </EmptyState>
  )
}

function NothingMatches({ filters }: { filters: InvoiceFilters }) {
  return (
    <EmptyState
      title={`No invoice matches “${filters.search}”`}
      action={
        <LinkButton href={`/invoices${formatInvoiceFilters({ ...filters, search: '' })}`}>
          Clear the search
        </LinkButton>
      }
    >
      {filters.tab === 'all'
        ? 'Search takes an invoice number, a customer’s name or e-mail address, or a Stripe id.'
        : 'Other tabs may have it: the search looks only in this one.'}
    </EmptyState>
  )
}

function PastTheEnd({ filters }: { filters: InvoiceFilters }) {
  return (
    <EmptyState
      title="No older invoices"
      action={
        <LinkButton href={`/invoices${formatInvoiceFilters({ ...filters, after: null })}`}>
          Back to the newest
        </LinkButton>
      }
    >
      The list ends before this page.
    </EmptyState>
  )
}
