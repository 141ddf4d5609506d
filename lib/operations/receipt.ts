import 'server-only'
import type { Receipt } from '@/lib/domain/receipt'
import type { Done } from './take-step'

/** `said` is the state that Stripe's answer carries. */
export function receiptOf({ object, requestId }: Done<{ id: string }>, said: string): Receipt {
  return { at: new Date().toISOString(), requestId, said, objectId: object.id }
}
