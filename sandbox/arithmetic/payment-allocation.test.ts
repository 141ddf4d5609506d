import fc from 'fast-check'
import { expect, test } from 'vitest'
import { allocatePayment } from '@/sandbox/arithmetic/payment-allocation'

const minor = fc.integer({ min: 0, max: 99_999_999 })

test.each([
  [2000, [2000], [{ paid: 2000, overpaid: 0 }]],
  [500, [2000], [{ paid: 500, overpaid: 0 }]],
  [2500, [2000], [{ paid: 2000, overpaid: 500 }]],
  [700, [0], [{ paid: 0, overpaid: 700 }]],
  [
    2500,
    [2000, 1000],
    [
      { paid: 2000, overpaid: 0 },
      { paid: 500, overpaid: 0 },
    ],
  ],
])('%i over what needs %j', (amount, needs, shares) => {
  expect(allocatePayment(amount, needs)).toEqual(shares)
})

test('spreads all of it, no invoice gets more than it needs, and none waits while another is overpaid', () => {
  fc.assert(
    fc.property(minor, fc.array(minor, { minLength: 1, maxLength: 6 }), (amount, needs) => {
      const shares = allocatePayment(amount, needs)
      expect(shares.reduce((sum, { paid, overpaid }) => sum + paid + overpaid, 0)).toBe(amount)
      const isOverpaid = shares.some(({ overpaid }) => overpaid > 0)
      for (const [at, { paid, overpaid }] of shares.entries()) {
        expect(paid).toBeLessThanOrEqual(needs[at] ?? 0)
        if (isOverpaid) expect(paid).toBe(needs[at])
        if (at < needs.length - 1) expect(overpaid).toBe(0)
      }
    }),
  )
})
