'use client'

import type { ReactNode } from 'react'
import { DueDateText } from '@/components/ui/due-date-text'
import { InstantText } from '@/components/ui/instant-text'
import { Money } from '@/components/ui/money'
import type { InvoiceBadge } from '@/lib/domain/invoice'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { badgeWords } from '@/lib/words/badges'

/** What the status alone does not tell. */
const additions: Partial<Record<InvoiceBadge, (invoice: InvoiceDetail) => ReactNode>> = {
  scheduled: ({ automaticallyFinalizesAt: at }) => at !== null && <InstantText at={at} />,
  open: ({ sentAt }) =>
    sentAt === null ? (
      'It has not been mailed to the customer.'
    ) : (
      <>
        Mailed to the customer <InstantText at={sentAt} />.
      </>
    ),
  payment_failed: ({ paymentError }) => paymentError !== null && `Stripe told them: “${paymentError}”`,
  paid: ({ isPaidOutsideStripe }) => isPaidOutsideStripe && 'The payment was recorded outside Stripe.',
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
      <p className="max-w-prose self-center text-ink-muted">
        {badgeWords(badge).explanation} {additions[badge]?.(invoice)}
      </p>
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
