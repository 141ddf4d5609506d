export type HostedState = 'open' | 'past_due' | 'processing' | 'paid' | 'void' | 'uncollectible'

/** Everything the customer may see of an invoice. Amounts are minor units, instants unix seconds. */
export type HostedInvoice = {
  state: HostedState
  number: string
  /** Three letters, lower case. */
  currency: string
  issuedAt: number
  dueAt: number | null
  paidAt: number | null
  voidedAt: number | null
  seller: HostedParty
  customer: HostedParty
  lines: HostedLine[]
  subtotal: number
  /** Between subtotal and total: discounts are negative, exclusive taxes positive. */
  adjustments: { label: string; amount: number }[]
  total: number
  /** What the customer's balance changed between total and amount due: negative when credit was used. */
  balanceApplied: number
  amountDue: number
  amountPaid: number
  amountRemaining: number
  memo: string | null
  footer: string | null
  customFields: { name: string; value: string }[]
  pageSize: 'a4' | 'letter'
  /** `page` is absolute. `pay` takes the card form, `challenge` takes `outcome=complete|fail`, both as POST. */
  urls: { page: string; pay: string; challenge: string; pdf: string }
}

/** `address` is one printed line per element. */
export type HostedParty = { name: string; email: string | null; address: string[] }

export type HostedLine = {
  description: string
  /** Decimal text; null for a line that is only an amount. */
  quantity: string | null
  /** Minor units as decimal text. */
  unitAmount: string | null
  amount: number
  /** Unix seconds; printed when the two differ. */
  period: { start: number; end: number }
}

const days = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' })
const quantities = new Intl.NumberFormat('en-US', { maximumFractionDigits: 12 })

/** A calendar day in UTC, "November 24, 2026". @param seconds unix seconds */
export function formatDate(seconds: number): string {
  return days.format(seconds * 1000)
}

/** "October 1, 2026 to October 31, 2026", or null for a line without a period of its own. */
export function formatPeriod({ start, end }: HostedLine['period']): string | null {
  return start === end ? null : `${formatDate(start)} to ${formatDate(end)}`
}

/** "12,840" or "2.5". @param quantity decimal text of up to 12 places */
export function formatQuantity(quantity: string): string {
  return quantities.format(quantity as `${number}`)
}

/** "Due December 24, 2026"; an invoice that is charged automatically has no such day. */
export function dueWords({ dueAt }: HostedInvoice): string {
  return dueAt === null ? 'Due on receipt' : `Due ${formatDate(dueAt)}`
}

export type TotalRow = { label: string; amount: number; isStrong?: true }

/** The rows under the lines, in printing order, without those that would say nothing. */
export function totalRows(view: HostedInvoice): TotalRow[] {
  const rows: TotalRow[] = [{ label: 'Subtotal', amount: view.subtotal }, ...view.adjustments]
  // Nothing is due on a void invoice, although Stripe leaves its amounts as they were.
  if (view.state === 'void') return [...rows, { label: 'Total', amount: view.total, isStrong: true }]
  rows.push({ label: 'Total', amount: view.total })
  if (view.balanceApplied !== 0) rows.push({ label: 'Applied balance', amount: view.balanceApplied })
  if (view.amountPaid !== 0) rows.push({ label: 'Amount paid', amount: -view.amountPaid })
  return [...rows, { label: 'Amount due', amount: view.amountRemaining, isStrong: true }]
}
