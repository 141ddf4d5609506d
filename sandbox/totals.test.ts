import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDecimal } from '@/sandbox/decimal'
import { amountDue, lineAmount, settle } from '@/sandbox/totals'

const decimal = (limits: { negative: boolean }) =>
  fc
    .tuple(
      fc.bigInt({ min: limits.negative ? -(10n ** 15n) : 0n, max: 10n ** 15n }),
      fc.stringMatching(/^[0-9]{0,12}$/),
    )
    .map(([whole, fraction]) => (fraction === '' ? String(whole) : `${whole}.${fraction}`))

const minor = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })
const positive = fc.bigInt({ min: 0n, max: 10n ** 12n })
describe('a line amount', () => {
  test.each([
    ['450', '0.05', 23n],
    ['12.345', '100', 1235n],
    ['0.000000000001', '1000000000000', 1n],
    ['0.5', '1', 1n],
    ['0.499999999999', '1', 0n],
    ['-0.5', '1', -1n],
    ['999999999999', '999999999999.999999999999', 999999999998999999999999n],
  ])('%s × %s is %s', (unit, quantity, amount) => {
    expect(lineAmount(unit, quantity)).toBe(amount)
  })

  test('is the exact product to within half a unit, halves going up in size', () => {
    fc.assert(
      fc.property(decimal({ negative: true }), decimal({ negative: false }), (unit, quantity) => {
        const [a, b] = [parseDecimal(unit), parseDecimal(quantity)]
        const scale = 10n ** BigInt(a.scale + b.scale)
        const error = lineAmount(unit, quantity) * scale - a.coefficient * b.coefficient
        const size = error < 0n ? -error : error
        expect(2n * size <= scale).toBe(true)
        if (2n * size === scale) expect(error > 0n).toBe(a.coefficient * b.coefficient > 0n)
      }),
    )
  })

  test('is the plain product of whole numbers', () => {
    fc.assert(
      fc.property(minor, positive, (unit, quantity) => {
        expect(lineAmount(String(unit), String(quantity))).toBe(unit * quantity)
      }),
    )
  })
})

describe('settling with the customer balance', () => {
  const limits = { minimum: 50n, maximum: 99_999_999n }

  test.each([
    { total: 3000n, start: -1000n, due: 2000n, end: 0n, moves: [['applied_to_invoice', 1000n]] },
    { total: 500n, start: -1000n, due: 0n, end: -500n, moves: [['applied_to_invoice', 500n]] },
    { total: -300n, start: 0n, due: 0n, end: -300n, moves: [['applied_to_invoice', -300n]] },
    { total: 3000n, start: 200n, due: 3200n, end: 0n, moves: [['applied_to_invoice', -200n]] },
    { total: 3000n, start: 0n, due: 3000n, end: 0n, moves: [] },
    { total: 0n, start: 0n, due: 0n, end: 0n, moves: [] },
    { total: 30n, start: 0n, due: 0n, end: 30n, moves: [['invoice_too_small', 30n]] },
    { total: 50n, start: 0n, due: 50n, end: 0n, moves: [] },
    {
      total: 1030n,
      start: -1000n,
      due: 0n,
      end: 30n,
      moves: [
        ['applied_to_invoice', 1000n],
        ['invoice_too_small', 30n],
      ],
    },
    {
      total: 100_000_000n,
      start: 0n,
      due: 0n,
      end: 100_000_000n,
      moves: [['invoice_too_large', 100_000_000n]],
    },
  ])(
    'total $total on balance $start leaves $due due and balance $end',
    ({ total, start, due, end, moves }) => {
      expect(settle(total, start, limits)).toEqual({
        amountDue: due,
        endingBalance: end,
        movements: moves.map(([type, amount]) => ({ type, amount })),
      })
    },
  )

  test('loses no money and asks for nothing that cannot be charged', () => {
    fc.assert(
      fc.property(minor, minor, (total, start) => {
        const { amountDue: due, endingBalance: end, movements } = settle(total, start, limits)
        expect(due + end).toBe(total + start)
        expect(movements.reduce((sum, { amount }) => sum + amount, 0n)).toBe(end - start)
        expect(due === 0n || (due >= limits.minimum && due <= limits.maximum)).toBe(true)
        expect(movements.every(({ amount }) => amount !== 0n)).toBe(true)
        if (due > 0n) expect(due).toBe(amountDue(total, start))
      }),
    )
  })
})
