import type { CalendarDate } from './dates'
import type { InvoiceBadge, InvoiceMove, InvoiceStatus, MoveAnswer } from './invoice'
import type { Receipt } from './receipt'
import type { AppError } from './result'

/*
 * What screens get of an invoice. JSON-safe: instants are ISO strings in UTC, calendar dates `YYYY-MM-DD` in the
 * billing entity's zone, amounts integer minor units of `currency`.
 */

export type InvoiceRow = {
  id: string
  number: string | null
  status: InvoiceStatus
  badge: InvoiceBadge
  customerId: string
  customerName: string | null
  customerEmail: string | null
  currency: string
  total: number
  amountRemaining: number
  dueOn: CalendarDate | null
  createdAt: string
  sentAt: string | null
}

export type InvoiceLineView = {
  id: string
  description: string | null
  /** Exact decimal strings, as Stripe has them. */
  quantity: string
  unitAmountDecimal: string | null
  amount: number
  priceId: string | null
  productId: string | null
}

export const paymentStatuses = ['open', 'paid', 'canceled'] as const
export const paymentKinds = ['payment_intent', 'charge', 'payment_record'] as const

export type InvoicePaymentView = {
  id: string
  status: (typeof paymentStatuses)[number]
  amountRequested: number
  amountPaid: number | null
  paidAt: string | null
  kind: (typeof paymentKinds)[number]
}

export type InvoiceDetail = InvoiceRow & {
  collectionMethod: 'charge_automatically' | 'send_invoice'
  subtotal: number
  amountDue: number
  amountPaid: number
  /** Credit balance applied at finalization: negative lowers what is due. */
  balanceApplied: number
  description: string | null
  footer: string | null
  lines: InvoiceLineView[]
  payments: InvoicePaymentView[]
  /** Whether `paid` came about by a payment recorded outside Stripe. */
  isPaidOutsideStripe: boolean
  paymentError: string | null
  automaticallyFinalizesAt: string | null
  finalizedAt: string | null
  paidAt: string | null
  voidedAt: string | null
  markedUncollectibleAt: string | null
  mirroredAt: string
  moves: Record<InvoiceMove, MoveAnswer>
  /** The customer's link, when one exists and is not revoked. */
  shareLink: { createdAt: string } | null
  /** Stripe's Dashboard page of this invoice; null with the sandbox. */
  stripeUrl: string | null
}

export type TimelineEntry = {
  id: string
  at: string
  /** An operation's name (`invoice.void`) or an event's type (`invoice.paid`). */
  what: string
  by: { kind: 'person'; name: string } | { kind: 'stripe' }
  outcome: 'done' | 'failed' | 'running' | 'unknown'
  /** Stripe's sentence when refused, a person's note where one was given. */
  note: string | null
  requestId: string | null
}

/** Stripe's answer to a move. After a deletion `said` is `deleted` and `status` the last one. */
export type MoveReceipt = Receipt & { number: string | null; status: InvoiceStatus }

/** How far a new invoice got. */
export type CreatedInvoice = {
  invoiceId: string
  reached: 'created' | 'finalized' | 'sent'
  /** The step that was asked for and did not happen. The invoice is there, and the person can go on from its page. */
  stopped: { at: 'lines' | 'finalize' | 'send'; error: AppError } | null
  receipt: MoveReceipt
}

export type InvoiceCounts = Record<InvoiceTab, number>

/** The tabs of the list; `past_due` is open and due before today, `outstanding` is all that is open. */
export const invoiceTabs = [
  'all',
  'draft',
  'outstanding',
  'past_due',
  'paid',
  'void',
  'uncollectible',
] as const
export type InvoiceTab = (typeof invoiceTabs)[number]

/** What the customer sees. Nothing else of an invoice may reach the public page. */
export type PublicInvoice = {
  number: string | null
  state: 'not_yet' | 'open' | 'past_due' | 'processing' | 'paid' | 'void' | 'uncollectible'
  customerName: string | null
  sellerName: string | null
  currency: string
  total: number
  subtotal: number
  amountDue: number
  amountPaid: number
  amountRemaining: number
  balanceApplied: number
  issuedOn: CalendarDate | null
  dueOn: CalendarDate | null
  paidOn: CalendarDate | null
  memo: string | null
  footer: string | null
  lines: Omit<InvoiceLineView, 'id' | 'priceId' | 'productId'>[]
  canPay: boolean
  hasPdf: boolean
}

export type OverviewSummary = {
  /** One row per currency; amounts are never added across rows. */
  currencies: {
    currency: string
    draft: { count: number; amount: number }
    open: { count: number; amount: number }
    pastDue: { count: number; amount: number }
    paidThisMonth: { count: number; amount: number }
  }[]
  oldestPastDue: InvoiceRow[]
  recentDrafts: InvoiceRow[]
  /** First day of the month, in the billing entity's zone. */
  monthStartsOn: CalendarDate
}

export type Page<Row> = { rows: Row[]; nextCursor: string | null }
