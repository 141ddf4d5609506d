import Stripe from 'stripe'
import { afterAll, beforeAll } from 'vitest'
import { noDeviations, witness, witnessed } from '@/sandbox/contract/witness'
import { type Sandbox, type SandboxOptions, startSandbox } from '@/sandbox/server'

export const TEST_KEY = 'sk_test_contract0000000000'

export type Answer = { status: number; headers: Headers; text: string; json: Record<string, unknown> }

/**
 * The unmodified SDK pointed at a sandbox. It neither retries nor reports, so that a test sees every answer once.
 */
function clientFor(url: string, config: Stripe.StripeConfig = {}): Stripe {
  const { hostname, port } = new URL(url)
  const stripe = new Stripe(TEST_KEY, {
    host: hostname,
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    emitEventBodies: true,
    ...config,
  })
  return witnessed(stripe)
}

/**
 * The client of one account for a file of tests that use nothing but Stripe's API. It is an account of the sandbox
 * of its own, or, for a maintainer who sets `CONTRACT_STRIPE_KEY` to a test key, a real one.
 */
export function useAccount(): { stripe: Stripe } {
  const account = {} as { stripe: Stripe }
  const realKey = process.env.CONTRACT_STRIPE_KEY
  let sandbox: Sandbox | undefined
  beforeAll(async () => {
    if (realKey?.startsWith('sk_test_')) {
      account.stripe = witnessed(new Stripe(realKey, { telemetry: false, emitEventBodies: true }))
      return
    }
    sandbox = await startSandbox({ quiet: true })
    account.stripe = clientFor(sandbox.url)
  })
  afterAll(() => sandbox && closeWitnessed(sandbox))
  return account
}

export type SandboxUnderTest = {
  stripe: Stripe
  url: string
  /** A request as no SDK would send it: the body is raw form text. Authorized unless the headers say otherwise. */
  send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Answer>
  /** One of the sandbox's own controls, JSON in and out. */
  control<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>
}

/** A sandbox for one file of tests, with what only a sandbox has. */
export function useSandbox(options: SandboxOptions = {}): SandboxUnderTest {
  const under = {} as SandboxUnderTest
  let sandbox: Sandbox | undefined
  beforeAll(async () => {
    sandbox = await startSandbox({ quiet: true, ...options })
    Object.assign(under, underTest(sandbox.url))
  })
  afterAll(() => sandbox && closeWitnessed(sandbox))
  return under
}

/** Ends a sandbox when all the events that came of a test have been witnessed, told to somebody or not. */
export async function closeWitnessed(sandbox: Sandbox): Promise<void> {
  const { stripe, control } = underTest(sandbox.url)
  await control('DELETE', 'faults')
  for await (const _ of stripe.events.list({ limit: 100 }));
  await sandbox.close()
  noDeviations()
}

export function underTest(url: string): SandboxUnderTest {
  return {
    url,
    stripe: clientFor(url),
    async send(method, path, body, headers = {}) {
      const response = await fetch(url + path, {
        method,
        body,
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${TEST_KEY}`,
          'stripe-version': Stripe.API_VERSION,
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        },
      })
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('application/json')
      const json = isJson ? JSON.parse(text) : {}
      if (isJson) witness(`${method} ${path}`, response.status, json)
      return { status: response.status, headers: response.headers, text, json }
    },
    async control<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(`${url}/_sandbox/${path}`, {
        method,
        body: body === undefined ? undefined : JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return JSON.parse(text)
    },
  }
}

/** What a test may rely on in a refusal; messages are Stripe's to change. */
export type Refusal = {
  status: number | undefined
  type: string
  code: string | undefined
  param: string | undefined
  message: string
  declineCode: string | undefined
}

/** Waits for a call to be refused. @throws when it is accepted, or fails in another way than by a Stripe error */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error
    const { statusCode: status, rawType, code, param, message, decline_code: declineCode } = error
    return { status, type: String(rawType), code, param, message, declineCode }
  }
  throw new Error('The call was accepted')
}
