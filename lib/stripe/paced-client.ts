import 'server-only'
import Stripe from 'stripe'
import { env } from '@/lib/env'
import { clientOptions } from './client'

/** Who decides when the next request may go out. */
export type Pace = {
  /** Resolves when it is the caller's turn. */
  turn(): Promise<void>
  /** Stripe has refused a request as one too many and asks for this pause, in seconds, or does not say. */
  refused(retryAfter: number | null): Promise<void>
}

/** The client that `stripe()` is, each of whose requests, repeated ones too, waits for its turn. */
export function pacedClient(pace: Pace): Stripe {
  const http = Stripe.createNodeHttpClient()
  const paced: typeof http = {
    getClientName: () => http.getClientName(),
    makeRequest: async (...request) => {
      await pace.turn()
      const response = await http.makeRequest(...request)
      if (response.getStatusCode() === 429) await pace.refused(retryAfter(response.getHeaders()))
      return response
    },
  }
  return new Stripe(env().stripe.secretKey, { ...clientOptions(), httpClient: paced })
}

/** Stripe sends seconds; what is none is not believed. */
function retryAfter(headers: Record<string, unknown>): number | null {
  const seconds = Number(headers['retry-after'] ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null
}
