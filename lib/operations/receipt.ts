import 'server-only'
import type { Receipt } from '@/lib/domain/receipt'

/** What the SDK answers a write with, of whichever object. */
type Answered = { id: string; lastResponse: { requestId: string } }

/** `said` is the state that Stripe's answer carries. */
export function receiptOf(answer: Answered, said: string): Receipt {
  return {
    at: new Date().toISOString(),
    requestId: answer.lastResponse.requestId,
    said,
    objectId: answer.id,
  }
}
