import { fitsPattern, type Planted } from '@/sandbox/faults/fault-book'
import { type ErrorBody, StripeError } from '@/sandbox/http/errors'

/**
 * A misfortune planted for API requests. `…_before`, `hang`: nothing is executed. All others execute, and the caller
 * does not learn it (`…_after`), learns it late (`slow`: the answer as a whole, `slow_body`: byte by byte) or cannot
 * read it (`invalid_json`).
 */
export type RequestFault = Planted & {
  method: string | null
  /** Exact, or with stars: one at the end stands for anything, one before it for an id. */
  path: string
  /** Idempotency key, exact or with stars; null for any request, with a key or without. */
  key: string | null
  effect:
    | 'status_before'
    | 'status_after'
    | 'reset_before'
    | 'reset_after'
    | 'hang'
    | 'slow'
    | 'slow_body'
    | 'invalid_json'
  status: number
  code: string | null
  message: string | null
  /** `Stripe-Rate-Limited-Reason`. */
  reason: string | null
  /** `Stripe-Should-Retry`; null leaves what the status says. */
  shouldRetry: boolean | null
  delayMs: number
}

type Request = { method: string; path: string; key: string | null }

export function fitsRequest(fault: RequestFault, { method, path, key }: Request): boolean {
  if (fault.method !== null && fault.method !== method) return false
  if (fault.key !== null && (key === null || !fitsPattern(fault.key, key))) return false
  return fitsPattern(fault.path, path)
}

/** The refusal that a fault answers with, in the shape that Stripe gives its status. */
export function faultError({ status, code, message, reason, shouldRetry }: RequestFault): StripeError {
  const body: ErrorBody = {
    type: typeOf(status, code),
    message: message ?? `A fault planted in the sandbox: ${status}.`,
    ...(code === null ? {} : { code }),
  }
  const declined = { code: code ?? 'card_declined', decline_code: 'generic_decline' }
  return new StripeError(status, status === 402 ? { ...body, ...declined } : body, false, {
    ...(reason === null ? {} : { 'stripe-rate-limited-reason': reason }),
    ...(shouldRetry === null ? {} : { 'stripe-should-retry': String(shouldRetry) }),
  })
}

function typeOf(status: number, code: string | null): ErrorBody['type'] {
  if (status >= 500) return 'api_error'
  if (status === 402) return 'card_error'
  return code === 'idempotency_key_in_use' ? 'idempotency_error' : 'invalid_request_error'
}
