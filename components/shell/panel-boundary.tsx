'use client'

import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { catchError, type ErrorInfo } from 'next/error'
import { type ReactNode, Suspense } from 'react'
import { ErrorState } from '@/components/ui/error-state'
import { HttpError } from '@/lib/query/fetch-json'

type PanelBoundaryProps = {
  /** What could not be loaded, in words: "the invoices". */
  what: string
  /** The panel's shape while its data is on the way. */
  pending: ReactNode
  children: ReactNode
}

/** One panel waits and fails by itself; the rest of the page stands. */
export function PanelBoundary({ what, pending, children }: PanelBoundaryProps) {
  return (
    <Boundary what={what}>
      <Suspense fallback={pending}>{children}</Suspense>
    </Boundary>
  )
}

const Boundary = catchError((props: { what: string }, info: ErrorInfo) => (
  <PanelFailure {...props} {...info} />
))

function PanelFailure({ what, error, retry }: { what: string } & ErrorInfo) {
  const { reset } = useQueryErrorResetBoundary()
  return (
    <ErrorState
      title={`Could not load ${what}`}
      detail="Nothing was changed and nothing is lost. Try again in a moment."
      reference={error instanceof HttpError ? error.error.reference : undefined}
      onRetry={() => {
        reset()
        retry()
      }}
    />
  )
}
