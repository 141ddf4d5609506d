import { defaultShouldDehydrateQuery, QueryCache, QueryClient } from '@tanstack/react-query'

/** Answers that stay what they are however often one asks: signed out, forbidden, not there. */
const hopeless: readonly number[] = [401, 403, 404]

function statusOf(error: Error): number | null {
  return 'status' in error && typeof error.status === 'number' ? error.status : null
}

/**
 * One cache: a new one per request on the server, one for the lifetime of the tab in the browser. Queries that are
 * still running cross to the browser too, so a page need not wait for its panels.
 */
export function makeQueryClient(onSignedOut?: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (statusOf(error) === 401) onSignedOut?.()
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && !hopeless.includes(statusOf(error) ?? 0),
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
