import type { Ctx } from '@/sandbox/context'
import { appendNumbered } from '@/sandbox/store/append-numbered'

/** One request that wrote, or tried to: its endpoint ran, or an earlier answer was replayed. */
export type LedgerEntry = {
  id: string
  seq: number
  /** Unix seconds on the sandbox's clock. */
  time: number
  method: string
  path: string
  idempotencyKey: string | null
  paramsHash: string
  status: number
  resultId: string | null
  replayed: boolean
  requestId: string
}

/** Entries that are kept; older ones are forgotten. */
const most = 20_000

export function enterLedger(ctx: Ctx, entry: Omit<LedgerEntry, 'id' | 'seq' | 'time'>): void {
  appendNumbered(ctx.store, 'ledger', most, { ...entry, time: ctx.worldNow })
}
