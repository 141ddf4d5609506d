import 'server-only'
import Stripe from 'stripe'
import { env } from '@/lib/env'

let client: Stripe | undefined

/**
 * The unmodified SDK, pinned to the API version it was made for. Writes need an `idempotencyKey` of their own: the SDK's is
 * random per call and guards against nothing but its own retries.
 */
export function stripe(): Stripe {
  client ??= connect()
  return client
}

/**
 * Options for reads that hold a lease or keep a person waiting. With the SDK's one more try, a call ends within half of a
 * lease (`lib/sync/leases.ts`).
 */
export const impatient = { timeout: 10_000, maxNetworkRetries: 1 } as const

function connect(): Stripe {
  return new Stripe(env().stripe.secretKey, clientOptions())
}

/** How every client of this process is made. */
export function clientOptions(): ConstructorParameters<typeof Stripe>[1] & object {
  const { apiBase } = env().stripe
  return {
    ...(apiBase && serverAt(apiBase)),
    apiVersion: Stripe.API_VERSION,
    timeout: 20_000,
    maxNetworkRetries: 2,
    telemetry: false,
    appInfo: { name: 'Duebook' },
  }
}

function serverAt(base: URL) {
  const protocol = base.protocol === 'https:' ? 'https' : 'http'
  return { host: base.hostname, port: base.port || (protocol === 'https' ? 443 : 80), protocol } as const
}
