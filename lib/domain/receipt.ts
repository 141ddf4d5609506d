/** What a person gets for a write: Stripe's answer, when it came, and the id under which Stripe logged it. */
export type Receipt = {
  /** ISO instant, UTC. */
  at: string
  requestId: string | null
  /** The state that Stripe answered with: `open`, `active`, … */
  said: string
  objectId: string
}
