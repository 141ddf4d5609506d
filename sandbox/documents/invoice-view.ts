import type { Party } from '@/sandbox/documents/party'

/** Amounts in all views are minor units, instants unix seconds. */
export type InvoiceState = 'open' | 'past_due' | 'processing' | 'paid' | 'void' | 'uncollectible'

/** Everything the customer may see of an invoice, in no language yet. */
export type InvoiceView = {
  state: InvoiceState
  number: string
  /** Three letters, lower case. */
  currency: string
  issuedAt: number
  dueAt: number | null
  paidAt: number | null
  voidedAt: number | null
  seller: Party
  customer: Party
  /** Where goods go, when the customer named a place. */
  shipTo: Party | null
  lines: LineView[]
  sums: SumsView
  amountDue: number
  amountPaid: number
  amountRemaining: number
  isReverseCharge: boolean
  memo: string | null
  footer: string | null
  customFields: { name: string; value: string }[]
  /** Money that arrived, oldest first. */
  payments: PaymentView[]
  creditNotes: LinkedDocument[]
  /** What this invoice replaces, newest first. */
  olderVersions: LinkedDocument[]
  /** What it can be paid with on the page, in the order of its choices. */
  methods: PayableWith[]
  pageSize: 'a4' | 'letter'
  /** Whether the PDF's prices contain the tax that is inside them. */
  taxDisplay: 'included' | 'excluded'
  urls: InvoiceUrls
}

/** `page` is absolute, the others are paths. `pay` takes the forms, `challenge` takes `outcome=complete|fail`. */
type InvoiceUrls = { page: string; pay: string; challenge: string; newLink: string; pdf: string }

export type PayableWith = 'card' | 'us_bank_account' | 'sepa_debit'

export type LinkedDocument = {
  number: string
  issuedAt: number
  amount: number
  isVoid: boolean
  pdf: string
}

export type LineView = {
  /** Null for a credit that names nothing but its amount. */
  description: string | null
  /** Decimal text; null for a line that is only an amount. */
  quantity: string | null
  /** Minor units as decimal text; null where no single price holds for the whole quantity. */
  unitAmount: string | null
  amount: number
  /** Tax inside the amount. */
  inclusiveTax: number
  /** Unix seconds; printed when the two differ. */
  period: { start: number; end: number }
  discounts: DiscountView[]
  /** In percent. */
  taxRates: number[]
}

/** `amount` is positive: what is taken off. */
export type DiscountView = {
  name: string | null
  percentOff: number | null
  amount: number
}

export type TaxView = {
  name: string
  percentage: number
  isInclusive: boolean
  amount: number
  /** What it was computed on. */
  taxable: number
}

/** How the total comes about, and what lowers it afterwards. */
export type SumsView = {
  subtotal: number
  subtotalExcludingTax: number
  /** Of the whole invoice; those of single lines are in the subtotal. */
  discounts: DiscountView[]
  /** `amount` without the tax that is added to it. */
  shipping: { name: string | null; amount: number; amountExcludingTax: number } | null
  totalExcludingTax: number
  taxes: TaxView[]
  total: number
  /** What the customer's balance changed: negative when credit was used. */
  balanceApplied: number
  /** Credit notes that lowered what is due, with positive amounts. */
  credited: { number: string; amount: number }[]
}

/** How money came: a card's brand or a bank's account with its last digits, or some way Stripe did not see. */
export type PaidWith = { name: string | null; last4: string } | 'otherwise'

export type PaymentView = {
  paidAt: number
  amount: number
  refunded: number
  paidWith: PaidWith
  /** Null for money that came outside of Stripe. */
  receipt: { number: string; pdf: string } | null
}

/** A payment with the invoice it was for. */
export type ReceiptView = { invoice: InvoiceView; payment: PaymentView; number: string }

export type CreditNoteView = {
  number: string
  invoice: InvoiceView
  issuedAt: number
  isVoid: boolean
  memo: string | null
  lines: LineView[]
  sums: SumsView
  /** Where the credit went; zero where nothing did. */
  loweredAmountDue: number
  refunded: number
  creditedToBalance: number
  creditedOutside: number
}
