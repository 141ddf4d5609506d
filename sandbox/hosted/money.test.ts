import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exponentOf } from '@/sandbox/currencies'
import { formatMoney } from '@/sandbox/hosted/money'

test.each([
  [0, 'usd', '$0.00'],
  [5, 'usd', '$0.05'],
  [-123456, 'usd', '-$1,234.56'],
  [99999999, 'eur', '€999,999.99'],
  [1050, 'jpy', '¥1,050'],
  [1234, 'kwd', 'KWD 1.234'],
  [500, 'isk', 'ISK 5.00'],
  [500, 'mga', 'MGA 500'],
  ['5.5', 'usd', '$0.055'],
  ['0.000000000001', 'usd', '$0.00000000000001'],
  ['1250.00', 'usd', '$12.50'],
  ['-10.5', 'jpy', '-¥10.5'],
])('%s %s reads %s', (minor, currency, text) => {
  expect(formatMoney(minor, currency).replace(/\u00a0/g, ' ')).toBe(text)
})

test('every digit of the amount is on the page and no other', () => {
  const currencies = fc.constantFrom('usd', 'jpy', 'kwd', 'chf', 'xof')
  fc.assert(
    fc.property(fc.maxSafeInteger(), currencies, (minor, currency) => {
      const digits = formatMoney(minor, currency).replace(/\D/g, '')
      expect(digits).toBe(String(Math.abs(minor)).padStart(exponentOf(currency) + 1, '0'))
    }),
  )
})
