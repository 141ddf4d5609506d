import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineAmount, previewTotals, totalsProblems } from './invoice-totals'

/** A decimal of `digits / 10^decimals` as a plain string. */
const decimal = (digits: bigint, decimals: number) => {
  const size = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, '0')
  const text = decimals === 0 ? size : `${size.slice(0, -decimals)}.${size.slice(-decimals)}`
  return digits < 0n ? `-${text}` : text
}
const anyDecimal = (least: bigint, most: bigint) =>
  fc.record({ digits: fc.bigInt(least, most), decimals: fc.integer({ min: 0, max: 12 }) })
const anyUnit = anyDecimal(-(10n ** 20n), 10n ** 20n)
const anyQuantity = anyDecimal(0n, 10n ** 20n)

describe('lineAmount', () => {
  it.each([
    ['1250', '3', 3750n],
    ['1250', '0.333', 416n],
    ['1', '0.5', 1n],
    ['-1', '0.5', -1n],
    ['1', '0.4999', 0n],
    ['-1', '0.4999', 0n],
    ['0.000000000001', '999999999', 0n],
    ['0.012', '1000000', 12000n],
    ['0.5', '1', 1n],
    ['-2.5', '1', -3n],
    ['99999999', '1.000000000001', 99_999_999n],
    ['9007199254740993', '1', 9_007_199_254_740_993n],
  ])('%s × %s = %s', (unit, quantity, amount) => {
    expect(lineAmount(unit, quantity)).toBe(amount)
  })

  it.each(['', 'abc', '1e3', '1,5', '0x10', 'NaN', '+1', '1.', '.5', '1.0000000000001', '−1'])(
    'does not read %j',
    (text) => {
      expect(lineAmount(text, '1')).toBeNull()
      expect(lineAmount('1', text)).toBeNull()
    },
  )

  it('is the integer nearest to the exact product, and of two equally near ones the larger in size', () => {
    fc.assert(
      fc.property(anyUnit, anyQuantity, (unit, quantity) => {
        const amount = lineAmount(
          decimal(unit.digits, unit.decimals),
          decimal(quantity.digits, quantity.decimals),
        )
        if (amount === null) throw new Error('not read')
        const scale = 10n ** BigInt(unit.decimals + quantity.decimals)
        const product = unit.digits * quantity.digits
        const distance = amount * scale - product
        expect(2n * (distance < 0n ? -distance : distance)).toBeLessThanOrEqual(scale)
        if (2n * distance === scale) expect(amount).toBeGreaterThan(0n)
        if (2n * distance === -scale) expect(amount).toBeLessThan(0n)
      }),
    )
  })

  it('is odd: a credit of the same size comes to the same amount, negative', () => {
    fc.assert(
      fc.property(anyUnit, anyQuantity, (unit, quantity) => {
        const count = decimal(quantity.digits, quantity.decimals)
        const amount = lineAmount(decimal(unit.digits, unit.decimals), count) ?? 0n
        expect(lineAmount(decimal(-unit.digits, unit.decimals), count)).toBe(-amount)
      }),
    )
  })

  it('does not depend on zeros written at the end', () => {
    fc.assert(
      fc.property(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.integer({ min: 0, max: 6 }), (digits, more) => {
        const longer = decimal(digits * 10n ** BigInt(more), 6 + more)
        expect(lineAmount(longer, '7')).toBe(lineAmount(decimal(digits, 6), '7'))
      }),
    )
  })
})

describe('previewTotals', () => {
  const line = (unitAmountDecimal: string, quantity = '1') => ({ unitAmountDecimal, quantity })

  it('rounds each line and adds up what is rounded', () => {
    expect(previewTotals([line('0.5'), line('0.5'), line('-100', '2')])).toEqual({
      lines: [{ amount: 1n }, { amount: 1n }, { amount: -200n }],
      subtotal: -198n,
      total: -198n,
      isComplete: true,
    })
  })

  it('leaves out what cannot be read yet, and says so', () => {
    expect(previewTotals([line('100'), line('', '2'), line('3', 'x')])).toEqual({
      lines: [{ amount: 100n }, { amount: null }, { amount: null }],
      subtotal: 100n,
      total: 100n,
      isComplete: false,
    })
  })

  it('does not depend on the order of lines', () => {
    const anyLine = fc.tuple(anyUnit, anyQuantity).map(([unit, quantity]) => ({
      unitAmountDecimal: decimal(unit.digits, unit.decimals),
      quantity: decimal(quantity.digits, quantity.decimals),
    }))
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 20 }), (lines) => {
        expect(previewTotals(lines.toReversed()).total).toBe(previewTotals(lines).total)
      }),
    )
  })
})

describe('totalsProblems', () => {
  const of = (...units: string[]) =>
    previewTotals(units.map((unitAmountDecimal) => ({ unitAmountDecimal, quantity: '1' })))

  it('knows the largest amount of a line and of the whole, which depend on the currency', () => {
    expect(totalsProblems(of('99999999'), 'usd', 'sent')).toEqual({})
    expect(totalsProblems(of('100000000'), 'usd', 'draft')).toEqual({
      'lines.0.quantity': 'amount_too_large',
      lines: 'total_too_large',
    })
    expect(totalsProblems(of('99999999', '1'), 'usd', 'draft')).toEqual({ lines: 'total_too_large' })
    expect(totalsProblems(of('1', '-100000000'), 'eur', 'draft')).toEqual({
      'lines.1.quantity': 'amount_too_large',
    })
    expect(totalsProblems(of('100000000'), 'idr', 'draft')).toEqual({})
  })

  it('lets a negative total be drafted and finalized (it becomes a credit), not sent', () => {
    expect(totalsProblems(of('100', '-101'), 'usd', 'draft')).toEqual({})
    expect(totalsProblems(of('100', '-101'), 'usd', 'finalized')).toEqual({})
    expect(totalsProblems(of('100', '-101'), 'usd', 'sent')).toEqual({ lines: 'total_negative' })
    expect(totalsProblems(of('100', '-100'), 'usd', 'sent')).toEqual({})
  })
})
