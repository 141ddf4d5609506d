import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readCardForm } from '@/sandbox/hosted/card-form'
import { HOSTED_HEADERS } from '@/sandbox/hosted/document'
import type { HostedInvoice, HostedState } from '@/sandbox/hosted/hosted-invoice'
import { challengePage, invoicePage, messagePage } from '@/sandbox/hosted/page'

const ISSUED = Date.UTC(2026, 10, 24) / 1000

const INVOICE: HostedInvoice = {
  state: 'open',
  number: 'A1B2C3D4-0001',
  currency: 'usd',
  issuedAt: ISSUED,
  dueAt: Date.UTC(2026, 11, 24) / 1000,
  paidAt: null,
  voidedAt: null,
  seller: { name: 'Northwind', email: null, address: ['12 Harbor Street'] },
  customer: { name: 'Lumen Labs', email: 'accounts@lumen.example', address: [] },
  lines: [
    {
      description: 'Design sprint',
      quantity: '1200',
      unitAmount: '2.5',
      amount: 3000,
      period: { start: ISSUED, end: ISSUED + 86_400 },
    },
  ],
  subtotal: 3000,
  adjustments: [{ label: 'Spring discount', amount: -300 }],
  total: 2700,
  balanceApplied: -700,
  amountDue: 2000,
  amountPaid: 0,
  amountRemaining: 2000,
  memo: 'Thank you.',
  footer: null,
  customFields: [{ name: 'Order', value: 'PO-7' }],
  pageSize: 'letter',
  urls: { page: 'http://127.0.0.1:1/i/a/t', pay: '/i/a/t/pay', challenge: '/i/a/t/challenge', pdf: '/pdf' },
}

/** What a reader sees, with the markup gone. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('the invoice page', () => {
  test('shows number, amount, parties, lines and totals', () => {
    const text = textOf(invoicePage(INVOICE))
    for (const part of [
      'Sandbox Test cards only, no real money.',
      'Invoice A1B2C3D4-0001',
      'Issued November 24, 2026',
      'Due December 24, 2026',
      'Lumen Labs accounts@lumen.example',
      'Order PO-7',
      'Design sprint November 24, 2026 to November 25, 2026 1,200 × $0.025 1,200 $0.025 $30.00',
      'Subtotal $30.00 Spring discount -$3.00 Total $27.00 Applied balance -$7.00 Amount due $20.00',
      'Pay $20.00',
      'Memo Thank you.',
    ]) {
      expect(text).toContain(part)
    }
  })

  test.each<[HostedState, string, boolean]>([
    ['open', 'Open Due December 24, 2026', true],
    ['past_due', 'Past due Was due December 24, 2026', true],
    ['uncollectible', 'Unpaid Was due December 24, 2026', true],
    ['processing', 'Your payment is on its way.', false],
    ['paid', 'Paid on November 30, 2026', false],
    ['void', 'Voided on December 1, 2026', false],
  ])('%s says so, and offers the card form only while money can be taken', (state, words, payable) => {
    const dates = { paidAt: Date.UTC(2026, 10, 30) / 1000, voidedAt: Date.UTC(2026, 11, 1) / 1000 }
    const page = invoicePage({ ...INVOICE, ...dates, state })
    expect(textOf(page)).toContain(words)
    expect(page.includes('<form method="post" action="/i/a/t/pay"')).toBe(payable)
    expect(page).toContain('href="/pdf"')
  })

  test('asks for the rest of a partly paid invoice', () => {
    const text = textOf(invoicePage({ ...INVOICE, amountPaid: 500, amountRemaining: 1500 }))
    expect(text).toContain('Partly paid')
    expect(text).toContain('Amount paid -$5.00 Amount due $15.00')
    expect(text).toContain('Pay $15.00')
  })

  test('a void invoice claims nothing', () => {
    expect(textOf(invoicePage({ ...INVOICE, state: 'void' }))).not.toContain('Amount due')
  })

  test('after a refusal keeps what was typed, except the security code, and marks the field', () => {
    const page = invoicePage(INVOICE, {
      error: 'Your card was declined.',
      field: 'number',
      values: { number: '4000 0000 0000 0002', expiry: '12 / 34', name: 'Ada' },
    })
    expect(page).toContain('role="alert" id="card-error">Your card was declined.')
    expect(page).toMatch(/name="number" value="4000 0000 0000 0002"[^>]*aria-invalid="true"/)
    expect(page).toContain('name="expiry" value="12 / 34"')
    expect(page).toContain('name="name" value="Ada"')
    expect(page).toContain('name="cvc" value=""')
  })

  test('nothing from outside becomes markup', () => {
    const evil = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>"
    const pages = [
      invoicePage(
        {
          ...INVOICE,
          number: evil,
          seller: { name: evil, email: evil, address: [evil] },
          customer: { name: evil, email: evil, address: [evil] },
          lines: [{ ...INVOICE.lines[0]!, description: evil }],
          adjustments: [{ label: evil, amount: 1 }],
          memo: evil,
          footer: evil,
          customFields: [{ name: evil, value: evil }],
        },
        { error: evil, field: 'number', values: { number: evil, expiry: evil, name: evil } },
      ),
      challengePage({ ...INVOICE, seller: { ...INVOICE.seller, name: evil }, number: evil }, evil),
      messagePage(evil, evil),
    ]
    for (const page of pages) {
      expect(page).toContain('&lt;script&gt;')
      expect(page).not.toMatch(/<script|<img/)
      expect(page).not.toContain(evil)
    }
  })
})

test('the challenge offers both ways out', () => {
  const page = challengePage(INVOICE, '3220')
  expect(textOf(page)).toContain('$20.00 USD from your card ending in 3220')
  expect(page).toContain('action="/i/a/t/challenge"')
  expect(page).toContain('name="outcome" value="complete"')
  expect(page).toContain('name="outcome" value="fail"')
})

test('the policy allows the style sheet of the page and no script', () => {
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(messagePage('Hello', 'World')) ?? []
  const policy = HOSTED_HEADERS['Content-Security-Policy']
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('script-src')
})

test.each([
  ['12/34', '12', '34'],
  ['12 / 34', '12', '34'],
  [' 1 / 2034 ', '1', '2034'],
  ['1234', '12', '34'],
  ['134', '1', '34'],
  ['122034', '12', '2034'],
  ['12-34', '12', '34'],
  ['', '', ''],
  ['soon', '', ''],
  ['12/345', '', ''],
])('the expiry %o is read as month %o and year %o', (expiry, expMonth, expYear) => {
  expect(readCardForm({ number: '4242', expiry, cvc: '123' })).toEqual({
    number: '4242',
    expMonth,
    expYear,
    cvc: '123',
  })
})
