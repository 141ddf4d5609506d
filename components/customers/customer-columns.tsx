'use client'

import { EmailText } from '@/components/ui/email-text'
import { InstantText } from '@/components/ui/instant-text'
import { Money } from '@/components/ui/money'
import { tableColumns } from '@/components/ui/table-columns'
import type { CustomerRow } from '@/lib/domain/customer-view'

const column = tableColumns<CustomerRow>()

export const customerColumns = column.columns([
  column.accessor('name', {
    header: 'Customer',
    meta: { phone: 'lead', isRowLink: true },
    cell: ({ row: { original: customer } }) => (
      <span className="line-clamp-2 wrap-anywhere">
        <bdi>{customer.name ?? customer.email ?? 'Customer without a name'}</bdi>
      </span>
    ),
  }),
  column.accessor('email', {
    header: 'E-mail',
    meta: { phone: 'note' },
    cell: ({ row: { original: customer } }) =>
      customer.email !== null && (
        <span className="text-ink-muted">
          <EmailText email={customer.email} />
        </span>
      ),
  }),
  column.accessor('open', {
    header: 'Open',
    meta: { phone: 'figure', align: 'end', isTight: true },
    cell: ({ row }) => <OpenAmounts open={row.original.open} />,
  }),
  column.accessor('createdAt', {
    header: 'Created',
    meta: { phone: 'hidden', isTight: true },
    cell: ({ row }) => (
      <span className="text-ink-muted">
        <InstantText at={row.original.createdAt} />
      </span>
    ),
  }),
])

/** One amount per currency, never added. */
export function OpenAmounts({ open }: Pick<CustomerRow, 'open'>) {
  if (open.length === 0) return <span className="text-ink-muted">None</span>
  return (
    <span className="flex flex-col">
      {open.map(({ currency, amount }) => (
        <Money key={currency} minor={amount} currency={currency} hasCode />
      ))}
    </span>
  )
}
