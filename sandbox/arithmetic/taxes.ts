import { add, type Fraction, round, zero } from '@/sandbox/arithmetic/fraction'
import { parseDecimal } from '@/sandbox/decimal'

/** A tax rate as it calculates: `percentage` is a decimal as text with at most four places. */
export type Rate = { id: string; percentage: string; inclusive: boolean }

/** One tax on one amount. Inclusive tax is inside that amount, exclusive tax comes on top. */
export type Tax = {
  rate: string
  behavior: 'exclusive' | 'inclusive'
  amount: bigint
  taxableAmount: bigint
  /** Stripe's `taxability_reason`; taxes by manual rates have none to give and say `not_available`. */
  reason: string
}

/** A discounted amount, and its taxes: rates to compute them by, or the taxes themselves as somebody else did. */
export type Taxable = { amount: bigint; rates: readonly Rate[] } | { amount: bigint; taxes: readonly Tax[] }

/** `backedOut` is the inclusive tax that an exempt customer does not pay: the price falls by it. */
export type Taxed = { taxes: Tax[]; backedOut: bigint }

export type Exemption = 'none' | 'exempt' | 'reverse'

/** Taxes are rounded half up on each line, or per rate on the whole invoice. */
export type Rounding = 'line' | 'invoice'

/**
 * The taxes on each amount. Inclusive rates share what is inside the amount; exclusive ones come on top of what it is
 * without them. A customer who is exempt, or liable themselves by reverse charge, pays neither.
 */
export function taxAmounts(amounts: readonly Taxable[], exemption: Exemption, rounding: Rounding): Taxed[] {
  const rounded = rounding === 'line' ? (_: string, exact: Fraction) => round(exact) : runningRounder()
  return amounts.map((taxable) => {
    if ('taxes' in taxable) return { taxes: [...taxable.taxes], backedOut: 0n }
    const { amount, rates } = taxable
    const inclusive = rates.filter((rate) => rate.inclusive)
    const parts = inclusive.reduce((sum, rate) => sum + millionths(rate), 0n)
    const contained = inclusive.map((rate) =>
      rounded(rate.id, { top: amount * millionths(rate), bottom: million + parts }),
    )
    const net = contained.reduce((left, tax) => left - tax, amount)
    if (exemption !== 'none') return { taxes: exempted(rates, exemption), backedOut: amount - net }
    const taxOf = (rate: Rate, tax: bigint): Tax => ({
      rate: rate.id,
      behavior: rate.inclusive ? 'inclusive' : 'exclusive',
      amount: tax,
      taxableAmount: net,
      reason: 'not_available',
    })
    return {
      taxes: rates.map((rate) => {
        const inside = contained[inclusive.indexOf(rate)]
        return taxOf(rate, inside ?? rounded(rate.id, { top: net * millionths(rate), bottom: million }))
      }),
      backedOut: 0n,
    }
  })
}

function exempted(rates: readonly Rate[], exemption: 'exempt' | 'reverse'): Tax[] {
  return rates.map(({ id, inclusive }) => ({
    rate: id,
    behavior: inclusive ? 'inclusive' : 'exclusive',
    amount: 0n,
    taxableAmount: 0n,
    reason: exemption === 'exempt' ? 'customer_exempt' : 'reverse_charge',
  }))
}

/**
 * Rounds the sum of all amounts under a key rather than each of them: every one gets what the rounded sum grows by,
 * so that they add up to it.
 */
function runningRounder() {
  const sums = new Map<string, Fraction>()
  return (key: string, exact: Fraction): bigint => {
    const before = sums.get(key) ?? zero
    const after = add(before, exact)
    sums.set(key, after)
    return round(after) - round(before)
  }
}

const million = 1_000_000n

/** 7.25 % is 72,500 millionths. */
function millionths({ percentage }: Rate): bigint {
  const { coefficient, scale } = parseDecimal(percentage)
  return (coefficient * 10_000n) / 10n ** BigInt(scale)
}
