import type { LedgerEntry } from '@/sandbox/ledger'

/** A row for tests of the store, which does not mind what is in it. */
export const entry = (seq: number, path = '/v1/customers'): LedgerEntry => ({
  id: String(seq),
  seq,
  time: 1,
  method: 'POST',
  path,
  idempotencyKey: null,
  paramsHash: '',
  status: 200,
  resultId: null,
  replayed: false,
  requestId: 'req_1',
})
