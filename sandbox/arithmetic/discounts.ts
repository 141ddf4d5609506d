import { smaller, spread } from '@/sandbox/arithmetic/spread'
import { divideHalfUp, parseDecimal } from '@/sandbox/decimal'

/** What a discount takes off: a share in percent (a decimal as text), or an amount in minor units by currency. */
export type DiscountTerms = {
  id: string
  off: { percent: string } | { amounts: { readonly [currency: string]: bigint } }
  /** Products it is limited to; null applies to all. */
  products: readonly string[] | null
}

export type DiscountedLine = {
  amount: bigint
  product: string
  discountable: boolean
  /** The line's own discounts, which come before the invoice's. */
  discounts: readonly DiscountTerms[]
}

/** What one discount took off one line, as a positive amount. */
export type DiscountAmount = { discount: string; amount: bigint }

export type LineDiscounts = { own: DiscountAmount[]; invoice: DiscountAmount[] }

/**
 * What each discount takes off each line. Discounts apply one after the other to what those before them left: first a
 * line's own, then the invoice's, each of them computed on all its lines together and spread over them in proportion.
 * Lines that are negative or not discountable keep their amount, and none falls below zero. An amount off that does
 * not exist in the invoice's currency takes nothing off.
 */
export function discountLines(
  lines: readonly DiscountedLine[],
  invoiceDiscounts: readonly DiscountTerms[],
  currency: string,
): LineDiscounts[] {
  const results: LineDiscounts[] = lines.map(() => ({ own: [], invoice: [] }))
  const left = lines.map(({ amount, discountable }) => (discountable && amount > 0n ? amount : 0n))
  const apply = (terms: DiscountTerms, at: readonly number[], kind: keyof LineDiscounts) => {
    const taken = spread(
      amountOff(terms, sumAt(left, at), currency),
      at.map((index) => left[index] ?? 0n),
    )
    at.forEach((index, place) => {
      const amount = taken[place] ?? 0n
      left[index] = (left[index] ?? 0n) - amount
      results[index]?.[kind].push({ discount: terms.id, amount })
    })
  }
  const discounted = lines.flatMap((line, index) =>
    line.discountable && line.amount >= 0n ? [{ line, index }] : [],
  )
  const covers = ({ off, products }: DiscountTerms, { product }: DiscountedLine) =>
    ('percent' in off || Object.hasOwn(off.amounts, currency)) && (products?.includes(product) ?? true)
  for (const { line, index } of discounted) {
    for (const terms of line.discounts) if (covers(terms, line)) apply(terms, [index], 'own')
  }
  for (const terms of invoiceDiscounts) {
    const covered = discounted.filter(({ line }) => covers(terms, line)).map(({ index }) => index)
    apply(terms, covered, 'invoice')
  }
  return results
}

function amountOff({ off }: DiscountTerms, base: bigint, currency: string): bigint {
  if ('amounts' in off) return smaller(off.amounts[currency] ?? 0n, base)
  const { coefficient, scale } = parseDecimal(off.percent)
  return divideHalfUp(base * coefficient, 100n * 10n ** BigInt(scale))
}

function sumAt(amounts: readonly bigint[], at: readonly number[]): bigint {
  return at.reduce((sum, index) => sum + (amounts[index] ?? 0n), 0n)
}
