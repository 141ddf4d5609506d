import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  currencies,
  currencyExponent,
  formatMoney,
  largestAmountIn,
  parseAmount,
  toDecimalString,
  toMinorUnits,
} from './money'

const value = (text: string, currency = 'usd', allow = {}) => {
  const parsed = parseAmount(text, currency, allow)
  return parsed.ok ? parsed.value : parsed.problem
}
const anyCurrency = fc.constantFrom(...currencies)

describe('currencyExponent', () => {
  it.each([
    ['usd', 2],
    ['EUR', 2],
    ['jpy', 0],
    ['KRW', 0],
    ['kwd', 3],
    ['bhd', 3],
    ['isk', 2],
    ['ugx', 2],
    ['constructor', 2],
  ])('%s has %i digits', (currency, digits) => {
    expect(currencyExponent(currency)).toBe(digits)
  })

  it('agrees with the platform about everyday currencies', () => {
    for (const currency of ['usd', 'eur', 'gbp', 'chf', 'jpy', 'krw', 'vnd', 'kwd', 'bhd', 'omr', 'tnd']) {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency })
      expect(format.resolvedOptions().maximumFractionDigits, currency).toBe(currencyExponent(currency))
    }
  })
})

describe('parseAmount', () => {
  it.each([
    ['1234.56', 123_456n],
    ['1,234.56', 123_456n],
    ['1.234,56', 123_456n],
    ['1 234,56', 123_456n],
    ["1'234.56", 123_456n],
    ['1\u202f234,56', 123_456n],
    ['1,23', 123n],
    ['19.99', 1_999n],
    ['  7 ', 700n],
    ['0', 0n],
    ['0.5', 50n],
    ['1234', 123_400n],
    ['1 234', 123_400n],
    ['999,999.99', 99_999_999n],
  ])('reads %j', (text, minor) => {
    expect(value(text)).toBe(minor)
  })

  it.each([
    ['', 'amount_missing'],
    ['   ', 'amount_missing'],
    ['abc', 'amount_not_a_number'],
    ['1e3', 'amount_not_a_number'],
    ['0x10', 'amount_not_a_number'],
    ['NaN', 'amount_not_a_number'],
    ['Infinity', 'amount_not_a_number'],
    ['-0', 'amount_not_a_number'],
    ['-0.00', 'amount_not_a_number'],
    ['0.1+0.2', 'amount_not_a_number'],
    ['٣٫٥', 'amount_not_a_number'],
    ['\uff11\uff12', 'amount_not_a_number'],
    ['$5', 'amount_not_a_number'],
    ['1.', 'amount_not_a_number'],
    ['.5', 'amount_not_a_number'],
    ['--5', 'amount_not_a_number'],
    ['1,2,3', 'amount_not_a_number'],
    ['1,23,456.00', 'amount_not_a_number'],
    ['1,234.567.89', 'amount_not_a_number'],
    ['0,123.45', 'amount_not_a_number'],
    ['1,234', 'amount_ambiguous'],
    ['1.234', 'amount_ambiguous'],
    ['12.500', 'amount_ambiguous'],
    ['1.005', 'amount_ambiguous'],
    ['0.005', 'amount_too_precise'],
    ['1234.567', 'amount_too_precise'],
    ['19.9900', 'amount_too_precise'],
    ['-5', 'amount_negative'],
    ['1000000.00', 'amount_too_large'],
    ['1000000000000000000000000000000', 'amount_too_large'],
  ])('refuses %j: %s', (text, problem) => {
    expect(value(text)).toBe(problem)
  })

  it.each([
    ['10.5', 'jpy', 'amount_too_precise'],
    ['1050', 'jpy', 1_050n],
    ['5.124', 'kwd', 'amount_ambiguous'],
    ['0.124', 'kwd', 'amount_ends_in_zero'],
    ['5.12', 'kwd', 5_120n],
    ['0.120', 'kwd', 120n],
    ['1 234,560', 'kwd', 1_234_560n],
    ['1,234.560', 'kwd', 1_234_560n],
    ['1.234.567,890', 'kwd', 'amount_too_large'],
    ['5', 'isk', 500n],
    ['5.5', 'isk', 'amount_ends_in_zero'],
    ['5.00', 'ugx', 500n],
    ['99999999.99', 'huf', 9_999_999_999n],
    ['100000000', 'huf', 'amount_too_large'],
  ])('reads %s in %s', (text, currency, expected) => {
    expect(value(text, currency)).toBe(expected)
  })

  it('takes a minus only where it is allowed', () => {
    expect(value('-1.250,00', 'eur', { negative: true })).toBe(-125_000n)
    expect(value('-1000000', 'eur', { negative: true })).toBe('amount_too_large')
  })

  it('reads back what it writes, with every way of grouping', () => {
    const anyStyle = fc.constantFrom([',', '.'], ['.', ','], [' ', ','], ["'", '.'], ['\u00a0', ','])
    fc.assert(
      fc.property(anyCurrency, fc.bigInt(0n, 10n ** 10n), anyStyle, (currency, units, [group, mark]) => {
        // Whole hundreds of the smallest unit satisfy every currency's rule about zeros at the end.
        const minor = (units % (largestAmountIn(currency) / 100n)) * 100n
        expect(value(toDecimalString(minor, currency), currency)).toSatisfy(
          (read) => read === minor || (currencyExponent(currency) === 3 && read === 'amount_ambiguous'),
        )
        const [whole = '', fraction] = toDecimalString(minor, currency).split('.')
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group ?? '')
        const text = fraction === undefined ? grouped : `${grouped}${mark}${fraction}`
        expect(value(text, currency)).toSatisfy((read) => read === minor || read === 'amount_ambiguous')
      }),
    )
  })

  it('never misreads: whatever is typed, the digits of the value are the digits typed', () => {
    const typed = fc.stringMatching(/^-?[0-9.,' ]{1,14}$/)
    fc.assert(
      fc.property(typed, anyCurrency, (text, currency) => {
        const parsed = parseAmount(text, currency, { negative: true })
        if (!parsed.ok) return
        const digits = text.replace(/\D/g, '').replace(/^0+/, '')
        const [whole = '', fraction = ''] = toDecimalString(parsed.value, currency)
          .replace('-', '')
          .split('.')
        expect((whole + fraction).replace(/^0+/, '').startsWith(digits)).toBe(true)
        expect((whole + fraction).replace(/^0+/, '').slice(digits.length)).toMatch(/^0{0,3}$/)
      }),
      { numRuns: 2_000 },
    )
  })

  it('answers for any text, without throwing', () => {
    const unit = fc.constantFrom(..."0123456789.,' -+eExN∞٣１\u0000\ud800\u00a0€")
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 40 }), fc.string({ maxLength: 5 }), (text, currency) => {
        expect(parseAmount(text, currency)).toHaveProperty('ok')
      }),
    )
  })
})

