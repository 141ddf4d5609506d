import 'server-only'
import Stripe from 'stripe'
import { impatient, stripe } from './client'

export type WebhookEndpoint = {
  id: string
  url: string
  isEnabled: boolean
  enabledEvents: string[]
  /** In which it renders events; null: the account's default. */
  apiVersion: string | null
}

export type EndpointsSeen = {
  /** Null when the key may not read them. */
  endpoints: WebhookEndpoint[] | null
  /** Stripe's time when it answered, in whole seconds; null where the answer did not say. */
  stripeTime: Date | null
}

/** The version that objects are read in. */
export const readApiVersion: string = Stripe.API_VERSION

/** The account's webhook endpoints: at most 16 in test and 16 in live mode, so one page. Throws what Stripe threw. */
export async function readWebhookEndpoints(): Promise<EndpointsSeen> {
  try {
    const { data, lastResponse } = await stripe().webhookEndpoints.list({ limit: 100 }, impatient)
    return { endpoints: data.map(readEndpoint), stripeTime: readTime(lastResponse.headers.date) }
  } catch (error) {
    if (error instanceof Stripe.errors.StripePermissionError) {
      return { endpoints: null, stripeTime: readTime(error.headers?.date) }
    }
    throw error
  }
}

function readEndpoint(endpoint: Stripe.WebhookEndpoint): WebhookEndpoint {
  return {
    id: endpoint.id,
    url: endpoint.url,
    isEnabled: endpoint.status === 'enabled',
    enabledEvents: endpoint.enabled_events,
    apiVersion: endpoint.api_version,
  }
}

function readTime(header: string | undefined): Date | null {
  const time = new Date(header ?? '')
  return Number.isNaN(time.getTime()) ? null : time
}
