import {
  type Decimal,
  isAbove,
  multiply,
  parseDecimal,
  roundHalfUp,
  subtract,
  sumOf,
} from '@/sandbox/decimal'
import { lineAmount, type Minor } from '@/sandbox/totals'

/** What a step of quantity costs, in minor units as decimal text; `up_to` null is the last step. */
export type Tier = {
  up_to: number | null
  unit_amount_decimal: string | null
  flat_amount_decimal: string | null
}

/** How a quantity becomes an amount of one currency. */
export type Rate = {
  /** Per unit, or per package; null when there are tiers. */
  unit_amount_decimal: string | null
  tiers?: readonly Tier[]
  tiers_mode: string | null
  transform_quantity: { divide_by: number; round: string } | null
}

/**
 * What `quantityDecimal` costs. Tiers are summed exactly and the sum is rounded once, half up; packages are counted
 * before they are priced.
 * @param quantityDecimal not negative
 */
export function priceAmount(rate: Rate, quantityDecimal: string): Minor {
  const quantity = parseDecimal(quantityDecimal)
  if (rate.tiers) {
    const amount =
      rate.tiers_mode === 'volume'
        ? volumeAmount(rate.tiers, quantity)
        : graduatedAmount(rate.tiers, quantity)
    return roundHalfUp(amount)
  }
  const packages = rate.transform_quantity
    ? String(packageCount(quantity, rate.transform_quantity))
    : quantityDecimal
  return lineAmount(rate.unit_amount_decimal ?? '0', packages)
}

/** Each step is paid at its own price. The first is entered, and its flat amount due, even with a quantity of 0. */
function graduatedAmount(tiers: readonly Tier[], quantity: Decimal): Decimal {
  return sumOf(
    tiers.flatMap((tier, index) => {
      const from = bound(tiers[index - 1]?.up_to ?? 0)
      if (index > 0 && !isAbove(quantity, from)) return []
      const reached =
        tier.up_to === null || isAbove(bound(tier.up_to), quantity) ? quantity : bound(tier.up_to)
      return [tierAmount(tier, subtract(reached, from))]
    }),
  )
}

/** All units are paid at the price of the step in which the whole quantity lies. */
function volumeAmount(tiers: readonly Tier[], quantity: Decimal): Decimal {
  const tier = tiers.find(({ up_to }) => up_to === null || !isAbove(quantity, bound(up_to)))
  return tier ? tierAmount(tier, quantity) : bound(0)
}

function tierAmount(tier: Tier, units: Decimal): Decimal {
  return sumOf([
    multiply(parseDecimal(tier.unit_amount_decimal ?? '0'), units),
    parseDecimal(tier.flat_amount_decimal ?? '0'),
  ])
}

function packageCount(quantity: Decimal, { divide_by, round }: { divide_by: number; round: string }): bigint {
  const size = BigInt(divide_by) * 10n ** BigInt(quantity.scale)
  const full = quantity.coefficient / size
  return round === 'up' && full * size < quantity.coefficient ? full + 1n : full
}

function bound(upTo: number): Decimal {
  return { coefficient: BigInt(upTo), scale: 0 }
}
