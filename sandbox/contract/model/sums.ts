/*
 * What an invoice comes to, stated a second time and in another way than the sandbox does: percentages in
 * ten-thousandths, one line after the other.
 */

export type LineCoupon = 'tenth' | 'hundred'
export type InvoiceCoupon = 'quarter' | 'three'
export type TaxRate = 'added' | 'included'

/** Line: its amount, what is taken off it alone, and how it is taxed. */
export type ModelLine = { amount: number; coupon: LineCoupon | null; rates: TaxRate[] }

export type Sums = { subtotal: number; total: number; added: number; included: number }

/** The coupons and tax rates of the model, as they are created at the sandbox. */
export const coupons: Record<LineCoupon | InvoiceCoupon, string> = {
  tenth: 'percent_off=10',
  hundred: 'amount_off=100&currency=usd',
  quarter: 'percent_off=25',
  three: 'amount_off=300&currency=usd',
}
export const rates: Record<TaxRate, string> = {
  added: 'display_name=Added&inclusive=false&percentage=7.5',
  included: 'display_name=Included&inclusive=true&percentage=19',
}

const addedRate = 750
const includedRate = 1900

/** Half up; nothing here is negative. */
function share(amount: number, numerator: number, denominator: number): number {
  const doubled = 2n * BigInt(amount) * BigInt(numerator) + BigInt(denominator)
  return Number(doubled / (2n * BigInt(denominator)))
}

export function sumsOf(lines: readonly ModelLine[], discounts: readonly InvoiceCoupon[]): Sums {
  let left = lines.map(({ amount, coupon }) => amount - ownDiscount(amount, coupon))
  const subtotal = sum(left)
  for (const coupon of discounts) left = discounted(left, coupon)
  const taxes = lines.map(({ rates }, index) => taxesOf(left[index] ?? 0, rates))
  const added = sum(taxes.map((tax) => tax.added))
  return { subtotal, total: sum(left) + added, added, included: sum(taxes.map((tax) => tax.included)) }
}

function ownDiscount(amount: number, coupon: LineCoupon | null): number {
  if (coupon === null || amount <= 0) return 0
  return coupon === 'tenth' ? share(amount, 1000, 10_000) : Math.min(100, amount)
}

/** Taken off all positive lines together; each bears its part, and the last what rounding left. */
function discounted(left: number[], coupon: InvoiceCoupon): number[] {
  const bearing = left.filter((amount) => amount > 0)
  const base = sum(bearing)
  let rest = coupon === 'quarter' ? share(base, 2500, 10_000) : Math.min(300, base)
  const whole = rest
  let toCome = bearing.length
  return left.map((amount) => {
    if (amount <= 0) return amount
    toCome -= 1
    const part = toCome === 0 ? rest : share(whole, amount, base)
    rest -= part
    return amount - part
  })
}

function taxesOf(amount: number, rates: readonly TaxRate[]): { added: number; included: number } {
  const included = rates.includes('included') ? share(amount, includedRate, 10_000 + includedRate) : 0
  const added = rates.includes('added') ? share(amount - included, addedRate, 10_000) : 0
  return { added, included }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
