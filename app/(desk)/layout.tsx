import type { ReactNode } from 'react'
import { DeskFrame, type StripeMode } from '@/components/shell/desk-frame'
import { pageContext } from '@/lib/auth/context'
import { env, type StripeSettings } from '@/lib/env'

/** The frame only; every page asks for its own permission. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const { actor } = await pageContext('overview.read')
  return (
    <DeskFrame user={actor} timeZone={env().billingTimeZone} mode={stripeMode(env().stripe)}>
      {children}
    </DeskFrame>
  )
}

function stripeMode({ livemode, apiBase }: StripeSettings): StripeMode {
  if (livemode) return 'live'
  return apiBase === undefined ? 'test' : 'sandbox'
}
