import { describe, expect, it } from 'vitest'
import {
  createInvoiceInput,
  invoiceMoveInput,
  mostLines,
  recordPaymentInput,
  shareLinkInput,
} from './invoice-input'

const operationId = crypto.randomUUID()
const amountLine = { kind: 'amount', description: 'Setup', unitAmount: '100', quantity: '1' }
const priceLine = { kind: 'price', priceId: 'price_1', quantity: '2.5' }
const valid = {
  operationId,
  customerId: 'cus_1',
  currency: 'eur',
  daysUntilDue: 30,
  lines: [amountLine, priceLine],
  until: 'sent',
}

/** Input paths with their first reason. */
const problems = (changes: object) => {
  const issues = createInvoiceInput.safeParse({ ...valid, ...changes }).error?.issues ?? []
  return Object.fromEntries(issues.toReversed().map(({ path, message }) => [path.join('.'), message]))
}
const line = (changes: object) => problems({ lines: [{ ...amountLine, ...changes }] })

describe('createInvoiceInput', () => {
  it('takes an ordinary invoice as it is', () => {
    expect(createInvoiceInput.parse(valid)).toEqual(valid)
  })

  it.each([
    ['', 'amount_missing'],
    ['1e3', 'amount_not_a_number'],
    ['NaN', 'amount_not_a_number'],
    ['-0', 'amount_not_a_number'],
    ['1.005', 'amount_ambiguous'],
    ['1000000', 'amount_too_large'],
  ])('says beside the field what is wrong with the amount %j', (unitAmount, reason) => {
    expect(line({ unitAmount })).toEqual({ 'lines.0.unitAmount': reason })
  })

  it('reads amounts in the currency of the invoice', () => {
    const lines = [{ ...amountLine, unitAmount: '10.5' }]
    expect(problems({ lines })).toEqual({})
    expect(problems({ lines, currency: 'jpy' })).toEqual({ 'lines.0.unitAmount': 'amount_too_precise' })
  })

  it('takes a credit line', () => {
    expect(line({ unitAmount: '-1,250.00' })).toEqual({})
  })

  it.each([
    ['0', 'quantity_zero'],
    ['0.000', 'quantity_zero'],
    ['', 'quantity'],
    ['-1', 'quantity'],
    ['1e3', 'quantity'],
    ['1,5', 'quantity'],
    ['1.0000000000001', 'quantity'],
    ['1000000000', 'quantity'],
    ['Infinity', 'quantity'],
  ])('refuses the quantity %j', (quantity, reason) => {
    expect(line({ quantity })).toEqual({ 'lines.0.quantity': reason })
  })

  it.each(['0.333', '999999999', '0.000000000001', ' 3 ', '007'])('takes the quantity %j', (quantity) => {
    expect(line({ quantity })).toEqual({})
  })

  it('holds between one and as many lines as Stripe does', () => {
    const many = (count: number) => Array.from({ length: count }, () => amountLine)
    expect(problems({ lines: [] })).toEqual({ lines: 'lines_missing' })
    expect(problems({ lines: many(mostLines) })).toEqual({})
    expect(problems({ lines: many(mostLines + 1) })).toEqual({ lines: 'lines_too_many' })
  })

  it.each([
    { customerId: 'cus_1/../x' },
    { customerId: null },
    { currency: 'EUR' },
    { daysUntilDue: -1 },
    { daysUntilDue: 1.5 },
    { daysUntilDue: '30' },
    { daysUntilDue: Number.NaN },
    { until: 'paid' },
    { operationId: 'x' },
    { memo: 'x'.repeat(1_501) },
    { lines: 'all' },
    { lines: { length: 1, 0: amountLine } },
    { lines: [{ ...priceLine, unitAmount: '1' }] },
    { lines: [{ ...amountLine, priceId: 'price_1' }] },
    { lines: [{ ...amountLine, description: ' ' }] },
    { extra: true },
  ])('refuses %j', (changes) => {
    expect(createInvoiceInput.safeParse({ ...valid, ...changes }).success).toBe(false)
  })
})

describe('inputs on one invoice', () => {
  const move = { operationId, invoiceId: 'in_1', seen: { status: 'open', amountRemaining: 100 } }

  it('are strict', () => {
    expect(invoiceMoveInput.parse(move)).toEqual(move)
    expect(recordPaymentInput.parse({ ...move, note: ' wire ' })).toEqual({ ...move, note: 'wire' })
    expect(shareLinkInput.parse({ operationId, invoiceId: 'in_1' })).toEqual({
      operationId,
      invoiceId: 'in_1',
    })
    for (const bad of [
      { ...move, note: 'x' },
      { ...move, invoiceId: 'cus_1' },
      { ...move, seen: { status: 'overdue', amountRemaining: 1 } },
      { ...move, seen: { status: 'open', amountRemaining: 0.5 } },
      { ...move, seen: { status: 'open', amountRemaining: 1, total: 1 } },
      { ...move, seen: { status: 'open' } },
    ]) {
      expect(invoiceMoveInput.safeParse(bad).success, JSON.stringify(bad)).toBe(false)
    }
  })
})
