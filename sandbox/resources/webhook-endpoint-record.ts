import type Stripe from 'stripe'
import type { Ctx } from '@/sandbox/context'
import type { OldSecret } from '@/sandbox/webhooks/signing-secrets'
import type { Wire } from '@/sandbox/wire'

type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>

export type WebhookEndpointRecord = Omit<WebhookEndpoint, 'status' | 'secret'> & {
  status: 'enabled' | 'disabled'
  secret: string
  oldSecret: OldSecret | null
}

/** The secret is told once, in the answer to the creation. */
export function serializeWebhookEndpoint({ secret: _, oldSecret: __, ...rest }: WebhookEndpointRecord) {
  return rest satisfies WebhookEndpoint
}

type NewEndpoint = Pick<WebhookEndpointRecord, 'url' | 'enabled_events'> & Partial<WebhookEndpointRecord>

export function createWebhookEndpoint(ctx: Ctx, endpoint: NewEndpoint): WebhookEndpointRecord {
  const record: WebhookEndpointRecord = {
    id: ctx.newId('we'),
    object: 'webhook_endpoint',
    api_version: null,
    application: null,
    created: ctx.now,
    description: null,
    livemode: false,
    metadata: {},
    oldSecret: null,
    secret: `whsec_${ctx.newToken(32)}`,
    status: 'enabled',
    ...endpoint,
  }
  ctx.store.put('webhookEndpoints', record)
  return record
}
