import 'server-only'
import type { MoveReceipt } from '@/lib/domain/invoice-view'
import { receiptOf } from '@/lib/operations/receipt'
import type { Done } from '@/lib/operations/take-step'
import { parseInvoiceStatus } from '@/lib/stripe/parse-invoice'

/** What Stripe answers a write to an invoice with, as far as it matters here. */
export type Answer = { id: string; status?: string | null; number?: string | null }

export function moveReceipt(done: Done<Answer>): MoveReceipt {
  const status = parseInvoiceStatus(done.object.status ?? null)
  return { ...receiptOf(done, status), number: done.object.number ?? null, status }
}
