import { formatMoney } from '@/lib/domain/money'
import { classNames } from './class-names'

export type MoneyProps = {
  /** Integer minor units; null is an unknown amount and shows a dash. */
  minor: bigint | number | null
  /** ISO code, any case. */
  currency: string
  look?: 'plain' | 'strong' | 'muted' | 'struck' | 'figure'
  /** Adds the code after the amount, for lists that mix currencies: `$12.00 USD`. */
  hasCode?: boolean
}

const looks: Record<NonNullable<MoneyProps['look']>, string> = {
  plain: '',
  strong: 'font-semibold',
  muted: 'text-ink-muted',
  struck: 'text-ink-muted line-through decoration-ink-muted',
  figure: 'font-medium text-2xl tracking-tight',
}

/** The only place where an amount becomes text on a screen. Tabular figures; negatives carry a true minus sign. */
export function Money({ minor, currency, look = 'plain', hasCode = false }: MoneyProps) {
  const className = classNames('whitespace-nowrap tabular-nums', looks[look])
  if (minor === null) return <span className={className}>—</span>
  return (
    <span className={className}>
      {formatMoney(minor, currency).replace('-', '−')}
      {hasCode && <span className="text-[0.86em] text-ink-muted"> {currency.toUpperCase()}</span>}
    </span>
  )
}
