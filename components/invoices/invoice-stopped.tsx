import { Banner } from '@/components/ui/banner'
import type { InvoiceDetail } from '@/lib/domain/invoice-view'

const steps = ['finalize', 'send'] as const
export type StoppedAt = (typeof steps)[number]

/** The step named in the address of an invoice whose making did not come to its end; null for anything else. */
export function parseStoppedAt(value: string | string[] | undefined): StoppedAt | null {
  return steps.find((step) => step === value) ?? null
}

/** Whether that step is still to be done: the address outlives it. */
export function isStillStopped({ status, sentAt }: InvoiceDetail, step: StoppedAt): boolean {
  return step === 'finalize' ? status === 'draft' : status === 'open' && sentAt === null
}

const titles: Record<StoppedAt, string> = {
  finalize: 'The draft is saved, but it was not finalized',
  send: 'The invoice is finalized, but it was not sent',
}

/** How far a new invoice came, and how to go on. */
export function InvoiceStopped({ step }: { step: StoppedAt }) {
  return (
    <Banner tone="warning" title={titles[step]}>
      Stripe refused this step. Correct what it named, then continue with the button above: nothing is done
      twice.
    </Banner>
  )
}
