import { describe, expect, test } from 'vitest'
import type { DiscountTerms } from '@/sandbox/arithmetic/discounts'
import { type SumsInput, type SumsLine, sumInvoice } from '@/sandbox/arithmetic/invoice-sums'
import type { Rate, Tax } from '@/sandbox/arithmetic/taxes'

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
const taxOf = (taxes: readonly Tax[], behavior?: Tax['behavior']) =>
  sum(taxes.filter((tax) => behavior === undefined || tax.behavior === behavior).map(({ amount }) => amount))

const vat = (percentage: string): Rate => ({ id: `vat ${percentage}`, percentage, inclusive: false })
const inside = (percentage: string): Rate => ({ id: `inside ${percentage}`, percentage, inclusive: true })
const percent = (value: string): DiscountTerms => ({
  id: `${value}%`,
  off: { percent: value },
  products: null,
})
const fixed = (amount: bigint, currency = 'usd'): DiscountTerms => ({
  id: `${amount} ${currency}`,
  off: { amounts: { [currency]: amount } },
  products: null,
})

function lineOf(amount: bigint, rest: Partial<SumsLine> = {}): SumsLine {
  return { amount, product: 'prod', discountable: true, discounts: [], rates: [], givenTaxes: null, ...rest }
}

function invoiceOf(lines: readonly SumsLine[], rest: Partial<SumsInput> = {}) {
  const blank = { discounts: [], defaultRates: [], shipping: null } as const
  return sumInvoice({ currency: 'usd', exemption: 'none', rounding: 'line', ...blank, lines, ...rest })
}

describe('taxes', () => {
  test('are rounded half up: 5 % of 4.50 are 0.23', () => {
    expect(invoiceOf([lineOf(450n)], { defaultRates: [vat('5')] })).toMatchObject({
      subtotal: 450n,
      total: 473n,
      totalExcludingTax: 450n,
      taxes: [{ amount: 23n, taxableAmount: 450n, behavior: 'exclusive', reason: 'not_available' }],
    })
  })

  test.each([
    { rounding: 'line' as const, tax: 9546n },
    { rounding: 'invoice' as const, tax: 9545n },
  ])('inside 1,000.00 and 50.00 at 10 % are $tax rounded per $rounding', ({ rounding, tax }) => {
    const sums = invoiceOf([lineOf(100_000n), lineOf(5_000n)], { defaultRates: [inside('10')], rounding })
    expect(sums).toMatchObject({ subtotal: 105_000n, total: 105_000n, subtotalExcludingTax: 105_000n - tax })
    expect(taxOf(sums.taxes)).toBe(tax)
  })

  test('on top are computed without the taxes inside', () => {
    const sums = invoiceOf([lineOf(11_000n)], { defaultRates: [vat('20'), inside('10')] })
    expect(sums.taxes).toMatchObject([
      { rate: 'vat 20', amount: 2_000n, taxableAmount: 10_000n },
      { rate: 'inside 10', amount: 1_000n, taxableAmount: 10_000n },
    ])
    expect(sums).toMatchObject({ total: 13_000n, totalExcludingTax: 10_000n, subtotalExcludingTax: 10_000n })
  })

  test('are on what discounts leave', () => {
    const sums = invoiceOf([lineOf(10_000n, { discounts: [percent('10')] })], {
      discounts: [fixed(1_000n)],
      defaultRates: [vat('7.25')],
    })
    expect(sums).toMatchObject({ subtotal: 9_000n, total: 8_580n, totalExcludingTax: 8_000n })
  })

  test('of a line replace those of the invoice, which apply where a line has none', () => {
    const sums = invoiceOf([lineOf(1_000n, { rates: [vat('5')] }), lineOf(1_000n)], {
      defaultRates: [vat('20')],
    })
    expect(sums.lines.map(({ taxes }) => taxes.map(({ rate, amount }) => [rate, amount]))).toEqual([
      [['vat 5', 50n]],
      [['vat 20', 200n]],
    ])
  })

  test.each([
    { exemption: 'exempt' as const, reason: 'customer_exempt' },
    { exemption: 'reverse' as const, reason: 'reverse_charge' },
  ])(
    'are not asked of $exemption customers, nor paid by them as part of a price',
    ({ exemption, reason }) => {
      const sums = invoiceOf([lineOf(10_000n, { rates: [inside('10')] }), lineOf(1_000n)], {
        defaultRates: [vat('20')],
        exemption,
      })
      expect(sums).toMatchObject({
        subtotal: 10_091n,
        subtotalExcludingTax: 10_091n,
        total: 10_091n,
        totalExcludingTax: 10_091n,
        lines: [{ amount: 9_091n }, { amount: 1_000n }],
      })
      expect(sums.taxes.map((tax) => [tax.amount, tax.taxableAmount, tax.reason])).toEqual([
        [0n, 0n, reason],
        [0n, 0n, reason],
      ])
    },
  )

  test('calculated elsewhere are taken as they are', () => {
    const given: Tax = {
      rate: 'txr',
      behavior: 'exclusive',
      amount: 77n,
      taxableAmount: 900n,
      reason: 'standard_rated',
    }
    const sums = invoiceOf([lineOf(1_000n, { givenTaxes: [given] })])
    expect(sums).toMatchObject({ total: 1_077n, taxes: [given] })
  })

  test('are on shipping too, by the rates of the invoice', () => {
    expect(invoiceOf([lineOf(1_000n)], { shipping: 500n, defaultRates: [vat('10')] })).toMatchObject({
      shipping: { subtotal: 500n, tax: 50n, total: 550n },
      total: 1_650n,
      totalExcludingTax: 1_500n,
      taxes: [{ amount: 100n }],
    })
    expect(invoiceOf([], { shipping: 550n, defaultRates: [inside('10')] })).toMatchObject({
      shipping: { subtotal: 500n, tax: 50n, total: 550n },
      subtotal: 0n,
      total: 550n,
      totalExcludingTax: 500n,
    })
  })
})

