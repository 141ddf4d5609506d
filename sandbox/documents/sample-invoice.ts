import type { InvoiceView } from '@/sandbox/documents/invoice-view'

export const issued = Date.UTC(2026, 10, 24) / 1000
const day = 86_400

const here = {
  line1: '12 Harbor Street',
  line2: null,
  city: 'San Francisco',
  state: 'CA',
  postal_code: '94105',
  country: 'US',
}

/** An invoice that tests change a little. */
export const sampleInvoice: InvoiceView = {
  state: 'open',
  number: 'A1B2C3D4-0001',
  currency: 'usd',
  issuedAt: issued,
  dueAt: Date.UTC(2026, 11, 24) / 1000,
  paidAt: null,
  voidedAt: null,
  seller: { name: 'Northwind', email: null, phone: null, address: here, taxIds: [] },
  customer: {
    name: 'Lumen Labs',
    email: 'accounts@lumen.example',
    phone: null,
    address: null,
    taxIds: [{ type: 'eu_vat', value: 'DE123456789' }],
  },
  shipTo: null,
  lines: [
    {
      description: 'Design sprint',
      quantity: '1200',
      unitAmount: '2.5',
      amount: 3000,
      inclusiveTax: 0,
      period: { start: issued, end: issued + day },
      discounts: [],
      taxRates: [],
    },
  ],
  sums: {
    subtotal: 3000,
    subtotalExcludingTax: 3000,
    discounts: [{ name: 'Spring sale', percentOff: 10, amount: 300 }],
    shipping: null,
    totalExcludingTax: 2700,
    taxes: [],
    total: 2700,
    balanceApplied: -700,
    credited: [],
  },
  amountDue: 2000,
  amountPaid: 0,
  amountRemaining: 2000,
  isReverseCharge: false,
  memo: 'Thank you.',
  footer: null,
  customFields: [{ name: 'Order', value: 'PO-7' }],
  payments: [],
  creditNotes: [],
  olderVersions: [],
  methods: ['card'],
  pageSize: 'letter',
  taxDisplay: 'included',
  urls: {
    page: 'http://127.0.0.1:1/i/a/t',
    pay: '/i/a/t/pay',
    challenge: '/i/a/t/challenge',
    newLink: '/i/a/t/link',
    pdf: '/pdf',
  },
}
