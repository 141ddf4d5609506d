'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { Copyable } from '@/components/ui/copyable'
import type { Tone } from '@/components/ui/status-badge'
import { Timeline } from '@/components/ui/timeline'
import type { TimelineEntry } from '@/lib/domain/invoice-view'
import { invoiceQueries } from '@/lib/query/invoice-queries'
import { timelineTitle } from '@/lib/words/timeline'

const tones: Record<TimelineEntry['outcome'], Tone> = {
  done: 'neutral',
  failed: 'urgent',
  running: 'info',
  unknown: 'warning',
}

/** What people did with the invoice and what Stripe told of it, newest first. */
export function InvoiceTimeline({ invoiceId }: { invoiceId: string }) {
  const { data: entries } = useSuspenseQuery(invoiceQueries.timeline(invoiceId))
  if (entries.length === 0) {
    return <p className="text-ink-muted text-sm">Nothing has happened since Duebook knows this invoice.</p>
  }
  return (
    <Timeline
      items={entries.map((entry) => ({
        id: entry.id,
        at: entry.at,
        title: timelineTitle(entry),
        by: entry.by.kind === 'person' ? entry.by.name : 'Stripe',
        tone: entry.what === 'invoice.paid' ? 'positive' : tones[entry.outcome],
        detail: <Detail entry={entry} />,
      }))}
    />
  )
}

function Detail({ entry }: { entry: TimelineEntry }) {
  return (
    <div className="flex flex-col gap-0.5 empty:hidden">
      {entry.note !== null && <p className="whitespace-pre-line">{entry.note}</p>}
      {entry.requestId !== null && <Copyable text={entry.requestId} label="Stripe request id" />}
    </div>
  )
}
