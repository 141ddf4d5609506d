import { notify } from '@/components/ui/toast'
import type { CreatedInvoice } from '@/lib/domain/invoice-view'
import { errorSentence } from '@/lib/words/errors'

const titles: Record<CreatedInvoice['reached'], (name: string) => string> = {
  created: () => 'The draft is saved',
  finalized: (name) => `${name} is finalized`,
  sent: (name) => `${name} is finalized and sent`,
}

/** The receipt of a new invoice, on the page that opens for it: what Stripe said, and under which request id. */
export function announceCreated({ reached, receipt, stopped }: CreatedInvoice): void {
  const title = titles[reached](receipt.number ?? 'The invoice')
  const { requestId, said } = receipt
  if (stopped === null) {
    notify({ tone: 'positive', title, description: `Status in Stripe: ${said}`, requestId })
    return
  }
  const { stripe } = stopped.error
  notify({
    tone: 'urgent',
    title: `${title}, but the next step failed`,
    description: stripe?.message ?? errorSentence(stopped.error),
    requestId: stripe?.requestId ?? null,
  })
}
