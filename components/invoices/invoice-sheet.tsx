import type { ReactNode } from 'react'
import { CalendarDateText } from '@/components/ui/calendar-date-text'
import { TotalsList, type TotalsRow } from '@/components/ui/totals-list'
import type { PublicInvoice } from '@/lib/domain/invoice-view'
import { InvoiceSheetLines, type SheetLine } from './invoice-sheet-lines'

export type SheetInvoice = Pick<
  PublicInvoice,
  'number' | 'sellerName' | 'customerName' | 'currency' | 'issuedOn' | 'dueOn' | 'memo' | 'footer'
> & {
  lines: readonly SheetLine[]
  /** How the amount due comes about. */
  totals: readonly TotalsRow[]
}

/**
 * The invoice as a document: for the desk, for the preview while it is written, and for the customer. It fits the
 * width it is given, not the screen's.
 */
export function InvoiceSheet({ invoice }: { invoice: SheetInvoice }) {
  const { number, sellerName, customerName, currency, memo, footer } = invoice
  return (
    <article aria-label={number === null ? 'Draft invoice' : `Invoice ${number}`} className="@container">
      <div className="flex flex-col gap-6">
        <header className="flex items-baseline justify-between gap-6">
          <p className="min-w-0 wrap-anywhere font-semibold text-lg">{sellerName ?? 'Invoice'}</p>
          <p className="shrink-0 text-right">
            {sellerName !== null && <span className="block text-ink-muted text-sm">Invoice</span>}
            <span className="font-mono">{number ?? 'Draft'}</span>
          </p>
        </header>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm @md:grid-cols-[2fr_1fr_1fr]">
          <Fact term="Billed to" isWide>
            <bdi>{customerName ?? '—'}</bdi>
          </Fact>
          <Fact term="Issued">
            <CalendarDateText date={invoice.issuedOn} />
          </Fact>
          <Fact term="Due">
            <CalendarDateText date={invoice.dueOn} />
          </Fact>
        </dl>
        <InvoiceSheetLines lines={invoice.lines} currency={currency} />
        <div className="@md:w-3/5 @md:self-end">
          <TotalsList currency={currency} rows={invoice.totals} />
        </div>
        {memo !== null && <p className="max-w-prose whitespace-pre-line wrap-anywhere text-sm">{memo}</p>}
        {footer !== null && (
          <p className="whitespace-pre-line wrap-anywhere border-t pt-3 text-ink-muted text-xs">{footer}</p>
        )}
      </div>
    </article>
  )
}

function Fact({ term, children, isWide = false }: { term: string; children: ReactNode; isWide?: boolean }) {
  return (
    <div className={isWide ? 'min-w-0 @max-md:col-span-2' : 'min-w-0'}>
      <dt className="text-ink-muted text-xs">{term}</dt>
      <dd className="wrap-anywhere font-medium">{children}</dd>
    </div>
  )
}
