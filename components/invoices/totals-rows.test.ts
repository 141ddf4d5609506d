import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { totalsRows } from './totals-rows'

const amount = fc.integer({ min: -99_999_999, max: 99_999_999 })
const facts = fc.record({
  subtotal: amount,
  total: amount,
  balanceApplied: amount,
  amountPaid: amount,
  amountRemaining: amount,
  isVoid: fc.boolean(),
})

describe('totalsRows', () => {
  it('adds up to the amount due, whatever the figures are', () => {
    fc.assert(
      fc.property(facts, (invoice) => {
        const rows = totalsRows(invoice)
        const fromTotal = rows.slice(
          rows.findIndex((row) => row.weight === 'sum'),
          -1,
        )
        const sum = fromTotal.reduce((so, row) => so + Number(row.minor), 0)
        expect(sum).toBe(Number(rows.at(-1)?.minor) + 0)
      }),
    )
  })

  it('names only what is there', () => {
    const plain = {
      subtotal: 900,
      total: 900,
      balanceApplied: 0,
      amountPaid: 0,
      amountRemaining: 900,
      isVoid: false,
    }
    expect(totalsRows(plain).map((row) => row.label)).toEqual(['Total', 'Amount due'])
  })

  it('explains a balance, a payment and tax', () => {
    const rows = totalsRows({
      subtotal: 1_000,
      total: 1_190,
      balanceApplied: -190,
      amountPaid: 400,
      amountRemaining: 600,
      isVoid: false,
    })
    expect(rows.map((row) => [row.label, row.minor])).toEqual([
      ['Subtotal', 1_000],
      ['Total', 1_190],
      ['Balance applied', -190],
      ['Paid', -400],
      ['Amount due', 600],
    ])
  })

  it('leaves nothing due on a void invoice', () => {
    const rows = totalsRows({
      subtotal: 500,
      total: 500,
      balanceApplied: 0,
      amountPaid: 0,
      amountRemaining: 500,
      isVoid: true,
    })
    expect(rows.map((row) => [row.label, row.minor])).toEqual([
      ['Total', 500],
      ['Voided', -500],
      ['Amount due', 0],
    ])
  })
})
