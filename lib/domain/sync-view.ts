/* What `/sync` and the shell's truth line show. Instants are ISO strings in UTC. */

export type SyncHealth = {
  stripe: { state: 'ok' | 'unreachable' | 'unknown'; since: string | null; message: string | null }
  worker: { state: 'ok' | 'silent'; seenAt: string | null }
  lastEventAt: string | null
  /** Objects whose newest change is not in the mirror yet, and those given up on. */
  waiting: number
  dead: number
  accountId: string | null
  isSandbox: boolean
}

export type StripeEventRow = {
  id: string
  type: string
  objectId: string | null
  createdAt: string
  receivedAt: string
  state: 'received' | 'applied' | 'ignored' | 'quarantined' | 'failed' | 'dead'
  reason: string | null
}

export type DeadObjectRow = { type: string; id: string; attempts: number; lastError: string; since: string }

export type SyncSummary = { health: SyncHealth; events: StripeEventRow[]; deadObjects: DeadObjectRow[] }
