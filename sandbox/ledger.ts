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
