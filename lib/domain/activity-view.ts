/** An entry of the audit trail as a list shows it. */
export type ActivityRow = {
  seq: number
  /** ISO 8601, UTC. */
  at: string
  /** Name of the operation: `invoice.send`. */
  what: string
  outcome: 'done' | 'failed'
  by: string
  object: { type: string; id: string } | null
  /** In the person's words. */
  reason: string | null
  /** Code of an error, with Stripe's own sentence where Stripe refused. */
  error: { code: string; message: string | null } | null
  /** Stripe's, in the order of the calls. */
  requestIds: string[]
}

export type ActivityPage = { rows: ActivityRow[]; nextCursor: string | null }

export type Person = { id: string; name: string }
