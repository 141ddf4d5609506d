import Stripe from 'stripe'
import { afterAll, beforeAll } from 'vitest'
import { type Sandbox, startSandbox } from '@/sandbox/server'

const testKey = 'sk_test_duebookIntegrationTests'
export const testWebhookSecret = 'whsec_duebookIntegrationTests'

/** Getters, because the sandbox starts in a hook: keep the object whole instead of destructuring it. */
export type TestSandbox = {
  readonly baseUrl: string
  /** The unmodified SDK, to arrange with and to look at what Stripe now holds. */
  readonly stripe: Stripe
  /** One of the sandbox's own controls: `control('POST', '/_sandbox/faults', { path: '/v1/invoices', effect: 'hang' })`. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>
}

/**
 * Gives the test file a sandbox of its own on a free port, kept in memory, as STRIPE_API_BASE with its key and webhook
 * secret. It delivers no webhooks by itself: tests take `stripe.events` and hand them to the inbox in the order they want.
 */
export function useTestSandbox(): TestSandbox {
  let running: Sandbox | undefined
  let stripe: Stripe | undefined
  const started = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the sandbox starts in beforeAll')
    return value
  }
  process.env.STRIPE_SECRET_KEY = testKey
  process.env.STRIPE_WEBHOOK_SECRET = testWebhookSecret

  beforeAll(async () => {
    running = await startSandbox({ quiet: true })
    process.env.STRIPE_API_BASE = running.url
    stripe = new Stripe(testKey, {
      host: '127.0.0.1',
      port: running.port,
      protocol: 'http',
      telemetry: false,
      maxNetworkRetries: 0,
    })
  })
  afterAll(async () => {
    await running?.close()
  })

  return {
    get baseUrl() {
      return started(running).url
    },
    get stripe() {
      return started(stripe)
    },
    control: async (method, path, body) => {
      const response = await fetch(started(running).url + path, {
        method,
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      })
      if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}`)
      return await response.json()
    },
  }
}
