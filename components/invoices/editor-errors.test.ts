import { describe, expect, it } from 'vitest'
import type { PriceChoice } from '@/lib/domain/catalog-view'
import { editorField, editorProblems } from './editor-errors'
import { blankLine, type EditorValues, startingValues, toInvoiceInput } from './editor-values'

const acme = { id: 'cus_1', name: 'Acme', email: null, currency: 'eur' }
const hour: PriceChoice = {
  id: 'price_1',
  productId: 'prod_1',
  productName: 'Consulting hour',
  nickname: null,
  currency: 'eur',
  unitAmount: 12_000,
  unitAmountDecimal: '12000',
  isRecurring: false,
  isActive: true,
  isDefault: true,
  createdAt: '2026-11-01T00:00:00Z',
}

const form = (changes: Partial<EditorValues>): EditorValues => ({ ...startingValues(acme), ...changes })
const oneOff = { ...blankLine, description: 'Travel', unitAmount: '99.50' }
const problems = (changes: Partial<EditorValues>) => Object.fromEntries(editorProblems(form(changes)))

describe('editorProblems', () => {
  it('lets a written invoice through and leaves blank lines out', () => {
    const values = form({ lines: [{ ...blankLine, price: hour }, { ...blankLine }, oneOff] })
    expect([...editorProblems(values)]).toEqual([])
    expect(toInvoiceInput(values).lines).toEqual([
      { kind: 'price', priceId: 'price_1', quantity: '1', description: undefined },
      { kind: 'amount', description: 'Travel', quantity: '1', unitAmount: '99.50' },
    ])
  })

  it('asks for a customer and for something to bill', () => {
    expect(problems({ customer: null })).toEqual({
      customer: 'id',
      'lines.0.description': 'required',
      'lines.0.unitAmount': 'amount_missing',
    })
  })

  it('finds the line of the form although blank ones before it are not sent', () => {
    const broken = { ...oneOff, quantity: '0', unitAmount: '1e3' }
    expect(problems({ lines: [{ ...blankLine }, oneOff, { ...blankLine }, broken] })).toEqual({
      'lines.3.quantity': 'quantity_zero',
      'lines.3.unitAmount': 'amount_not_a_number',
    })
  })

  it('refuses a price of another currency than the invoice', () => {
    expect(problems({ currency: 'usd', lines: [{ ...blankLine, price: hour }] })).toEqual({
      'lines.0.price': 'price_currency',
    })
  })

  it.each(['', '-1', '1.5', '366', '1e2', '９'])('refuses %j as other days', (otherDays) => {
    expect(problems({ terms: 'other', otherDays, lines: [oneOff] })).toEqual({ otherDays: 'days' })
  })

  it('looks at the sum too', () => {
    const large = { ...oneOff, unitAmount: '999999.99' }
    expect(problems({ lines: [large, large] })).toEqual({ lines: 'total_too_large' })
    const credit = { ...oneOff, unitAmount: '-5' }
    expect(problems({ lines: [credit], until: 'sent' })).toEqual({ lines: 'total_negative' })
  })
})

describe('editorField', () => {
  const values = form({ lines: [{ ...blankLine }, oneOff] })
  it.each([
    ['lines.0.unitAmount', 'lines.1.unitAmount'],
    ['lines.0.priceId', 'lines.1.price'],
    ['lines', 'lines'],
    ['customerId', 'customer'],
    ['daysUntilDue', 'terms'],
    ['operationId', null],
  ])('puts what the action says of %s on %s', (path, field) => {
    expect(editorField(path, values)).toBe(field)
  })
})
