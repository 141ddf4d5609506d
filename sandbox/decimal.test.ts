import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asInteger, divideHalfUp, normalizeDecimal, truncate } from '@/sandbox/decimal'

test.each([
  ['2000.00', '2000'],
  ['-0', '0'],
  ['-0.000', '0'],
  ['007.50', '7.5'],
  ['0.000000000001', '0.000000000001'],
  ['-0.50', '-0.5'],
])('%s is written %s', (text, normal) => {
  expect(normalizeDecimal(text)).toBe(normal)
})

test('writing a decimal twice changes nothing, and trailing zeros never do', () => {
  fc.assert(
    fc.property(
      fc.bigInt(-(10n ** 17n), 10n ** 17n),
      fc.stringMatching(/^[0-9]{1,12}$/),
      (whole, fraction) => {
        const normal = normalizeDecimal(`${whole}.${fraction}`)
        expect(normalizeDecimal(normal)).toBe(normal)
        expect(normalizeDecimal(`${whole}.${fraction}00`)).toBe(normal)
      },
    ),
  )
})

test('only a whole decimal is an integer', () => {
  expect(asInteger('1250.00')).toBe(1250)
  expect(asInteger('1250.01')).toBeNull()
})

test('a quantity is cut, not rounded', () => {
  expect(truncate('2.999')).toBe(2)
  expect(truncate('0.5')).toBe(0)
})

test.each([
  [5n, 2n, 3n],
  [-5n, 2n, -3n],
  [4n, 3n, 1n],
  [7n, -2n, -4n],
  [0n, 9n, 0n],
])('%s / %s rounds to %s', (numerator, denominator, rounded) => {
  expect(divideHalfUp(numerator, denominator)).toBe(rounded)
})
