import type { PriceView } from '@/lib/domain/catalog-view'
import { formatUnitAmount } from '@/lib/domain/unit-amount'

/** What one unit costs, unrounded; a dash where tiers or the customer decide. */
export function UnitPrice({ price }: { price: PriceView }) {
  const { unitAmountDecimal, currency, isRecurring } = price
  return (
    <span className="whitespace-nowrap tabular-nums">
      {unitAmountDecimal === null ? '—' : formatUnitAmount(unitAmountDecimal, currency)}
      <span className="text-ink-muted text-xs">
        {' '}
        {currency.toUpperCase()}
        {isRecurring && ' · recurring'}
      </span>
    </span>
  )
}
