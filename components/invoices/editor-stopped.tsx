'use client'

import { Banner } from '@/components/ui/banner'
import { Copyable } from '@/components/ui/copyable'
import { LinkButton } from '@/components/ui/link-button'
import type { CreatedInvoice } from '@/lib/domain/invoice-view'
import { errorSentence } from '@/lib/words/errors'

/** Stripe took the draft but not its lines: what is typed stays, and the unfinished draft is named. */
export function EditorStopped({ created }: { created: CreatedInvoice }) {
  const error = created.stopped?.error
  return (
    <Banner
      tone="urgent"
      title="Stripe refused a line"
      action={
        <LinkButton href={`/invoices/${created.invoiceId}`} isExternal>
          Open the unfinished draft
        </LinkButton>
      }
    >
      {error && <p>{error.stripe === undefined ? errorSentence(error) : `“${error.stripe.message}”`}</p>}
      <p>
        Correct the line and save again; that makes a new invoice. The draft that was begun has not billed
        anybody: delete it.
      </p>
      {error?.stripe?.requestId && <Copyable text={error.stripe.requestId} label="Stripe request id" />}
    </Banner>
  )
}
