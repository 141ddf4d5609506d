import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DiscountTerms } from '@/sandbox/arithmetic/discounts'
import { type SumsInput, sumInvoice } from '@/sandbox/arithmetic/invoice-sums'
import type { Rate, Tax } from '@/sandbox/arithmetic/taxes'

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
const taxOf = (taxes: readonly Tax[], behavior?: Tax['behavior']) =>
  sum(taxes.filter((tax) => behavior === undefined || tax.behavior === behavior).map(({ amount }) => amount))

const money = fc.oneof(fc.bigInt({ min: 0n, max: 20n }), fc.bigInt({ min: 0n, max: 10n ** 9n }))
const share = fc
  .tuple(fc.nat(99), fc.nat(9999))
  .map(([whole, part]) => `${whole}.${String(part).padStart(4, '0')}`)
const products = ['a', 'b', 'c']
const terms: fc.Arbitrary<DiscountTerms> = fc.record({
  id: fc.integer({ min: 0, max: 1e9 }).map(String),
  off: fc.oneof(
    share.map((value) => ({ percent: value })),
    money.map((usd) => ({ amounts: { usd } })),
    money.map((eur) => ({ amounts: { eur } })),
  ),
  products: fc.option(fc.subarray(products, { minLength: 1 })),
})
const rates = fc.uniqueArray(fc.record({ id: fc.constantFrom('r1', 'r2', 'r3', 'r4', 'r5') }), {
  selector: ({ id }) => id,
  maxLength: 3,
})
const catalog = fc.record({ r1: share, r2: share, r3: share, r4: share, r5: share })
const line = fc.record({
  amount: fc.oneof(
    money,
    money.map((value) => -value),
  ),
  product: fc.constantFrom(...products),
  discountable: fc.boolean(),
  discounts: fc.array(terms, { maxLength: 2 }),
  rates,
})
const invoice: fc.Arbitrary<SumsInput> = fc
  .record({
    lines: fc.array(line, { maxLength: 12 }),
    discounts: fc.array(terms, { maxLength: 3 }),
    defaultRates: rates,
    catalog,
    shipping: fc.option(money),
    exemption: fc.constantFrom('none', 'exempt', 'reverse'),
    rounding: fc.constantFrom('line', 'invoice'),
  })
  .map(({ catalog: percentages, ...made }) => {
    const rateOf = ({ id }: { id: keyof typeof percentages }): Rate => ({
      id,
      percentage: percentages[id],
      inclusive: id === 'r1' || id === 'r2',
    })
    return {
      ...made,
      currency: 'usd',
      lines: made.lines.map((each) => ({ ...each, givenTaxes: null, rates: each.rates.map(rateOf) })),
      defaultRates: made.defaultRates.map(rateOf),
    } as SumsInput
  })

describe('any invoice', () => {
  const runs = { numRuns: 3000 }

  test('adds up', () => {
    fc.assert(
      fc.property(invoice, (input) => {
        const sums = sumInvoice(input)
        const ownIds = (at: number) => new Set(input.lines[at]?.discounts.map(({ id }) => id))
        const offBy = (own: boolean) =>
          sum(
            sums.lines.flatMap(({ discountAmounts }, at) =>
              discountAmounts
                .filter(({ discount }) => ownIds(at).has(discount) === own)
                .map(({ amount }) => amount),
            ),
          )
        const exclusive = taxOf(sums.taxes, 'exclusive')
        expect(sums.subtotal).toBe(sum(sums.lines.map(({ amount }) => amount)) - offBy(true))
        expect(sums.total).toBe(sums.subtotal - offBy(false) + exclusive + (sums.shipping?.total ?? 0n))
        expect(sum(sums.discountAmounts.map(({ amount }) => amount))).toBe(offBy(true) + offBy(false))
        expect(taxOf(sums.taxes)).toBe(taxOf(sums.lines.flatMap(({ taxes }) => taxes)))
        expect(sums.subtotalExcludingTax).toBe(sums.subtotal - taxOf(sums.taxes, 'inclusive'))
        expect(sums.totalExcludingTax).toBe(sums.total - taxOf(sums.taxes) - (sums.shipping?.tax ?? 0n))
      }),
      runs,
    )
  })

  test('is discounted by what its discounts say and no further than to zero', () => {
    fc.assert(
      fc.property(invoice, (given) => {
        const input: SumsInput = { ...given, exemption: 'none' }
        const { lines } = sumInvoice(input)
        lines.forEach(({ amount, discounted, discountAmounts }, at) => {
          expect(discountAmounts.every((off) => off.amount >= 0n)).toBe(true)
          expect(amount - sum(discountAmounts.map((off) => off.amount))).toBe(discounted)
          if (amount < 0n || !input.lines[at]?.discountable) expect(discounted).toBe(amount)
          else expect(discounted >= 0n).toBe(true)
        })
      }),
      runs,
    )
  })

  test('taxes each line to within half a unit, or each rate when it rounds per invoice', () => {
    fc.assert(
      fc.property(invoice, (given) => {
        const input: SumsInput = { ...given, exemption: 'none' }
        const sums = sumInvoice(input)
        const all = [...input.lines.flatMap((each) => each.rates), ...input.defaultRates]
        const ofTop = (tax: Tax) => {
          const { percentage = '0' } = all.find(({ id }) => id === tax.rate) ?? {}
          return tax.taxableAmount * BigInt(percentage.replace('.', ''))
        }
        const checked = input.rounding === 'line' ? sums.lines.flatMap(({ taxes }) => taxes) : sums.taxes
        for (const tax of checked.filter(({ behavior }) => behavior === 'exclusive')) {
          const error = tax.amount * 1_000_000n - ofTop(tax)
          expect(2n * (error < 0n ? -error : error) <= 1_000_000n).toBe(true)
        }
      }),
      runs,
    )
  })

  test('costs an exempt customer what it costs others without tax', () => {
    fc.assert(
      fc.property(invoice, (input) => {
        const { totalExcludingTax } = sumInvoice({ ...input, exemption: 'none' })
        const exempt = sumInvoice({ ...input, exemption: 'exempt' })
        expect(exempt.total).toBe(totalExcludingTax)
        expect(exempt.totalExcludingTax).toBe(totalExcludingTax)
      }),
      runs,
    )
  })
})
