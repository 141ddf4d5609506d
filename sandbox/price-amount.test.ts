import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { priceAmount, type Rate, type Tier } from '@/sandbox/price-amount'

const plain = { unit_amount_decimal: null, tiers_mode: null, transform_quantity: null }

function tier(up_to: number | null, unit: string | null, flat: string | null = null): Tier {
  return { up_to, unit_amount_decimal: unit, flat_amount_decimal: flat }
}

/** The example of Stripe's documentation: 5 units at 5.00, 5 at 4.00, all others at 3.00. */
const documented = [tier(5, '500'), tier(10, '400'), tier(null, '300')]

describe('tiers', () => {
  test.each([
    ['graduated', '0', 0n],
    ['graduated', '1', 500n],
    ['graduated', '5', 2500n],
    ['graduated', '6', 2900n],
    ['graduated', '20', 7500n],
    ['volume', '0', 0n],
    ['volume', '1', 500n],
    ['volume', '5', 2500n],
    ['volume', '6', 2400n],
    ['volume', '20', 6000n],
  ])('%s: %s units', (tiers_mode, quantity, amount) => {
    expect(priceAmount({ ...plain, tiers: documented, tiers_mode }, quantity)).toBe(amount)
  })

  test.each([
    ['graduated', '0', 1000n],
    ['graduated', '5', 1000n + 2500n],
    ['graduated', '6', 1000n + 2500n + 2000n + 400n],
    ['volume', '5', 1000n + 2500n],
    ['volume', '6', 2000n + 2400n],
  ])('%s with flat amounts: %s units', (tiers_mode, quantity, amount) => {
    const tiers = [tier(5, '500', '1000'), tier(null, '400', '2000')]
    expect(priceAmount({ ...plain, tiers, tiers_mode }, quantity)).toBe(amount)
  })

  test('are summed exactly and rounded once', () => {
    const tiers = [tier(1, '0.25'), tier(null, '0.25')]
    expect(priceAmount({ ...plain, tiers, tiers_mode: 'graduated' }, '2')).toBe(1n)
  })
})

test.each([
  ['up', '0', 0n],
  ['up', '1', 700n],
  ['up', '10', 700n],
  ['up', '10.000000000001', 1400n],
  ['down', '9', 0n],
  ['down', '19.9', 700n],
  ['down', '20', 1400n],
])('packages of ten, rounded %s: %s units', (round, quantity, amount) => {
  const rate = { ...plain, unit_amount_decimal: '700', transform_quantity: { divide_by: 10, round } }
  expect(priceAmount(rate, quantity)).toBe(amount)
})

/** Millionths of a minor unit as decimal text. */
const millionths = (n: number) => `${Math.trunc(n / 1_000_000)}.${String(n % 1_000_000).padStart(6, '0')}`
const unit = fc.nat(50_000_000)
const widths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 })

/** Tiers of the given widths and unit amounts, with an open one at the end. */
function ladder(steps: number[], units: number[]): Tier[] {
  let top = 0
  const bounds = steps.map((width) => (top += width))
  return [...bounds, null].map((up_to, index) => tier(up_to, millionths(units[index] ?? 0)))
}

const ladders = fc
  .tuple(widths, fc.array(unit, { minLength: 7, maxLength: 7 }))
  .map(([steps, units]) => ladder(steps, units))

function law(property: fc.IRawProperty<unknown>) {
  fc.assert(property, { numRuns: 2000 })
}

describe('laws', () => {
  test('a graduated amount is the sum of what its units cost one by one', () => {
    law(
      fc.property(ladders, fc.nat(300), (tiers, quantity) => {
        let total = 0n
        for (let n = 1; n <= quantity; n++) {
          const own = tiers.find(({ up_to }) => up_to === null || n <= up_to)
          total += BigInt((own?.unit_amount_decimal ?? '0').replace('.', ''))
        }
        const rounded = (2n * total + 1_000_000n) / 2_000_000n
        expect(priceAmount({ ...plain, tiers, tiers_mode: 'graduated' }, String(quantity))).toBe(rounded)
      }),
    )
  })

  test('a volume amount is that of a plain price of the tier reached', () => {
    law(
      fc.property(ladders, fc.nat(300), (tiers, quantity) => {
        const own = tiers.find(({ up_to }) => up_to === null || quantity <= up_to)
        const single: Rate = { ...plain, unit_amount_decimal: own?.unit_amount_decimal ?? null }
        expect(priceAmount({ ...plain, tiers, tiers_mode: 'volume' }, String(quantity))).toBe(
          priceAmount(single, String(quantity)),
        )
      }),
    )
  })

  test('one open tier is a plain price, whatever the mode and the fraction', () => {
    law(
      fc.property(
        unit,
        fc.nat(900_000_000),
        fc.constantFrom('graduated', 'volume'),
        (price, n, tiers_mode) => {
          const quantity = millionths(n)
          const tiers = [tier(null, millionths(price))]
          expect(priceAmount({ ...plain, tiers, tiers_mode }, quantity)).toBe(
            priceAmount({ ...plain, unit_amount_decimal: millionths(price) }, quantity),
          )
        },
      ),
    )
  })

  test('graduated amounts never fall when more is bought', () => {
    law(
      fc.property(ladders, fc.nat(300), fc.nat(50), (tiers, quantity, more) => {
        const cost = (n: number) => priceAmount({ ...plain, tiers, tiers_mode: 'graduated' }, String(n))
        expect(cost(quantity + more)).toBeGreaterThanOrEqual(cost(quantity))
      }),
    )
  })

  test('packages rounded up cover the quantity and waste less than one; rounded down the reverse', () => {
    law(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(9_000_000), (divide_by, n) => {
        const count = (round: string) =>
          priceAmount(
            { ...plain, unit_amount_decimal: '1', transform_quantity: { divide_by, round } },
            (n / 1000).toFixed(3),
          )
        const size = BigInt(divide_by) * 1000n
        const [up, down] = [count('up'), count('down')]
        expect(up * size).toBeGreaterThanOrEqual(BigInt(n))
        expect((up - 1n) * size).toBeLessThan(BigInt(n) + (n === 0 ? 1n : 0n))
        expect(down * size).toBeLessThanOrEqual(BigInt(n))
        expect((down + 1n) * size).toBeGreaterThan(BigInt(n))
      }),
    )
  })
})
