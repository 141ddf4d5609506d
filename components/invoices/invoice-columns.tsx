'use client'

import { DueDateText } from '@/components/ui/due-date-text'
import { InstantText } from '@/components/ui/instant-text'
import { InvoiceBadge } from '@/components/ui/invoice-badge'
import { Money } from '@/components/ui/money'
import { tableColumns } from '@/components/ui/table-columns'
import type { InvoiceRow } from '@/lib/domain/invoice-view'

const column = tableColumns<InvoiceRow>()

export const invoiceColumns = column.columns([
  column.accessor('number', {
    header: 'Number',
    meta: { phone: 'note', isTight: true, isRowLink: true },
    cell: ({ row }) => <InvoiceNumber number={row.original.number} />,
  }),
  column.display({
    id: 'customer',
    header: 'Customer',
    meta: { phone: 'lead' },
    cell: ({ row }) => <CustomerCell invoice={row.original} />,
  }),
  column.accessor('total', {
    header: 'Amount',
    meta: { phone: 'figure', align: 'end', isTight: true },
    cell: ({ row: { original: invoice } }) => (
      <Money
        minor={invoice.total}
        currency={invoice.currency}
        look={invoice.status === 'void' ? 'struck' : 'plain'}
        hasCode
      />
    ),
  }),
  column.accessor('badge', {
    header: 'Status',
    meta: { phone: 'state', isTight: true },
    cell: ({ row }) => <InvoiceBadge badge={row.original.badge} />,
  }),
  column.accessor('dueOn', {
    header: 'Due',
    meta: { phone: 'note', isTight: true },
    cell: ({ row: { original: invoice } }) => (
      <DueDateText
        due={invoice.dueOn}
        isLate={invoice.badge === 'past_due'}
        isDateOnly={invoice.status !== 'open'}
      />
    ),
  }),
  column.accessor('createdAt', {
    header: 'Created',
    meta: { phone: 'hidden', isTight: true, isWideOnly: true },
    cell: ({ row }) => (
      <span className="text-ink-muted">
        <InstantText at={row.original.createdAt} />
      </span>
    ),
  }),
])

/** For one customer's invoices: the number leads where the customer would. */
export const customersInvoiceColumns = invoiceColumns
  .filter(({ id }) => id !== 'customer')
  .map((given) =>
    given.meta?.isRowLink ? { ...given, meta: { ...given.meta, phone: 'lead' as const } } : given,
  )

/** A draft has no number before it is finalized. */
function InvoiceNumber({ number }: { number: string | null }) {
  if (number === null) return <span className="text-ink-muted">Draft</span>
  return <span className="font-mono">{number}</span>
}

function CustomerCell({ invoice }: { invoice: InvoiceRow }) {
  const { customerName, customerEmail } = invoice
  const [first, second] = customerName === null ? [customerEmail, null] : [customerName, customerEmail]
  return (
    <span className="flex min-w-0 flex-col">
      <span className="line-clamp-2 wrap-anywhere font-medium">
        <bdi>{first ?? 'Customer without a name'}</bdi>
      </span>
      {second !== null && (
        <span className="line-clamp-1 wrap-anywhere text-ink-muted text-xs max-sm:hidden">{second}</span>
      )}
    </span>
  )
}
