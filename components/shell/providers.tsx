'use client'

import { Tooltip } from '@base-ui/react/tooltip'
import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { TimeZoneProvider } from '@/components/ui/time-zone'
import { ToastProvider } from '@/components/ui/toast'
import { makeQueryClient } from './query-client'

/** What every page of the desk stands in. `timeZone` is the billing entity's IANA zone. */
export function Providers({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  const [queryClient] = useState(() => makeQueryClient(leaveForSignIn))
  return (
    <NuqsAdapter>
      <QueryClientProvider client={queryClient}>
        <TimeZoneProvider zone={timeZone}>
          <Tooltip.Provider delay={400}>
            <ToastProvider>{children}</ToastProvider>
          </Tooltip.Provider>
        </TimeZoneProvider>
      </QueryClientProvider>
    </NuqsAdapter>
  )
}

/** The session has ended: sign in and come back. A full load, so that nothing of the old session stays in memory. */
function leaveForSignIn() {
  const { pathname, search } = window.location
  window.location.assign(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
}
