import { defaultShouldDehydrateQuery, QueryCache, QueryClient } from '@tanstack/react-query'
import { isSignedOut, isWorthRetrying } from './retry-rule'

/**
 * One cache: a new one per request on the server, one for the lifetime of the tab in the browser. Queries that are
 * still running cross to the browser too, so a page need not wait for its panels.
 */
export function makeQueryClient(onSignedOut?: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSignedOut(error)) onSignedOut?.()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A page is not kept waiting: what fails on the server is asked again by the browser.
        retry: typeof window === 'undefined' ? false : isWorthRetrying,
      },
      dehydrate: {
        shouldDehydrateQuery: (query) =>
          defaultShouldDehydrateQuery(query) || query.state.status === 'pending',
        // Next must see its own errors (redirect, notFound) to act on them.
        shouldRedactErrors: () => false,
      },
    },
  })
}
