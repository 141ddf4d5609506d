'use client'

import { useSuspenseQuery } from '@tanstack/react-query'
import { invoiceColumns } from '@/components/invoices/invoice-columns'
import { DataTable } from '@/components/ui/data-table'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { Panel } from '@/components/ui/panel'
import { TextLink } from '@/components/ui/text-link'
import type { InvoiceRow } from '@/lib/domain/invoice-view'
import { overviewQueries } from '@/lib/query/overview-queries'
import { CurrencyFigures } from './currency-figures'

/** Where the money stands, per currency, and what needs a person today. Changes by itself. */
export function Overview({ canWrite }: { canWrite: boolean }) {
  const { data: summary } = useSuspenseQuery(overviewQueries.summary())
  if (summary.currencies.length === 0) return <NothingYet canWrite={canWrite} />
  return (
    <div className="flex flex-col gap-9">
      <div className="flex flex-col gap-6">
        {summary.currencies.map((sums) => (
          <CurrencyFigures key={sums.currency} sums={sums} monthStartsOn={summary.monthStartsOn} />
        ))}
      </div>
      <Panel
        title="Past due for longest"
        action={<TextLink href="/invoices?tab=past_due">All past due</TextLink>}
      >
        <Invoices
          caption="Past due invoices, the oldest first"
          rows={summary.oldestPastDue}
          empty={
            <EmptyState title="Nothing is past due">No open invoice has passed its due date.</EmptyState>
          }
        />
      </Panel>
      <Panel title="Recent drafts" action={<TextLink href="/invoices?tab=draft">All drafts</TextLink>}>
        <Invoices
          caption="Drafts, newest first"
          rows={summary.recentDrafts}
          empty={<EmptyState title="No drafts">Nothing waits to be finalized.</EmptyState>}
        />
      </Panel>
    </div>
  )
}

function Invoices({ caption, rows, empty }: { caption: string; rows: InvoiceRow[]; empty: React.ReactNode }) {
  return (
    <DataTable
      caption={caption}
      columns={invoiceColumns}
      rows={rows}
      rowId={(invoice) => invoice.id}
      rowHref={(invoice) => `/invoices/${invoice.id}`}
      empty={empty}
    />
  )
}

function NothingYet({ canWrite }: { canWrite: boolean }) {
  return (
    <EmptyState
      title="Nothing to bill yet"
      action={canWrite && <LinkButton href="/invoices/new">Write an invoice</LinkButton>}
    >
      What is draft, open, past due and paid appears here as soon as there are invoices.
    </EmptyState>
  )
}
