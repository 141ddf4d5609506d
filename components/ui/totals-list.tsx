import { classNames } from './class-names'
import { Money } from './money'

export type TotalsRow = {
  label: string
  /** Integer minor units; null shows a dash. */
  minor: bigint | number | null
  /** `sum`: one line above. `total`: the figure that counts, between one line and two. */
  weight?: 'part' | 'sum' | 'total'
}

const weights: Record<NonNullable<TotalsRow['weight']>, string> = {
  part: 'py-1',
  sum: 'rule-sum py-1.5 font-medium',
  total: 'rule-total py-2 font-semibold text-lg',
}

/** How a figure comes about, as a bookkeeper writes it: Subtotal · Paid · Balance applied · Due. */
export function TotalsList({ currency, rows }: { currency: string; rows: readonly TotalsRow[] }) {
  return (
    <dl className="flex w-full flex-col">
      {rows.map(({ label, minor, weight = 'part' }) => (
        <div key={label} className={classNames('flex items-baseline justify-between gap-6', weights[weight])}>
          <dt className={weight === 'part' ? 'text-ink-muted' : undefined}>{label}</dt>
          <dd>
            <Money minor={minor} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
