/* What the webhook doctor finds out. Instants are ISO strings in UTC. */

export type WebhookDiagnosis = {
  /** `refused`: the last signed delivery was not Stripe's by our secrets. `unknown`: none has come yet. */
  signature: {
    state: 'ok' | 'refused' | 'unknown'
    lastVerifiedAt: string | null
    lastRefusedAt: string | null
    /** Signed with another secret, or at another time than ours. */
    lastRefusedBecause: 'bad_signature' | 'bad_timestamp' | null
  }
  endpoint: {
    /** `hidden`: the key may not read endpoints. `unknown`: Stripe has not been asked yet. */
    state: 'ok' | 'disabled' | 'missing' | 'hidden' | 'unknown'
    checkedAt: string | null
    /** Where it delivers, or where one should when there is none. */
    url: string
    apiVersion: string | null
    /** What this version of Duebook reads objects in, whatever the events are rendered in. */
    readApiVersion: string
    missingEventTypes: string[]
  }
  account: { id: string | null; livemode: boolean }
  /** Of the last delivery that was kept or known already; null when none has come yet. */
  lastDeliveryAgeSeconds: number | null
  backlog: { waiting: number; oldestSeconds: number; dead: number }
  /** How far Stripe's clock is ahead of the database's; beyond 300 s either way signatures are refused. */
  clockSkewSeconds: number | null
}
