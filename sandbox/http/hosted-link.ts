import type { InvoiceRecord } from '@/sandbox/resources/invoice-record'

const day = 86_400

/** 30 days after the due date, or after finalization when there is none; never more than 120 days. */
export function linkExpiry({ due_date: due, status_transitions: moments }: InvoiceRecord): number {
  const finalized = moments.finalized_at ?? 0
  return Math.min((due ?? finalized) + 30 * day, finalized + 120 * day)
}

/** The customer's address as whoever holds an old link may see it, `a•••@lumen.example`; null without one. */
export function maskedAddress({ customer_email: email }: InvoiceRecord): string | null {
  return email === null ? null : email.replace(/^(.).*(?=@)/, '$1•••')
}
