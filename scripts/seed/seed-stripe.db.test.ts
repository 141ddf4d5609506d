import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { demoCustomers } from './demo-customers'
import { demoInvoices } from './demo-invoices'
import { sandboxClock } from './sandbox-clock'
import { seedStripe } from './seed-stripe'

const sandbox = useTestSandbox()
const now = Math.floor(Date.now() / 1000)
const seed = (stripe: Stripe) => {
  const clock = sandboxClock(new URL(sandbox.baseUrl))
  return clock.whileKeysLast(() => seedStripe({ stripe, now, moveClock: clock.moveTo }))
}

/** The SDK as it is, until its `calls`-th write: that one does not get through. */
function dyingStripe(calls: number): Stripe {
  let made = 0
  return new Stripe('sk_test_duebookIntegrationTests', {
    protocol: 'http',
    host: '127.0.0.1',
    port: new URL(sandbox.baseUrl).port,
    maxNetworkRetries: 0,
    httpClient: Stripe.createFetchHttpClient(async (...request) => {
      made += 1
      if (made > calls) throw new Error('killed')
      return await fetch(...request)
    }),
  })
}

async function contents() {
  const [invoices, customers, products] = await Promise.all([
    sandbox.stripe.invoices.list({ limit: 100 }),
    sandbox.stripe.customers.list({ limit: 100 }),
    sandbox.stripe.products.list({ limit: 100 }),
  ])
  return { invoices: invoices.data, customers: customers.data, products: products.data }
}

test('a run that is cut off and repeated makes everything once, in every status', async () => {
  for (const calls of [0, 7, 40, 95]) await expect(seed(dyingStripe(calls))).rejects.toThrow()
  await seed(sandbox.stripe)
  const once = await contents()
  await seed(sandbox.stripe)
  const twice = await contents()

  expect(twice).toEqual(once)
  expect(once.customers).toHaveLength(demoCustomers.length)
  expect(once.invoices).toHaveLength(demoInvoices.length)
  expect(new Set(once.invoices.map(({ status }) => status))).toEqual(
    new Set(['draft', 'open', 'paid', 'void', 'uncollectible']),
  )
  const pastDue = once.invoices.filter(({ status, due_date }) => status === 'open' && (due_date ?? now) < now)
  expect(pastDue.length).toBeGreaterThanOrEqual(4)
  expect(new Set(once.invoices.map(({ currency }) => currency))).toEqual(
    new Set(['eur', 'usd', 'gbp', 'jpy']),
  )
  expect(Math.max(...once.invoices.map(({ created }) => created))).toBeLessThanOrEqual(now)
})
