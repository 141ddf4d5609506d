import type { DiscountAmount } from '@/sandbox/arithmetic/discounts'
import { amountsByDiscount, sum, taxesByRate, taxOf } from '@/sandbox/arithmetic/invoice-sums'
import { smaller } from '@/sandbox/arithmetic/spread'
import type { Tax } from '@/sandbox/arithmetic/taxes'
import { divideHalfUp, parseDecimal } from '@/sandbox/decimal'

/** An amount in minor units, before discounts and exclusive taxes, with what belongs to it of both. */
export type Portion = { amount: bigint; discounts: readonly DiscountAmount[]; taxes: readonly Tax[] }

export const nothing: Portion = { amount: 0n, discounts: [], taxes: [] }

/**
 * The next `amount` of a line that is credited bit by bit: discounts and taxes go with it in proportion. Each is what
 * the line has of it up to here, rounded half up, less what earlier credits took, so that crediting a line in any
 * number of steps takes its discounts and taxes to the last unit and no further.
 * @param credited the sum of earlier credits of the line
 */
export function creditPart(line: Portion, credited: Portion, amount: bigint): Portion {
  const upTo = credited.amount + amount
  const next = (all: bigint, taken: bigint) => nextShare(all, upTo, line.amount, taken)
  return {
    amount,
    discounts: line.discounts.map((whole) => ({
      ...whole,
      amount: next(whole.amount, takenOf(credited.discounts, whole)),
    })),
    taxes: line.taxes.map((whole) => {
      const taken = credited.taxes.filter(({ rate }) => rate === whole.rate)
      return {
        ...whole,
        amount: next(whole.amount, sum(taken.map((tax) => tax.amount))),
        taxableAmount: next(whole.taxableAmount, sum(taken.map((tax) => tax.taxableAmount))),
      }
    }),
  }
}

/**
 * What the next `quantity` units of a line are worth, of an amount that may have been rounded.
 * @param whole the line's quantity as decimal text
 * @param before how many units earlier credits took, and for how much
 */
export function amountOfUnits(
  line: { amount: bigint; quantity: string },
  before: { amount: bigint; quantity: bigint },
  quantity: bigint,
): bigint {
  const { coefficient, scale } = parseDecimal(line.quantity)
  const upTo = (before.quantity + quantity) * 10n ** BigInt(scale)
  return nextShare(line.amount, upTo, coefficient, before.amount)
}

/** `all × upTo / of` less what was taken already, between nothing and what is left. */
function nextShare(all: bigint, upTo: bigint, of: bigint, taken: bigint): bigint {
  const left = all - taken
  const share = of === 0n ? left : divideHalfUp(all * upTo, of) - taken
  return all < 0n ? larger(smaller(share, 0n), left) : smaller(larger(share, 0n), left)
}

function takenOf(credited: readonly DiscountAmount[], { discount }: DiscountAmount): bigint {
  return sum(credited.filter((one) => one.discount === discount).map(({ amount }) => amount))
}

export function addPortions(a: Portion, b: Portion): Portion {
  return {
    amount: a.amount + b.amount,
    discounts: [...a.discounts, ...b.discounts],
    taxes: [...a.taxes, ...b.taxes],
  }
}

export type CreditSums = {
  subtotal: bigint
  subtotalExcludingTax: bigint
  total: bigint
  totalExcludingTax: bigint
  discountAmounts: DiscountAmount[]
  taxes: Tax[]
}

/**
 * What a credit note adds up to, by the rules of invoices: discounts of lines alone are in the subtotal.
 * @param invoiceDiscounts ids of the discounts that belong to the invoice as a whole
 * @param shipping what it credits of the shipping, tax included in `total`
 */
export function sumCredit(
  portions: readonly Portion[],
  invoiceDiscounts: readonly string[],
  shipping: { total: bigint; tax: bigint },
): CreditSums {
  const discounts = portions.flatMap((portion) => portion.discounts)
  const off = (ofInvoice: boolean) =>
    sum(
      discounts
        .filter(({ discount }) => invoiceDiscounts.includes(discount) === ofInvoice)
        .map(({ amount }) => amount),
    )
  const taxes = taxesByRate(portions.flatMap((portion) => portion.taxes))
  const [exclusive, inclusive] = [taxOf(taxes, 'exclusive'), taxOf(taxes, 'inclusive')]
  const subtotal = sum(portions.map(({ amount }) => amount)) - off(false)
  const total = subtotal - off(true) + exclusive + shipping.total
  return {
    subtotal,
    subtotalExcludingTax: subtotal - inclusive,
    total,
    totalExcludingTax: total - exclusive - inclusive - shipping.tax,
    discountAmounts: amountsByDiscount(discounts),
    taxes,
  }
}

function larger(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
