import {
  type DiscountAmount,
  type DiscountedLine,
  type DiscountTerms,
  discountLines,
} from '@/sandbox/arithmetic/discounts'
import { type Exemption, type Rate, type Rounding, type Tax, taxAmounts } from '@/sandbox/arithmetic/taxes'

export type SumsLine = DiscountedLine & {
  /** Its own rates replace the invoice's; none falls back to them. */
  rates: readonly Rate[]
  /** Taxes calculated elsewhere, instead of rates; null computes them. */
  givenTaxes: readonly Tax[] | null
}

/** What an invoice is computed from; amounts in minor units of its currency. */
export type SumsInput = {
  currency: string
  lines: readonly SumsLine[]
  discounts: readonly DiscountTerms[]
  defaultRates: readonly Rate[]
  /** What shipping costs; null without shipping. It is taxed by the default rates and not discounted. */
  shipping: bigint | null
  exemption: Exemption
  rounding: Rounding
}

export type LineSums = {
  /** Before discounts; without the inclusive tax that an exempt customer does not pay. */
  amount: bigint
  discountAmounts: DiscountAmount[]
  /** After all discounts, before exclusive tax. */
  discounted: bigint
  taxes: Tax[]
}

export type ShippingSums = { subtotal: bigint; tax: bigint; total: bigint; taxes: Tax[] }

export type InvoiceSums = {
  lines: LineSums[]
  shipping: ShippingSums | null
  /** Line amounts less their own discounts. */
  subtotal: bigint
  subtotalExcludingTax: bigint
  total: bigint
  totalExcludingTax: bigint
  /** Per discount over all lines, in the order in which they apply. */
  discountAmounts: DiscountAmount[]
  /** Per rate over all lines, without shipping. */
  taxes: Tax[]
}

/**
 * Everything that an invoice shows in numbers, in Stripe's order: line amounts, line discounts (`subtotal` has them),
 * invoice discounts, taxes, shipping (`total`). Drafts, previews and credit notes are all computed here.
 */
export function sumInvoice(input: SumsInput): InvoiceSums {
  const { defaultRates, exemption, rounding } = input
  const discounts = discountLines(input.lines, input.discounts, input.currency)
  const before = input.lines.map((line, index) => {
    const { own = [], invoice = [] } = discounts[index] ?? {}
    const ownOff = sum(own.map(({ amount }) => amount))
    const off = ownOff + sum(invoice.map(({ amount }) => amount))
    return { line, ownOff, off, discountAmounts: [...own, ...invoice], discounted: line.amount - off }
  })
  const taxed = taxAmounts(
    before.map(({ line: { rates, givenTaxes }, discounted: amount }) =>
      givenTaxes ? { amount, taxes: givenTaxes } : { amount, rates: rates.length > 0 ? rates : defaultRates },
    ),
    exemption,
    rounding,
  )
  const backedOutOf = (index: number) => taxed[index]?.backedOut ?? 0n
  const lines = before.map(({ line, discountAmounts, discounted }, index) => ({
    amount: line.amount - backedOutOf(index),
    discountAmounts,
    discounted: discounted - backedOutOf(index),
    taxes: taxed[index]?.taxes ?? [],
  }))
  const subtotal = sum(before.map(({ line, ownOff }, index) => line.amount - ownOff - backedOutOf(index)))
  const shipping = input.shipping === null ? null : sumShipping(input.shipping, input)
  const taxes = taxesByRate(lines.flatMap((line) => line.taxes))
  const [exclusive, inclusive] = [taxOf(taxes, 'exclusive'), taxOf(taxes, 'inclusive')]
  const total = sum(lines.map(({ discounted }) => discounted)) + exclusive + (shipping?.total ?? 0n)
  return {
    lines,
    shipping,
    subtotal,
    subtotalExcludingTax: subtotal - inclusive,
    total,
    totalExcludingTax: total - exclusive - inclusive - (shipping?.tax ?? 0n),
    discountAmounts: amountsByDiscount([
      ...lines.flatMap((line) => line.discountAmounts),
      ...input.discounts.map(({ id }) => ({ discount: id, amount: 0n })),
    ]),
    taxes,
  }
}

function sumShipping(cost: bigint, { defaultRates, exemption, rounding }: SumsInput): ShippingSums {
  const [taxed] = taxAmounts([{ amount: cost, rates: defaultRates }], exemption, rounding)
  const { taxes = [], backedOut = 0n } = taxed ?? {}
  const [exclusive, inclusive] = [taxOf(taxes, 'exclusive'), taxOf(taxes, 'inclusive')]
  const gross = cost - backedOut
  return { subtotal: gross - inclusive, tax: exclusive + inclusive, total: gross + exclusive, taxes }
}

export function taxOf(taxes: readonly Tax[], behavior: Tax['behavior']): bigint {
  return sum(taxes.filter((tax) => tax.behavior === behavior).map(({ amount }) => amount))
}

export function amountsByDiscount(amounts: readonly DiscountAmount[]): DiscountAmount[] {
  const sums = new Map<string, bigint>()
  for (const { discount, amount } of amounts) sums.set(discount, (sums.get(discount) ?? 0n) + amount)
  return [...sums].map(([discount, amount]) => ({ discount, amount }))
}

export function taxesByRate(taxes: readonly Tax[]): Tax[] {
  const sums = new Map<string, Tax>()
  for (const tax of taxes) {
    const key = `${tax.rate} ${tax.behavior} ${tax.reason}`
    const known = sums.get(key)
    sums.set(key, {
      ...tax,
      amount: tax.amount + (known?.amount ?? 0n),
      taxableAmount: tax.taxableAmount + (known?.taxableAmount ?? 0n),
    })
  }
  return [...sums.values()]
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n)
}
