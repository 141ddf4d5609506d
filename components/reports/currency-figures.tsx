import { Figure } from '@/components/ui/figure'
import { Money } from '@/components/ui/money'
import { monthName } from '@/components/ui/time-words'
import type { CalendarDate } from '@/lib/domain/dates'
import type { InvoiceTab, OverviewSummary } from '@/lib/domain/invoice-view'

type Sums = OverviewSummary['currencies'][number]
type SumName = Exclude<keyof Sums, 'currency'>

const figures: { name: SumName; tab: InvoiceTab }[] = [
  { name: 'draft', tab: 'draft' },
  { name: 'open', tab: 'outstanding' },
  { name: 'pastDue', tab: 'past_due' },
  { name: 'paidThisMonth', tab: 'paid' },
]

/** One currency's four figures. Amounts of different currencies are never added. */
export function CurrencyFigures({ sums, monthStartsOn }: { sums: Sums; monthStartsOn: CalendarDate }) {
  const { currency } = sums
  const labels: Record<SumName, string> = {
    draft: 'Draft',
    open: 'Open',
    pastDue: 'of which past due',
    paidThisMonth: `Paid in ${monthName(monthStartsOn)}`,
  }
  return (
    <section
      aria-label={currency.toUpperCase()}
      className="grid grid-cols-[3.5rem_repeat(4,minmax(0,1fr))] gap-x-6 max-md:grid-cols-2 max-md:gap-x-4"
    >
      <h2 className="border-t-2 border-t-rule-strong pt-2 font-mono text-ink-muted text-sm max-md:col-span-2 max-md:border-t-0">
        {currency.toUpperCase()}
      </h2>
      {figures.map(({ name, tab }) => {
        const { amount, count } = sums[name]
        return (
          <Figure
            key={name}
            label={labels[name]}
            href={`/invoices?tab=${tab}`}
            tone={name === 'pastDue' && count > 0 ? 'urgent' : 'plain'}
            value={<Money minor={amount} currency={currency} />}
            note={count === 1 ? '1 invoice' : `${count.toLocaleString('en-US')} invoices`}
          />
        )
      })}
    </section>
  )
}
