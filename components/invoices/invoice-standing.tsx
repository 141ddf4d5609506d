'use client'

import type { ReactNode } from 'react'
import { DueDateText } from '@/components/ui/due-date-text'
import { InstantText } from '@/components/ui/instant-text'
import { Money } from '@/components/ui/money'
import type { InvoiceBadge } from '@/lib/domain/invoice'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'

type Sentence = (invoice: InvoiceDetail) => ReactNode

const since = (at: string | null) => (at === null ? null : <InstantText at={at} />)

/** Why the invoice stands as it does, and what happens next. */
const sentences: Record<InvoiceBadge, Sentence> = {
  draft: () => 'Nobody is billed before it is finalized.',
  scheduled: ({ automaticallyFinalizesAt: at }) => <>Stripe finalizes it by itself: {since(at)}.</>,
  open: ({ sentAt }) =>
    sentAt === null ? (
      'Waiting for payment. Stripe has not mailed it to the customer.'
    ) : (
      <>Waiting for payment. Sent {since(sentAt)}.</>
    ),
  past_due: () => 'The due date has passed and it is not paid.',
  partly_paid: () => 'A part has been paid; the rest is still due.',
  processing: () => 'A payment is on its way. Stripe says when it has arrived; bank debits take days.',
  payment_failed: ({ paymentError }) => paymentError ?? 'The last payment did not go through.',
  paid: ({ isPaidOutsideStripe, paidAt }) => (
    <>
      {isPaidOutsideStripe ? 'Recorded as paid outside Stripe' : 'Paid'} {since(paidAt)}.
    </>
  ),
  void: ({ voidedAt }) => <>Voided {since(voidedAt)}. Nothing is owed on it any more.</>,
  uncollectible: ({ markedUncollectibleAt: at }) => (
    <>Written off {since(at)}. The customer can still pay it.</>
  ),
}

/** The figure that counts, when it is due, and the sentence that explains the status. */
export function InvoiceStanding({ invoice }: { invoice: InvoiceDetail }) {
  const { status, badge, currency } = invoice
  const isOwed = status === 'open' || status === 'uncollectible'
  return (
    <div className="flex flex-wrap items-start gap-x-8 gap-y-3 border-t-2 border-t-rule-strong pt-3">
      <Stated term={isOwed ? 'Amount due' : 'Total'}>
        <Money
          minor={isOwed ? invoice.amountRemaining : invoice.total}
          currency={currency}
          look={status === 'void' ? 'struck' : 'figure'}
          hasCode
        />
      </Stated>
      {invoice.dueOn !== null && (
        <Stated term="Due">
          <DueDateText due={invoice.dueOn} isLate={badge === 'past_due'} isDateOnly={status !== 'open'} />
        </Stated>
      )}
      <p className="max-w-prose self-center text-ink-muted">{sentences[badge](invoice)}</p>
    </div>
  )
}

function Stated({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-col">
      <span className="text-ink-muted text-xs">{term}</span>
      <span className="text-ink">{children}</span>
    </div>
  )
}