describe('toDecimalString and formatMoney', () => {
  it.each([
    [123_450, 'usd', '1234.50', '$1,234.50'],
    [-5, 'usd', '-0.05', '-$0.05'],
    [1_050, 'jpy', '1050', '¥1,050'],
    [5_120, 'kwd', '5.120', 'KWD 5.120'],
    [0, 'eur', '0.00', '€0.00'],
    [500, 'isk', '5.00', 'ISK 5.00'],
  ])('%i %s is %s and %s', (minor, currency, plain, formatted) => {
    expect(toDecimalString(minor, currency)).toBe(plain)
    expect(formatMoney(minor, currency).replace('\u00a0', ' ')).toBe(formatted)
  })

  it('is exact beyond what a float holds', () => {
    expect(formatMoney(900_719_925_474_099_301n, 'usd')).toBe('$9,007,199,254,740,993.01')
  })

  it('loses no digit, in any currency', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 18n), 10n ** 18n), anyCurrency, (minor, currency) => {
        const [whole = '', fraction = ''] = toDecimalString(minor, currency).split('.')
        expect(fraction).toHaveLength(currencyExponent(currency))
        expect(BigInt(whole.replace('-', '') + fraction)).toBe(minor < 0n ? -minor : minor)
        expect(whole.startsWith('-')).toBe(minor < 0n)
      }),
    )
  })
})

describe('toMinorUnits', () => {
  it('carries what a number holds exactly and refuses the rest', () => {
    expect(toMinorUnits(-99_999_999n)).toBe(-99_999_999)
    expect(() => toMinorUnits(2n ** 53n)).toThrow(RangeError)
  })
})
