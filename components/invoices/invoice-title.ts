import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { formatMoney } from '@/lib/domain/money'

type Named = Pick<InvoiceDetail, 'number' | 'customerName' | 'customerEmail'>
type Priced = Pick<InvoiceDetail, 'status' | 'total' | 'amountRemaining' | 'currency'>

/** How sentences name an invoice: its number, or whose draft it is. */
export function nameOf(invoice: Named): string {
  return invoice.number ?? `the draft for ${customerOf(invoice)}`
}

export function customerOf({ customerName, customerEmail }: Omit<Named, 'number'>): string {
  return customerName ?? customerEmail ?? 'a customer without a name'
}

/** What a move is about: the whole of a draft, what is still owed of an issued invoice. */
export function amountOf({ status, total, amountRemaining, currency }: Priced): string {
  return formatMoney(status === 'draft' ? total : amountRemaining, currency).replace('-', '−')
}
