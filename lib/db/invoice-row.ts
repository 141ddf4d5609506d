import 'server-only'
import { calendarDate, pastDueBefore } from '@/lib/domain/dates'
import { type InvoiceStatus, invoiceBadge, type PaymentState } from '@/lib/domain/invoice'
import type { InvoiceRow } from '@/lib/domain/invoice-view'
import { toMinorUnits } from '@/lib/domain/money'
import { env } from '@/lib/env'

/** `pg` gives int8 as text, Prisma as a bigint. */
type Minor = bigint | string

export type InvoiceRecord = {
  id: string
  number: string | null
  status: InvoiceStatus
  customerId: string
  customerName: string | null
  customerEmail: string | null
  currency: string
  total: Minor
  amountPaid: Minor
  amountRemaining: Minor
  paymentState: PaymentState
  automaticallyFinalizesAt: Date | null
  dueAt: Date | null
  createdAt: Date
  sentAt: Date | null
}

/** Selects an `InvoiceRecord` from `invoices`. */
export const invoiceRecordColumns = `id, number, status, customer_id as "customerId",
  customer_name as "customerName", customer_email as "customerEmail", currency, total, amount_paid as "amountPaid",
  amount_remaining as "amountRemaining", payment_state as "paymentState",
  automatically_finalizes_at as "automaticallyFinalizesAt", due_at as "dueAt", created_at as "createdAt",
  sent_at as "sentAt"`

/** Makes rows for screens of what the database has, as of `now` in the billing entity's zone. */
export function invoiceRowsAt(now: Date): (record: InvoiceRecord) => InvoiceRow {
  const zone = env().billingTimeZone
  const today = pastDueBefore(now, zone)
  return (record) => ({
    id: record.id,
    number: record.number,
    status: record.status,
    badge: invoiceBadge({ ...record, amountPaid: minor(record.amountPaid) }, today),
    customerId: record.customerId,
    customerName: record.customerName,
    customerEmail: record.customerEmail,
    currency: record.currency,
    total: minor(record.total),
    amountRemaining: minor(record.amountRemaining),
    dueOn: record.dueAt && calendarDate(record.dueAt, zone),
    createdAt: record.createdAt.toISOString(),
    sentAt: record.sentAt?.toISOString() ?? null,
  })
}

const minor = (amount: Minor) => toMinorUnits(BigInt(amount))
