'use client'

import type { ReactNode } from 'react'
import { CalendarDateText } from '@/components/ui/calendar-date-text'
import { Copyable } from '@/components/ui/copyable'
import { DescriptionList } from '@/components/ui/description-list'
import { EmailText } from '@/components/ui/email-text'
import { InstantText } from '@/components/ui/instant-text'
import { Panel } from '@/components/ui/panel'
import { TextLink } from '@/components/ui/text-link'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'
import { customerOf } from './invoice-title'

const collections: Record<InvoiceDetail['collectionMethod'], string> = {
  send_invoice: 'The customer pays by the link',
  charge_automatically: 'Stripe charges the customer automatically',
}

/** Everything about an invoice that is not on the document: whom, when, how, and under which ids. */
export function InvoiceFacts({ invoice }: { invoice: InvoiceDetail }) {
  const dates = [
    instant('Created', invoice.createdAt),
    instant('Finalizes by itself', invoice.automaticallyFinalizesAt),
    instant('Finalized', invoice.finalizedAt),
    instant('Sent', invoice.sentAt),
    { term: 'Due', detail: <CalendarDateText date={invoice.dueOn} /> },
    instant('Paid', invoice.paidAt),
    instant('Voided', invoice.voidedAt),
    instant('Marked uncollectible', invoice.markedUncollectibleAt),
  ]
  return (
    <Panel title="Details">
      <DescriptionList
        items={[
          { term: 'Customer', detail: <Customer invoice={invoice} /> },
          { term: 'Collection', detail: collections[invoice.collectionMethod] },
          ...dates.filter((date) => date !== null),
          { term: 'Invoice id', detail: <Copyable text={invoice.id} label="invoice id" /> },
          { term: 'Customer id', detail: <Copyable text={invoice.customerId} label="customer id" /> },
          { term: 'Last synced', detail: <InstantText at={invoice.mirroredAt} /> },
        ]}
      />
    </Panel>
  )
}

function instant(term: string, at: string | null): { term: string; detail: ReactNode } | null {
  return at === null ? null : { term, detail: <InstantText at={at} /> }
}

function Customer({ invoice }: { invoice: InvoiceDetail }) {
  return (
    <span className="flex flex-col">
      <TextLink href={`/customers/${invoice.customerId}`}>
        <bdi>{customerOf(invoice)}</bdi>
      </TextLink>
      {invoice.customerName !== null && (
        <span className="text-ink-muted">
          {invoice.customerEmail === null ? 'No e-mail address' : <EmailText email={invoice.customerEmail} />}
        </span>
      )}
    </span>
  )
}
