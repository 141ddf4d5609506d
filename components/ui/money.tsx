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
  struck: 'text-ink-muted line-through',
  figure: 'font-medium text-2xl tracking-tight',
}

/** The only place where an amount becomes text on a screen. Tabular figures; negatives carry a true minus sign. */
export function Money({ minor, currency, look = 'plain', hasCode = false }: MoneyProps) {
  const text = minor === null ? '—' : formatMoney(minor, currency).replace('-', '−')
  const code = currency.toUpperCase()
  // Currencies without a sign of their own are written with their code already: `KWD 1.234`.
  const needsCode = hasCode && minor !== null && !text.includes(code)
  return (
    <span className="whitespace-nowrap tabular-nums">
      <span className={classNames(looks[look])}>{text}</span>
      {needsCode && <span className="text-ink-muted text-xs"> {code}</span>}
    </span>
  )
}
