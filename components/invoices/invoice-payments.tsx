'use client'

import { DescriptionList } from '@/components/ui/description-list'
import { InstantText } from '@/components/ui/instant-text'
import { Money } from '@/components/ui/money'
import { Panel } from '@/components/ui/panel'
import type { InvoiceDetail, InvoicePaymentView } from '@/lib/domain/invoice-view'

const states: Record<InvoicePaymentView['status'], string> = {
  open: 'Not paid yet',
  paid: 'Paid',
  canceled: 'Canceled, nothing was paid',
}

const kinds: Record<InvoicePaymentView['kind'], string> = {
  payment_intent: 'Through Stripe',
  charge: 'Charge',
  payment_record: 'Recorded by hand',
}

/** Stripe's payments on the invoice, attempted and made. */
export function InvoicePayments({ invoice }: { invoice: InvoiceDetail }) {
  return (
    <Panel title="Payments">
      <DescriptionList
        items={invoice.payments.map((payment) => ({
          id: payment.id,
          term: kinds[payment.kind],
          detail: <Payment payment={payment} currency={invoice.currency} />,
        }))}
      />
    </Panel>
  )
}

function Payment({ payment, currency }: { payment: InvoicePaymentView; currency: string }) {
  return (
    <span className="flex flex-wrap justify-between gap-x-4">
      <span>
        {states[payment.status]} {payment.paidAt !== null && <InstantText at={payment.paidAt} />}
      </span>
      <Money minor={payment.amountPaid ?? payment.amountRequested} currency={currency} />
    </span>
  )
}
