import type { InvoiceBadge, PaymentState } from '@/lib/domain/invoice'
import type { PublicInvoice } from '@/lib/domain/invoice-view'

/** What a customer is told of what the desk knows: whether a card was declined, say, is between them and their bank. */
const states: Record<InvoiceBadge, PublicInvoice['state']> = {
  draft: 'not_yet',
  scheduled: 'not_yet',
  open: 'open',
  partly_paid: 'open',
  payment_failed: 'open',
  past_due: 'past_due',
  processing: 'processing',
  paid: 'paid',
  void: 'void',
  uncollectible: 'uncollectible',
}

export function publicState(badge: InvoiceBadge): PublicInvoice['state'] {
  return states[badge]
}

/** Stripe takes payments for uncollectible invoices too, and none while another one is on its way. */
export function canBePaid(
  invoice: { amountRemaining: bigint; paymentState: PaymentState },
  badge: InvoiceBadge,
): boolean {
  const isOwed = ['open', 'past_due', 'uncollectible'].includes(states[badge])
  return isOwed && invoice.amountRemaining > 0n && invoice.paymentState !== 'processing'
}
