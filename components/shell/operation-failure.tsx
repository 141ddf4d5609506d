'use client'

import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Copyable } from '@/components/ui/copyable'
import { LinkButton } from '@/components/ui/link-button'
import { failureFacts } from './operation-words'
import type { OperationError } from './use-operation'

/** Why a form's operation did not happen, what to do next, and the way there. */
export function OperationFailure({ error }: { error: OperationError }) {
  const { title, detail, requestId } = failureFacts(error)
  const reference = error.code === 'page_outdated' ? undefined : error.reference
  return (
    <Banner tone="urgent" title={title} action={<WayOn code={error.code} />}>
      {detail}
      {requestId !== null && <Copyable text={requestId} label="Stripe request id" />}
      {reference !== undefined && <Copyable text={reference} label="reference" />}
    </Banner>
  )
}

function WayOn({ code }: { code: OperationError['code'] }) {
  if (code === 'page_outdated') return <Button onClick={() => window.location.reload()}>Reload</Button>
  if (code !== 'signed_out') return undefined
  const { pathname, search } = window.location
  return <LinkButton href={`/sign-in?next=${encodeURIComponent(pathname + search)}`}>Sign in</LinkButton>
}
