import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  addPortions,
  amountOfUnits,
  creditPart,
  nothing,
  type Portion,
  sumCredit,
} from '@/sandbox/arithmetic/credits'
import { sumInvoice } from '@/sandbox/arithmetic/invoice-sums'

const minor = (max: number) => fc.nat({ max }).map(BigInt)

/** A line as an invoice could have it: what belongs to it is smaller than itself, and of its sign. */
const line: fc.Arbitrary<Portion> = fc
  .record({
    amount: minor(1_000_000),
    sign: fc.constantFrom(1n, 1n, -1n),
    off: fc.array(minor(1000), { maxLength: 3 }),
    rates: fc.array(fc.record({ per: minor(300), inclusive: fc.boolean() }), { maxLength: 3 }),
  })
  .map(({ amount, sign, off, rates }) => ({
    amount: sign * amount,
    discounts:
      sign < 0n ? [] : off.map((part, at) => ({ discount: `di_${at}`, amount: (amount * part) / 3000n })),
    taxes: rates.map(({ per, inclusive }, at) => ({
      rate: `txr_${at}`,
      behavior: inclusive ? ('inclusive' as const) : ('exclusive' as const),
      amount: (sign * amount * per) / 1000n,
      taxableAmount: sign * amount,
      reason: 'not_available',
    })),
  }))

/** Weights of the steps in which a line is credited until nothing is left. */
const steps = fc.array(fc.integer({ min: 0, max: 1000 }).map(BigInt), { minLength: 1, maxLength: 12 })

function cut(amount: bigint, weights: readonly bigint[]): bigint[] {
  let [left, weight] = [amount, weights.reduce((all, one) => all + one, 0n)]
  const parts = weights.map((one) => {
    const part = weight === 0n ? 0n : (left * one) / weight
    ;[left, weight] = [left - part, weight - one]
    return part
  })
  return [...parts, left]
}

const amountsOf = ({ discounts, taxes }: Portion) => [
  ...discounts.map(({ amount }) => amount),
  ...taxes.flatMap(({ amount, taxableAmount }) => [amount, taxableAmount]),
]

const totalOf = (...portions: Portion[]) => sumCredit(portions, [], { total: 0n, tax: 0n }).total

test('crediting a line bit by bit takes all of it, to the last unit, and never too much', () => {
  fc.assert(
    fc.property(line, steps, (whole, weights) => {
      let credited = nothing
      const parts: Portion[] = []
      for (const amount of cut(whole.amount, weights)) {
        const part = creditPart(whole, credited, amount)
        for (const one of [part.amount, ...amountsOf(part)]) {
          expect(whole.amount < 0n ? one <= 0n : one >= 0n).toBe(true)
        }
        parts.push(part)
        credited = addPortions(credited, part)
      }
      expect(credited.amount).toBe(whole.amount)
      expect(totalOf(credited)).toBe(totalOf(whole))
      expect(totalOf(...parts)).toBe(totalOf(whole))
      expect(amountsOf(creditPart(whole, credited, 0n)).every((amount) => amount === 0n)).toBe(true)
    }),
  )
})

test('what was voided in between can be credited again, and the end is the same', () => {
  fc.assert(
    fc.property(line, steps, fc.array(fc.boolean()), (whole, weights, voided) => {
      let credited = nothing
      for (const [at, amount] of cut(whole.amount, weights).entries()) {
        const part = creditPart(whole, credited, amount)
        if (!voided[at]) credited = addPortions(credited, part)
      }
      const rest = creditPart(whole, credited, whole.amount - credited.amount)
      expect(totalOf(credited, rest)).toBe(totalOf(whole))
    }),
  )
})

test('all units of a line are worth the line, however it was rounded', () => {
  const quantity = fc.integer({ min: 1, max: 40 })
  fc.assert(
    fc.property(fc.bigInt({ min: -100_000n, max: 100_000n }), quantity, (amount, units) => {
      let before = { amount: 0n, quantity: 0n }
      for (let unit = 0; unit < units; unit++) {
        const worth = amountOfUnits({ amount, quantity: String(units) }, before, 1n)
        expect(amount < 0n ? worth <= 0n : worth >= 0n).toBe(true)
        before = { amount: before.amount + worth, quantity: before.quantity + 1n }
      }
      expect(before.amount).toBe(amount)
    }),
  )
  expect(amountOfUnits({ amount: 1000n, quantity: '2.5' }, { amount: 0n, quantity: 0n }, 2n)).toBe(800n)
})

test('crediting every line of an invoice comes to the invoice', () => {
  const rate = (id: string, percentage: string, inclusive: boolean) => ({ id, percentage, inclusive })
  const invoiceLine = fc.record({
    amount: fc.bigInt({ min: -5_000n, max: 50_000n }),
    product: fc.constantFrom('prod_a', 'prod_b'),
    discountable: fc.boolean(),
    rates: fc.subarray([
      rate('txr_1', '7.25', false),
      rate('txr_2', '19', true),
      rate('txr_3', '0.3333', false),
    ]),
  })
  fc.assert(
    fc.property(
      fc.array(invoiceLine, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('none' as const, 'exempt' as const),
      fc.constantFrom('line' as const, 'invoice' as const),
      (lines, exemption, rounding) => {
        const invoice = sumInvoice({
          currency: 'usd',
          lines: lines.map((one) => ({
            ...one,
            givenTaxes: null,
            discounts: [{ id: 'di_line', off: { percent: '12.5' }, products: ['prod_a'] }],
          })),
          discounts: [{ id: 'di_invoice', off: { amounts: { usd: 777n } }, products: null }],
          defaultRates: [],
          shipping: null,
          exemption,
          rounding,
        })
        const portions = invoice.lines.map(({ amount, discountAmounts: discounts, taxes }) =>
          creditPart({ amount, discounts, taxes }, nothing, amount),
        )
        const note = sumCredit(portions, ['di_invoice'], { total: 0n, tax: 0n })
        expect(note).toMatchObject({
          subtotal: invoice.subtotal,
          subtotalExcludingTax: invoice.subtotalExcludingTax,
          total: invoice.total,
          totalExcludingTax: invoice.totalExcludingTax,
        })
      },
    ),
  )
})
