import { describe, expect, test } from 'vitest'
import { invoicePdf } from '@/sandbox/documents/invoice-pdf'
import type { InvoiceView, LineView } from '@/sandbox/documents/invoice-view'
import { readPdf } from '@/sandbox/documents/read-pdf'
import { issued, sampleInvoice } from '@/sandbox/documents/sample-invoice'
import { chooseLanguage, languageCodes } from '@/sandbox/languages/language'

const english = chooseLanguage(['en'])

async function print(change: Partial<InvoiceView> = {}, language = english) {
  return readPdf(await invoicePdf({ ...sampleInvoice, ...change }, language))
}

/** Spaces of every width as the plain one. */
const plain = (text: string) => text.replace(/[\u00a0\u2009\u202f]/g, ' ')

function line(description: string, change: Partial<LineView> = {}): LineView {
  const [only] = sampleInvoice.lines
  if (!only) throw new Error('The sample has a line')
  return { ...only, description, ...change }
}

test('prints number, dates, parties, line, sums and amount due', async () => {
  const { raw, text, pages } = await print()
  expect(raw.startsWith('%PDF-')).toBe(true)
  expect(raw.trimEnd().endsWith('%%EOF')).toBe(true)
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'Invoice',
      'Sandbox document, no real money',
      'Invoice number',
      'A1B2C3D4-0001',
      'Date of issue',
      'November 24, 2026',
      'Date due',
      'December 24, 2026',
      'Order',
      'PO-7',
      'Northwind',
      'San Francisco, CA 94105',
      'United States',
      'Lumen Labs',
      'accounts@lumen.example',
      'DE VAT DE123456789',
      '$20.00 USD due December 24, 2026',
      'Pay online',
      'Thank you.',
      'Design sprint',
      '1,200',
      '$0.025',
      '$30.00',
      'Spring sale (10% off)',
      '-$3.00',
      'Applied balance',
      '-$7.00',
      'Amount due',
      '$20.00 USD',
      'Page 1 of 1',
    ]),
  )
  expect(raw).toContain('/URI (http://127.0.0.1:1/i/a/t)')
  expect(pages).toHaveLength(1)
})

describe('tax', () => {
  const taxed: Partial<InvoiceView> = {
    lines: [
      line('Design sprint', {
        amount: 11900,
        unitAmount: '11900',
        quantity: '1',
        inclusiveTax: 1900,
        taxRates: [19],
      }),
    ],
    sums: {
      ...sampleInvoice.sums,
      subtotal: 11900,
      subtotalExcludingTax: 10000,
      discounts: [],
      totalExcludingTax: 10000,
      taxes: [{ name: 'VAT – Germany', percentage: 19, isInclusive: true, amount: 1900, taxable: 10000 }],
      total: 11900,
      balanceApplied: 0,
    },
  }

  test('is told by rate, and its rate at the line', async () => {
    const { text } = await print(taxed)
    expect(text).toContain('\n19%\n')
    expect(text).toContain('Total excluding tax\n')
    expect(text).toContain('VAT – Germany (19% on $100.00, included)')
  })

  test('can be left out of the prices', async () => {
    const { text } = await print({ ...taxed, taxDisplay: 'excluded' })
    expect(text).toContain('Amount (excl. tax)')
    expect(text.split('\n').filter((part) => part === '$100.00').length).toBeGreaterThanOrEqual(4)
    expect((await print(taxed)).text).not.toContain('excl. tax)')
  })

  test.each([
    ['3', '101', '$0.33'],
    ['0.000000007', '999999999', '$1,428,571,425,714,285.71'],
  ])('inside %s units at %s leaves a price that is exact', async (quantity, amount, unit) => {
    const lines = [line('Ships', { quantity, amount: Number(amount), inclusiveTax: 1 })]
    expect((await print({ lines, taxDisplay: 'excluded' })).text).toContain(`\n${unit}\n`)
  })

  test('of a reverse charge is the customer’s', async () => {
    expect((await print({ isReverseCharge: true })).text).toContain('reverse charge')
  })
})

test('a paid or void invoice says so and asks for nothing', async () => {
  const paid = await print({ state: 'paid', paidAt: issued, amountPaid: 2000, amountRemaining: 0 })
  expect(paid.text).toContain('$20.00 USD paid on November 24, 2026')
  expect(paid.text).toContain('\nPaid\n')
  expect(paid.raw).not.toContain('/URI')
  const voided = await print({ state: 'void', voidedAt: issued })
  expect(voided.text).toContain('This invoice is void')
  expect(voided.raw).not.toContain('/URI')
  expect(voided.text).not.toContain('Amount due')
})

test('goes on over as many pages as the lines need, each numbered and headed', async () => {
  const lines = Array.from({ length: 120 }, (_, index) =>
    line(`Line ${index} ${'of many words '.repeat(index % 5)}`),
  )
  const { text, pages } = await print({ lines })
  expect(pages.length).toBeGreaterThan(3)
  for (const [index, page] of pages.entries()) {
    expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
    if (/^Line \d/m.test(page)) expect(page.match(/^Unit price$/gm)).toHaveLength(1)
  }
  for (let index = 0; index < 120; index += 1) expect(text).toMatch(new RegExp(`^Line ${index}\\b`, 'm'))
})

test('a word longer than the page is broken, not lost', async () => {
  const { text } = await print({ memo: 'x'.repeat(5000) })
  expect(text.match(/^x+$/gm)?.join('')).toHaveLength(5000)
})

test.each([
  'Łukasz Żółć',
  'Αθήνα, Ελλάδα',
  'Київ і Минск',
  'Nguyễn Thị Ánh',
  '株式会社ルーメン',
  '深圳照明有限公司',
  '루멘 연구소',
])('%s is printed letter by letter', async (name) => {
  const { text } = await print({ customer: { ...sampleInvoice.customer, name } })
  expect(text.replaceAll('\n', '')).toContain(name)
  expect(text).not.toContain('?')
})

test('letters without a font are boxes that copy as what they are', async () => {
  const { raw, text } = await print({ customer: { ...sampleInvoice.customer, name: 'שלום' } })
  expect(text).not.toContain('?')
  // UTF-16, as strings beyond Latin are written in PDFs.
  expect(raw).not.toContain('שלום')
})

test.each(languageCodes)('speaks %s', async (code) => {
  const language = chooseLanguage([code])
  const { words } = language
  const { raw, text } = await print({}, language)
  const flat = plain(text.replaceAll('\n', ''))
  for (const part of [
    words.invoiceNumber,
    words.billTo,
    words.amountDue,
    language.money(3000, 'usd'),
    words.sandboxDocument,
  ]) {
    expect(flat).toContain(plain(part))
  }
  expect(raw).toContain(`/Lang (${code})`)
})

test('the same invoice makes the same bytes', async () => {
  const [one, other] = await Promise.all([
    invoicePdf(sampleInvoice, english),
    invoicePdf(sampleInvoice, english),
  ])
  expect(one.equals(other)).toBe(true)
})

test('the paper follows the page size', async () => {
  expect((await print({ pageSize: 'a4' })).raw).toContain('/MediaBox [0 0 595.28 841.89]')
  expect((await print()).raw).toContain('/MediaBox [0 0 612 792]')
})
