'use client'

import { ErrorState } from '@/components/ui/error-state'
import { PageContainer } from '@/components/ui/page-container'

/** A page of the desk broke; the frame around it stands. */
export default function DeskError({
  error,
  retry,
}: {
  error: Error & { digest?: string }
  retry: () => void
}) {
  return (
    <PageContainer>
      <ErrorState
        title="This page could not be shown"
        detail="Nothing was changed in Stripe. Try again; if it keeps failing, give the reference to whoever runs Duebook."
        reference={error.digest}
        onRetry={retry}
      />
    </PageContainer>
  )
}
