import { Ban, CheckCheck, Clock3, Hourglass, LoaderCircle, type LucideIcon } from 'lucide-react'
import { formatCalendarDate } from '@/components/ui/time-words'
import type { PublicInvoice } from '@/lib/domain/invoice-view'

type State = PublicInvoice['state']

export const looks: Record<State, { icon: LucideIcon; className: string }> = {
  not_yet: { icon: Clock3, className: 'text-ink-muted' },
  open: { icon: Clock3, className: 'text-ink' },
  past_due: { icon: Hourglass, className: 'text-urgent' },
  processing: { icon: LoaderCircle, className: 'text-info' },
  paid: { icon: CheckCheck, className: 'text-positive' },
  void: { icon: Ban, className: 'text-ink-muted' },
  uncollectible: { icon: Hourglass, className: 'text-ink' },
}

const dated = (date: string | null, before: string) =>
  date === null ? '' : ` ${before} ${formatCalendarDate(date)}`

const sentences: Record<State, (invoice: PublicInvoice) => string> = {
  not_yet: () => 'Not issued yet.',
  open: ({ dueOn }) => (dueOn === null ? 'To be paid.' : `Due on ${formatCalendarDate(dueOn)}.`),
  past_due: ({ dueOn }) => `This invoice was due${dated(dueOn, 'on')} and is not paid yet.`,
  processing: () => 'Your payment is being processed. This can take a few days; there is nothing more to do.',
  paid: ({ paidOn }) => `Paid${dated(paidOn, 'on')}. Thank you.`,
  void: () => 'This invoice was canceled. Nothing is to be paid.',
  uncollectible: ({ dueOn }) => `This invoice was due${dated(dueOn, 'on')} and is not paid.`,
}

/** How the invoice stands, in a customer's words. */
export function standingOf(invoice: PublicInvoice): string {
  return sentences[invoice.state](invoice)
}
