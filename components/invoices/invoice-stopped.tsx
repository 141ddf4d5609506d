'use client'

import { useQuery } from '@tanstack/react-query'
import { Banner } from '@/components/ui/banner'
import { Copyable } from '@/components/ui/copyable'
import type { InvoiceDetail, TimelineEntry } from '@/lib/domain/invoice-view'
import { invoiceQueries } from '@/lib/query/invoice-queries'

/** Where a person's last step on this invoice was refused half-way: how far it came, why, and how to go on. */
export function InvoiceStopped({ invoice }: { invoice: InvoiceDetail }) {
  const { data: entries = [] } = useQuery(invoiceQueries.timeline(invoice.id))
  const last = entries.find((entry) => entry.by.kind === 'person')
  const title = last === undefined ? null : stoppedAt(invoice, last)
  if (last === undefined || title === null) return <></>
  return (
    <Banner tone="warning" title={title}>
      {last.note !== null && <p>“{last.note}”</p>}
      <p>Nothing is lost. Put right what is named here, then go on with the button above.</p>
      {last.requestId !== null && <Copyable text={last.requestId} label="Stripe request id" />}
    </Banner>
  )
}

const steps: ReadonlySet<string> = new Set(['invoice.create', 'invoice.finalize', 'invoice.send'])

function stoppedAt({ status, sentAt }: InvoiceDetail, { what, outcome }: TimelineEntry): string | null {
  if (outcome !== 'failed' || !steps.has(what)) return null
  if (status === 'draft') return 'The draft is saved, but it was not finalized'
  if (status === 'open' && sentAt === null && what !== 'invoice.finalize') {
    return 'The invoice is finalized, but it was not sent'
  }
  return null
}
