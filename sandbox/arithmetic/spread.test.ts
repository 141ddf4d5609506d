import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { spread } from '@/sandbox/arithmetic/spread'

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)

describe('sharing out an amount', () => {
  test.each([
    { amount: 100n, weights: [1000n, 1000n, 1000n], shares: [33n, 33n, 34n] },
    { amount: 200n, weights: [1000n, 1000n, 1000n], shares: [67n, 67n, 66n] },
    { amount: 100n, weights: [7000n, 3000n], shares: [70n, 30n] },
    { amount: 3n, weights: [1n, 1n, 1n, 1n, 1n], shares: [1n, 1n, 1n, 0n, 0n] },
    { amount: 2n, weights: [1n, 1n, 1n, 1n, 1n], shares: [0n, 0n, 0n, 1n, 1n] },
    { amount: 0n, weights: [5n, 0n], shares: [0n, 0n] },
    { amount: 0n, weights: [], shares: [] },
  ])('$amount over $weights gives $shares', ({ amount, weights, shares }) => {
    expect(spread(amount, weights)).toEqual(shares)
  })

  test('loses nothing and asks nobody for more than they have', () => {
    const weight = fc.oneof(fc.bigInt({ min: 0n, max: 5n }), fc.bigInt({ min: 0n, max: 10n ** 12n }))
    fc.assert(
      fc.property(fc.array(weight, { maxLength: 30 }), fc.nat(1000), (weights, permille) => {
        const amount = (sum(weights) * BigInt(permille)) / 1000n
        const shares = spread(amount, weights)
        expect(sum(shares)).toBe(amount)
        shares.forEach((share, at) => {
          expect(share >= 0n && share <= (weights[at] ?? 0n)).toBe(true)
        })
      }),
      { numRuns: 3000 },
    )
  })
})