describe('discounts', () => {
  test('follow one another, the order deciding', () => {
    const lines = [lineOf(10_000n)]
    expect(invoiceOf(lines, { discounts: [percent('50'), fixed(1_000n)] }).total).toBe(4_000n)
    expect(invoiceOf(lines, { discounts: [fixed(1_000n), percent('50')] }).total).toBe(4_500n)
  })

  test('of the invoice are spread over its lines, the last of which takes the rest', () => {
    const sums = invoiceOf([lineOf(1_000n), lineOf(1_000n), lineOf(1_000n)], { discounts: [fixed(100n)] })
    expect(sums.lines.map(({ discountAmounts }) => discountAmounts[0]?.amount)).toEqual([33n, 33n, 34n])
    expect(sums).toMatchObject({ subtotal: 3_000n, total: 2_900n, discountAmounts: [{ amount: 100n }] })
  })

  test('leave alone what is not discountable, negative, of other products or in other money', () => {
    const sums = invoiceOf(
      [
        lineOf(1_000n, { discountable: false }),
        lineOf(-400n),
        lineOf(1_000n, { product: 'other' }),
        lineOf(500n),
      ],
      {
        discounts: [fixed(100n, 'eur'), { id: 'half', off: { percent: '50' }, products: ['prod'] }],
      },
    )
    expect(sums.lines.map(({ discounted }) => discounted)).toEqual([1_000n, -400n, 1_000n, 250n])
    expect(sums.discountAmounts).toEqual([
      { discount: 'half', amount: 250n },
      { discount: '100 eur', amount: 0n },
    ])
  })

  test.each([
    ['33.3333', [333n, 333n, 333n], 333n],
    ['12.5', [1n, 1n, 1n, 1n], 1n],
    ['0.0001', [1_000_000n], 1n],
    ['100', [7n, 5n], 12n],
  ])('of %s %% on %s take off %s in all', (value, amounts, off) => {
    const sums = invoiceOf(
      amounts.map((amount) => lineOf(amount)),
      { discounts: [percent(value)] },
    )
    expect(sums.discountAmounts).toEqual([{ discount: `${value}%`, amount: off }])
  })

  test('take no more than there is', () => {
    const sums = invoiceOf([lineOf(300n, { discounts: [fixed(500n)] }), lineOf(200n)], {
      discounts: [fixed(500n, 'usd'), percent('100')],
    })
    expect(sums).toMatchObject({ subtotal: 200n, total: 0n })
  })
})
