import Stripe from 'stripe'
import { type Received, receiveEvent } from '@/lib/sync/inbox'
import { claimDue } from '@/lib/sync/leases'
import { mirrorOrRetryLater } from '@/lib/sync/refresh'
import { testWebhookSecret } from './test-sandbox'

const webhooks = new Stripe('sk_test_signsOnly').webhooks

/** Everything that Stripe has to tell so far, oldest first. */
export async function allEvents(stripe: Stripe): Promise<Stripe.Event[]> {
  const newestFirst = await stripe.events.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 })
  return newestFirst.reverse()
}

/** The `Stripe-Signature` of a body; `at` is in seconds. */
export function sign(
  body: string,
  { secret = testWebhookSecret, at }: { secret?: string; at?: number } = {},
): string {
  return webhooks.generateTestHeaderString({
    payload: body,
    secret,
    ...(at !== undefined && { timestamp: at }),
  })
}

/** Hands events to the inbox, signed, one after the other in the given order. */
export async function deliver(...events: Stripe.Event[]): Promise<Received[]> {
  const received: Received[] = []
  for (const event of events) {
    const body = JSON.stringify(event, null, 2)
    received.push(await receiveEvent(Buffer.from(body), sign(body)))
  }
  return received
}

/** Does what a worker would, until nothing is due. */
export async function settle(): Promise<void> {
  for (;;) {
    const leases = await claimDue(10)
    if (leases.length === 0) return
    await Promise.all(leases.map(mirrorOrRetryLater))
  }
}
