import 'server-only'
import {
  defaultShouldDehydrateQuery,
  dehydrate,
  HydrationBoundary,
  QueryClient,
  type QueryKey,
} from '@tanstack/react-query'
import type { ReactNode } from 'react'

export type StartedQuery = { queryKey: QueryKey; data: Promise<unknown> }

/** Starts a read on the server under the key that the browser will ask for; `options` comes from `lib/query`. */
export function startQuery<T>(options: { queryKey: QueryKey }, read: () => Promise<T>): StartedQuery {
  const data = read()
  // Whoever renders the panel meets the failure; until then it is nobody's.
  data.catch(() => undefined)
  return { queryKey: options.queryKey, data }
}

/** Hands reads to the browser's query cache while they still run; panels below suspend until theirs has arrived. */
export function Hydrate({ queries, children }: { queries: readonly StartedQuery[]; children: ReactNode }) {
  const client = new QueryClient()
  for (const { queryKey, data } of queries) void client.prefetchQuery({ queryKey, queryFn: () => data })
  const state = dehydrate(client, {
    shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
  })
  return <HydrationBoundary state={state}>{children}</HydrationBoundary>
}
