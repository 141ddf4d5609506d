'use client'

import type { ReactNode } from 'react'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Copyable } from '@/components/ui/copyable'
import { LinkButton } from '@/components/ui/link-button'
import { isOpen } from './intent'
import { failureFacts } from './operation-words'
import type { OperationError } from './use-operation'

/** Why a form's operation did not happen or is not known yet, what to do next, and the way there. */
export function OperationFailure({ error }: { error: OperationError }) {
  const { title, detail, requestId } = failureFacts(error)
  const reference = error.code === 'page_outdated' ? undefined : error.reference
  return (
    <Banner tone={isOpen(error.code) ? 'info' : 'urgent'} title={title} action={wayOn(error.code)}>
      {detail}
      {requestId !== null && <Copyable text={requestId} label="Stripe request id" />}
      {reference !== undefined && <Copyable text={reference} label="reference" />}
    </Banner>
  )
}

function wayOn(code: OperationError['code']): ReactNode {
  if (code === 'page_outdated') return <Button onClick={() => window.location.reload()}>Reload</Button>
  if (code !== 'signed_out') return undefined
  // In another tab, because leaving this one would lose what was typed.
  return (
    <LinkButton href="/sign-in" isExternal>
      Sign in
    </LinkButton>
  )
}
