import type { PriceView } from '@/lib/domain/catalog-view'
import { formatUnitAmount } from '@/lib/domain/unit-amount'

/** What one unit costs, unrounded; a dash where tiers or the customer decide. */
export function UnitPrice({ price }: { price: PriceView }) {
  const { unitAmountDecimal, currency, isRecurring } = price
  const text = unitAmountDecimal === null ? '—' : formatUnitAmount(unitAmountDecimal, currency)
  const code = currency.toUpperCase()
  return (
    <span className="whitespace-nowrap tabular-nums">
      {text}
      <span className="text-ink-muted text-xs">
        {!text.includes(code) && ` ${code}`}
        {isRecurring && ' · recurring'}
      </span>
    </span>
  )
}
