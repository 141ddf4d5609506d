import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { InvoiceState } from '@/sandbox/documents/invoice-view'
import { issued, sampleInvoice } from '@/sandbox/documents/sample-invoice'
import { challengePage } from '@/sandbox/hosted/bank-pages'
import { readCardForm } from '@/sandbox/hosted/card-form'
import { HOSTED_HEADERS } from '@/sandbox/hosted/document'
import { expiredPage, messagePage } from '@/sandbox/hosted/message-page'
import { invoicePage } from '@/sandbox/hosted/page'
import { receiptPage } from '@/sandbox/hosted/receipt-page'
import { chooseLanguage, languageCodes } from '@/sandbox/languages/language'

const english = chooseLanguage(['en'])

/** What a reader sees, with the markup gone. */
function textOf(page: string): string {
  return page
    .replace(/<style>.*<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
}

describe('the invoice page', () => {
  test('shows number, amount, parties, lines and totals', () => {
    const text = textOf(invoicePage(sampleInvoice, english))
    for (const part of [
      'Sandbox Test cards only, no real money.',
      'Invoice A1B2C3D4-0001',
      'Issued November 24, 2026',
      'Due December 24, 2026',
      'Lumen Labs accounts@lumen.example DE VAT DE123456789',
      'San Francisco, CA 94105 United States',
      'Order PO-7',
      '1,200 × $0.025 1,200 $0.025 $30.00',
      'Subtotal $30.00 Spring sale (10% off) -$3.00 Total $27.00 Applied balance -$7.00 Amount due $20.00',
      'Pay $20.00',
      'Memo Thank you.',
    ]) {
      expect(text).toContain(part)
    }
  })

  test.each<[InvoiceState, string, boolean]>([
    ['open', 'Open Due December 24, 2026', true],
    ['past_due', 'Past due Was due December 24, 2026', true],
    ['uncollectible', 'Unpaid Was due December 24, 2026', true],
    ['processing', 'Your payment is on its way.', false],
    ['paid', 'Paid on November 30, 2026', false],
    ['void', 'Voided on December 1, 2026', false],
  ])('%s says so, and offers the card form only while money can be taken', (state, words, payable) => {
    const dates = { paidAt: Date.UTC(2026, 10, 30) / 1000, voidedAt: Date.UTC(2026, 11, 1) / 1000 }
    const page = invoicePage({ ...sampleInvoice, ...dates, state }, english)
    expect(textOf(page)).toContain(words)
    expect(page.includes('<form method="post" action="/i/a/t/pay"')).toBe(payable)
    expect(page).toContain('href="/pdf"')
  })

  test('asks for the rest of a partly paid invoice', () => {
    const text = textOf(invoicePage({ ...sampleInvoice, amountPaid: 500, amountRemaining: 1500 }, english))
    expect(text).toContain('Partly paid')
    expect(text).toContain('Amount paid -$5.00 Amount due $15.00')
    expect(text).toContain('Pay $15.00')
  })

  test('a void invoice claims nothing', () => {
    expect(textOf(invoicePage({ ...sampleInvoice, state: 'void' }, english))).not.toContain('Amount due')
  })

  test('after a refusal keeps what was typed, except the security code, and says what is wrong beside the field', () => {
    const values = { number: '4000 0000 0000 0002', expiry: '12 / 34', name: 'Ada' }
    const page = invoicePage(sampleInvoice, english, {
      error: 'Your card has expired.',
      field: 'expiry',
      values,
    })
    expect(page).toContain('id="card-expiry-error" role="alert">Your card has expired.')
    expect(page).toMatch(
      /name="expiry" value="12 \/ 34"[^>]*aria-invalid="true" aria-describedby="card-expiry-error"/,
    )
    expect(page).toContain('name="number" value="4000 0000 0000 0002"')
    expect(page).toContain('name="name" value="Ada"')
    expect(page).toContain('name="cvc" value=""')
    const whole = invoicePage(sampleInvoice, english, { error: 'Your card was declined.', values })
    expect(whole).toContain('<p class="error" role="alert">Your card was declined.')
    expect(whole).not.toContain('aria-invalid="true"')
  })

  test('tells browsers what each field of a card is for', () => {
    const page = invoicePage(sampleInvoice, english)
    for (const purpose of ['cc-number', 'cc-exp', 'cc-csc', 'cc-name']) {
      expect(page).toContain(`autocomplete="${purpose}"`)
    }
  })

  test('lists what arrived, what was credited and what it replaces, each with its document', () => {
    const document = { issuedAt: issued, amount: 500, isVoid: false }
    const page = invoicePage(
      {
        ...sampleInvoice,
        payments: [
          {
            paidAt: issued,
            amount: 1500,
            refunded: 200,
            paidWith: { name: 'Visa', last4: '4242' },
            receipt: { number: '1234-5678', pdf: '/receipt.pdf' },
          },
        ],
        creditNotes: [{ ...document, number: 'A1B2C3D4-0001-CN-01', pdf: '/note.pdf' }],
        olderVersions: [{ ...document, number: 'A1B2C3D4-0000', isVoid: true, pdf: '/old.pdf' }],
      },
      english,
    )
    const text = textOf(page)
    expect(text).toContain('Payments November 24, 2026 Visa ending in 4242 $15.00 Refunded $2.00 Receipt')
    expect(text).toContain('Credit notes A1B2C3D4-0001-CN-01 November 24, 2026 $5.00 PDF')
    expect(text).toContain('Older versions A1B2C3D4-0000 November 24, 2026 · Void $5.00 PDF')
    for (const path of ['/receipt.pdf', '/note.pdf', '/old.pdf']) expect(page).toContain(`href="${path}"`)
  })

  test.each(languageCodes)('speaks %s', (code) => {
    const language = chooseLanguage([code])
    const { words } = language
    const page = invoicePage(sampleInvoice, language)
    expect(page).toContain(`<html lang="${code}">`)
    const parts = [
      words.invoiceFrom('A1B2C3D4-0001', 'Northwind'),
      words.payByCard,
      words.cardNumber,
      words.sandboxPage,
    ]
    for (const part of parts) expect(page).toContain(part.replaceAll("'", '&#39;'))
  })

  test('nothing from outside becomes markup', () => {
    const evil = "\"><script>alert(1)</script><img src=x onerror='alert(2)'>"
    const party = {
      name: evil,
      email: evil,
      phone: evil,
      address: { line1: evil, line2: evil, city: evil, state: evil, postal_code: evil, country: evil },
      taxIds: [{ type: evil, value: evil }],
    }
    const discount = { name: evil, percentOff: null, amount: 1 }
    const document = { number: evil, issuedAt: issued, amount: 1, isVoid: false, pdf: evil }
    const view = {
      ...sampleInvoice,
      number: evil,
      seller: party,
      customer: party,
      shipTo: party,
      lines: sampleInvoice.lines.map((line) => ({ ...line, description: evil, discounts: [discount] })),
      sums: {
        ...sampleInvoice.sums,
        discounts: [discount],
        shipping: { name: evil, amount: 1, amountExcludingTax: 1 },
        taxes: [{ name: evil, percentage: 1, isInclusive: false, amount: 1, taxable: 1 }],
        credited: [{ number: evil, amount: 1 }],
      },
      memo: evil,
      footer: evil,
      customFields: [{ name: evil, value: evil }],
      payments: [
        {
          paidAt: issued,
          amount: 1,
          refunded: 0,
          paidWith: { name: evil, last4: evil },
          receipt: { number: evil, pdf: evil },
        },
      ],
      creditNotes: [document],
      olderVersions: [document],
    }
    const [payment] = view.payments
    if (!payment) throw new Error('There is a payment')
    const pages = [
      invoicePage(view, english, {
        error: evil,
        field: 'number',
        values: { number: evil, expiry: evil, name: evil },
        seen: evil,
      }),
      invoicePage(view, english, { error: evil }),
      challengePage(view, english, evil),
      receiptPage({ invoice: view, payment, number: evil }, english, evil),
      expiredPage(view, english, evil),
      messagePage(english, evil, evil),
    ]
    for (const page of pages) {
      expect(page).toContain('&lt;script&gt;')
      expect(page).not.toMatch(/<script|<img/)
      expect(page).not.toContain(evil)
    }
  })
})

test('the challenge offers both ways out', () => {
  const page = challengePage(sampleInvoice, english, '3220')
  expect(textOf(page)).toContain('$20.00 USD from your card ending in 3220')
  expect(page).toContain('action="/i/a/t/challenge"')
  expect(page).toContain('name="outcome" value="complete"')
  expect(page).toContain('name="outcome" value="fail"')
})

test('the policy allows the style sheet of the page and no script', () => {
  const [, style = ''] = /<style>(.*)<\/style>/s.exec(messagePage(english, 'Hello', 'World')) ?? []
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
