import { inflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { HostedInvoice, HostedLine } from '@/sandbox/hosted/hosted-invoice'
import { invoicePdf } from '@/sandbox/hosted/pdf'

const ISSUED = Date.UTC(2026, 10, 24) / 1000
const PERIOD = { start: ISSUED, end: ISSUED }

function line(description: string): HostedLine {
  return { description, quantity: '2', unitAmount: '1000', amount: 2000, period: PERIOD }
}

const INVOICE: HostedInvoice = {
  state: 'open',
  number: 'A1B2C3D4-0001',
  currency: 'eur',
  issuedAt: ISSUED,
  dueAt: Date.UTC(2026, 11, 24) / 1000,
  paidAt: null,
  voidedAt: null,
  seller: { name: 'Northwind', email: null, address: ['12 Harbor Street'] },
  customer: { name: 'Łukasz & Київ', email: 'ap@lumen.example', address: ['Zoë Allee 4'] },
  lines: [line('Design sprint')],
  subtotal: 2000,
  adjustments: [],
  total: 2000,
  balanceApplied: 0,
  amountDue: 2000,
  amountPaid: 0,
  amountRemaining: 2000,
  memo: 'Thank you.',
  footer: null,
  customFields: [],
  pageSize: 'a4',
  urls: { page: 'http://127.0.0.1:1/i/a/t', pay: '', challenge: '', pdf: '' },
}

/** The contents of all streams, and the Latin-1 text that they draw, one drawn piece per line. */
function read(pdf: Buffer): { raw: string; text: string } {
  const raw = pdf.toString('latin1')
  const streams = [...raw.matchAll(/stream\n(.*?)\nendstream/gs)].map(([, body = '']) => {
    try {
      return inflateSync(Buffer.from(body, 'latin1')).toString('latin1')
    } catch {
      return ''
    }
  })
  const text = streams
    .flatMap((stream) => [...stream.matchAll(/\[(.*?)\] TJ/g)])
    .map(([, drawn = '']) => [...drawn.matchAll(/<([0-9a-f]+)>/g)].map(([, hex = '']) => hex).join(''))
    .map((hex) => Buffer.from(hex, 'hex').toString('latin1'))
    .join('\n')
  return { raw, text }
}

const pagesOf = (raw: string) => raw.match(/\/Type \/Page\b/g)?.length

test('prints number, dates, parties, line and amount due', async () => {
  const { raw, text } = read(await invoicePdf(INVOICE))
  expect(raw.startsWith('%PDF-')).toBe(true)
  expect(raw.trimEnd().endsWith('%%EOF')).toBe(true)
  for (const part of [
    'Sandbox document, not a real invoice',
    'A1B2C3D4-0001',
    'November 24, 2026',
    'December 24, 2026',
    'Northwind',
    'Zo\u00eb Allee 4',
    'Design sprint',
    '\u008020.00 EUR', // the euro sign in the font's encoding
    '\u008020.00 EUR due December 24, 2026',
    'Thank you.',
    'Page 1 of 1',
  ]) {
    expect(text).toContain(part)
  }
  expect(raw).toContain('/URI (http://127.0.0.1:1/i/a/t)')
  expect(pagesOf(raw)).toBe(1)
})

test('embeds letters that Helvetica lacks instead of losing them', async () => {
  const { raw } = read(await invoicePdf(INVOICE))
  expect(raw.match(/\+IBMPlexMono-SemiBold/g)?.length).toBeGreaterThan(0)
  expect(
    read(await invoicePdf({ ...INVOICE, customer: { ...INVOICE.customer, name: 'Zoë' } })).raw,
  ).not.toContain('IBMPlex')
})

test('a paid or void invoice asks for nothing', async () => {
  const paid = read(
    await invoicePdf({ ...INVOICE, state: 'paid', paidAt: ISSUED, amountPaid: 2000, amountRemaining: 0 }),
  )
  expect(paid.text).toContain('\u008020.00 EUR paid on November 24, 2026')
  expect(paid.raw).not.toContain('/URI')
  const voided = read(await invoicePdf({ ...INVOICE, state: 'void', voidedAt: ISSUED }))
  expect(voided.text).toContain('This invoice is void')
  expect(voided.raw).not.toContain('/URI')
  expect(voided.text).not.toContain('Amount due')
})

test('goes on over as many pages as the lines need, each numbered and headed', async () => {
  const lines = Array.from({ length: 120 }, (_, index) =>
    line(`Line ${index} ${'of many words '.repeat(index % 5)}`),
  )
  const { raw, text } = read(await invoicePdf({ ...INVOICE, lines }))
  const pages = pagesOf(raw) ?? 0
  expect(pages).toBeGreaterThan(3)
  expect(text).toContain(`Page ${pages} of ${pages}`)
  expect(text.match(/^Unit price$/gm)).toHaveLength(pages)
  for (let index = 0; index < 120; index += 1) expect(text).toMatch(new RegExp(`^Line ${index}\\b`, 'm'))
})

test('a word longer than the page is broken, not lost', async () => {
  const { text } = read(await invoicePdf({ ...INVOICE, memo: 'x'.repeat(20_000) }))
  expect(text.match(/^x+$/gm)?.join('')).toHaveLength(20_000)
})

test('the same invoice makes the same bytes', async () => {
  expect((await invoicePdf(INVOICE)).equals(await invoicePdf(INVOICE))).toBe(true)
})

test('the paper follows the page size', async () => {
  expect(read(await invoicePdf(INVOICE)).raw).toContain('/MediaBox [0 0 595.28 841.89]')
  expect(read(await invoicePdf({ ...INVOICE, pageSize: 'letter' })).raw).toContain('/MediaBox [0 0 612 792]')
})
