import { largestAmountIn } from './money'

/*
 * What an invoice will come to, while it is being written. Once it is saved, every number comes from Stripe.
 */

/** Plain decimal strings: minor units with up to 12 decimals, and how many of them. */
export type PreviewLine = { unitAmountDecimal: string; quantity: string }

export type PreviewTotals = {
  /** In the order given; `amount` is null where a line cannot be read yet. Minor units. */
  lines: { amount: bigint | null }[]
  /** Of the lines that can be read. */
  subtotal: bigint
  total: bigint
  /** Every line could be read. */
  isComplete: boolean
}

/** Adds up what is written so far. */
export function previewTotals(lines: readonly PreviewLine[]): PreviewTotals {
  const amounts = lines.map(({ unitAmountDecimal, quantity }) => lineAmount(unitAmountDecimal, quantity))
  const subtotal = amounts.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n)
  return {
    lines: amounts.map((amount) => ({ amount })),
    subtotal,
    total: subtotal,
    isComplete: !amounts.includes(null),
  }
}

/**
 * `unit amount × quantity`, rounded half up (halves away from zero) to whole minor units, as Stripe rounds each line.
 * Null where either is no plain decimal.
 */
export function lineAmount(unitAmountDecimal: string, quantity: string): bigint | null {
  const unit = readDecimal(unitAmountDecimal)
  const count = readDecimal(quantity)
  if (!unit || !count) return null
  return roundHalfUp(unit.digits * count.digits, 10n ** BigInt(unit.decimals + count.decimals))
}

/**
 * Why an invoice of these totals cannot be made, by input path, as reason codes of `lib/words/fields.ts`; empty when it
 * can. A negative total would be settled at once against the customer's balance: nothing that could be sent to anybody.
 */
export function totalsProblems(
  totals: PreviewTotals,
  currency: string,
  until: 'draft' | 'finalized' | 'sent',
): Record<string, string> {
  const largest = largestAmountIn(currency)
  const problems: Record<string, string> = {}
  for (const [index, { amount }] of totals.lines.entries()) {
    if (amount !== null && (amount > largest || amount < -largest)) {
      problems[`lines.${index}.quantity`] = 'amount_too_large'
    }
  }
  if (totals.total > largest) problems.lines = 'total_too_large'
  if (totals.total < 0n && until === 'sent') problems.lines = 'total_negative'
  return problems
}

const plainDecimal = /^(-?\d{1,30})(?:\.(\d{1,12}))?$/

function readDecimal(text: string): { digits: bigint; decimals: number } | null {
  const [, whole, fraction = ''] = plainDecimal.exec(text.trim()) ?? []
  if (whole === undefined) return null
  return { digits: BigInt(whole + fraction), decimals: fraction.length }
}

function roundHalfUp(numerator: bigint, denominator: bigint): bigint {
  const size = numerator < 0n ? -numerator : numerator
  const rounded = (2n * size + denominator) / (2n * denominator)
  return numerator < 0n ? -rounded : rounded
}
