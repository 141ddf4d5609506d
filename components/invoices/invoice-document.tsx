'use client'

import { Sheet } from '@/components/ui/sheet'
import { useTimeZone } from '@/components/ui/time-zone'
import { calendarDate } from '@/lib/domain/dates'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { InvoiceSheet } from './invoice-sheet'
import { customerOf } from './invoice-title'
import { totalsRows } from './totals-rows'

/** The invoice as its customer gets it; every figure is Stripe's. */
export function InvoiceDocument({ invoice }: { invoice: InvoiceDetail }) {
  const zone = useTimeZone()
  const { finalizedAt } = invoice
  return (
    <Sheet>
      <InvoiceSheet
        invoice={{
          ...invoice,
          sellerName: null,
          customerName: customerOf(invoice),
          issuedOn: finalizedAt === null ? null : calendarDate(new Date(finalizedAt), zone),
          memo: invoice.description,
          totals: totalsRows({ ...invoice, isVoid: invoice.status === 'void' }),
        }}
      />
    </Sheet>
  )
}
