'use client'

import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import Link from 'next/link'
import { formatInvoiceFilters, type InvoiceFilters } from '@/lib/domain/invoice-filters'
import { customerQueries } from '@/lib/query/customer-queries'

/** Says that only one customer's invoices are listed, and lets go of it. */
export function CustomerFilter({ filters, customerId }: { filters: InvoiceFilters; customerId: string }) {
  const { data: customer } = useQuery(customerQueries.detail(customerId))
  const name = customer?.name ?? customer?.email ?? customerId
  return (
    <p className="flex min-w-0 items-center gap-1 rounded-md bg-accent-wash py-0.5 pr-1 pl-2.5 text-sm">
      <span className="truncate">
        Customer: <span className="font-medium">{name}</span>
      </span>
      <Link
        href={`/invoices${formatInvoiceFilters({ ...filters, customerId: null, after: null })}`}
        prefetch={false}
        aria-label={`Show the invoices of all customers, not only of ${name}`}
        className="grid size-7 shrink-0 place-items-center rounded-sm hover:bg-hover max-md:size-9"
      >
        <X aria-hidden className="size-4" />
      </Link>
    </p>
  )
}
