'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Banner } from '@/components/ui/banner'
import { InstantText } from '@/components/ui/instant-text'
import { isTouched, parseStripeHealth, parseTopics, type StripeHealth } from './changed-topics'
import { connectLive, type LiveState } from './live-connection'

/** Makes every open screen follow the mirror, and says so when it cannot. Draws nothing while all is well. */
export function LiveUpdates() {
  const queryClient = useQueryClient()
  const [state, setState] = useState<LiveState>('live')
  const [health, setHealth] = useState<StripeHealth | null>(null)

  // Outside system: the server's event stream.
  useEffect(
    () =>
      connectLive('/api/live', {
        onState: (next) => {
          setState(next)
          // The stream cannot say why it ended, a read can: when the session is over, it leads to the sign-in.
          if (next === 'late') queryClient.invalidateQueries()
        },
        onResume: () => queryClient.invalidateQueries(),
        onHealth: (data) => setHealth(parseStripeHealth(data)),
        onMessage: (data) => {
          const topics = parseTopics(data)
          if (topics === null) return
          queryClient.invalidateQueries({ predicate: (query) => isTouched(query.queryKey, topics) })
        },
      }),
    [queryClient],
  )

  return (
    <>
      {health?.stripe === 'unreachable' && (
        <Banner tone="warning" title="Stripe cannot be reached">
          You see Duebook’s own copy
          {health.since !== null && (
            <>
              , last confirmed <InstantText at={health.since} />
            </>
          )}
          . Reading works; finalizing, sending and recording payments must wait.
        </Banner>
      )}
      {state === 'late' && (
        <Banner tone="info" title="Live updates are interrupted">
          Trying to reconnect. Until then this page may be out of date.
        </Banner>
      )}
    </>
  )
}
