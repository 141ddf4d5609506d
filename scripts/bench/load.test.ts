import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, percentile } from './load'

test('as many values lie below the median as above it', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
      const middle = median(values)
      const below = values.filter((value) => value < middle).length
      const above = values.filter((value) => value > middle).length
      expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2)
    }),
  )
})

test('an even number of values has its median between two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('a percentile is a value that the share of them does not exceed, and no smaller one is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const found = percentile(values, share)
        expect(values).toContain(found)
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(values.length * share)
        expect(values.filter((value) => value < found).length).toBeLessThan(values.length * share)
      },
    ),
  )
})
