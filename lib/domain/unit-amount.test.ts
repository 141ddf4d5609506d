import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatMoney } from './money'
import { formatUnitAmount } from './unit-amount'

describe('formatUnitAmount', () => {
  it.each([
    ['1250', 'eur', '€12.50'],
    ['0.012', 'eur', '€0.00012'],
    ['5', 'usd', '$0.05'],
    ['12.5', 'usd', '$0.125'],
    ['500', 'jpy', '¥500'],
    ['0.5', 'jpy', '¥0.5'],
    ['1234', 'kwd', 'KWD 1.234'],
    ['-250', 'usd', '-$2.50'],
    ['0.000000000001', 'usd', '$0.00000000000001'],
  ])('reads %s in %s as %s', (decimal, currency, text) => {
    expect(formatUnitAmount(decimal, currency).replace(/\s/g, ' ')).toBe(text)
  })

  it('says the same as formatMoney of every whole number of minor units', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99_999_999, max: 99_999_999 }),
        fc.constantFrom('usd', 'jpy', 'kwd', 'eur'),
        (minor, currency) => {
          expect(formatUnitAmount(String(minor), currency)).toBe(formatMoney(minor, currency))
        },
      ),
    )
  })
})
