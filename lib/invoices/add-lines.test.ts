import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batches } from './add-lines'
import { type PlannedLine, planLines } from './planned-lines'

const planned = (quantities: string[]): PlannedLine[] =>
  planLines(
    quantities.map((quantity) => ({ kind: 'amount', description: 'x', unitAmount: '1', quantity })),
    'usd',
  )
const places = (lines: PlannedLine[]) => batches(lines).map((batch) => batch.map(({ place }) => place))

describe('batches', () => {
  it('puts into one call what one call takes', () => {
    expect(places(planned(['1', '1.0', '01']))).toEqual([[0, 1, 2]])
    expect(places(planned(['1', '2', '1', '1', '0.5', '3']))).toEqual([[0], [1], [2, 3], [4], [5]])
    expect(places([])).toEqual([])
  })

  it('never puts catalog prices into calls of their own', () => {
    const prices = planLines(
      ['1', '2', '0.25'].map((quantity) => ({ kind: 'price', priceId: 'price_1', quantity })),
      'usd',
    )
    expect(places(prices)).toEqual([[0, 1, 2]])
  })

  it('keeps every line once, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('1', '2', '0.5'), { maxLength: 30 }), (quantities) => {
        const lines = planned(quantities)
        expect(batches(lines).flat()).toEqual(lines)
        for (const batch of batches(lines)) {
          expect(batch.length === 1 || batch.every(({ quantity }) => quantity === '1')).toBe(true)
        }
      }),
    )
  })
})

describe('planLines', () => {
  it('refuses an amount that no form let through, at its field', () => {
    const line = { kind: 'amount', description: 'x', unitAmount: '10.5', quantity: '1' } as const
    expect(() => planLines([line], 'jpy')).toThrow(
      expect.objectContaining({
        error: { code: 'invalid_input', fields: { 'lines.0.unitAmount': 'amount_too_precise' } },
      }),
    )
  })
})
