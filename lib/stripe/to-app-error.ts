import 'server-only'
import Stripe from 'stripe'
import type { AppError } from '@/lib/domain/result'

export type StripeFailure = {
  error: AppError
  /**
   * What became of a write: `refused` (definitely not done), `not_sent` (not even looked at, the same key may be used again
   * at once) or `unknown` (perhaps done; the same key again tells).
   */
  outcome: 'refused' | 'unknown' | 'not_sent'
  /** Of an unknown one: the same key will never tell more than this answer. */
  isKeySpent?: boolean
  /** Of an unknown one: Stripe has answered, so that nothing is under way any more. */
  isAnswered?: boolean
}

/**
 * Reads what the SDK threw; null when it is something else.
 * Source of the rules: Stripe, "Advanced error handling" and "Idempotent requests".
 */
export function readStripeError(error: unknown): StripeFailure | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null
  const { statusCode } = error
  const requestId = error.requestId ?? null
  const said = { stripe: { message: error.message, requestId } }
  // Stripe repeats the key (masked) in these, which is nobody's business on a screen.
  if (statusCode === 401 || statusCode === 403) {
    const message = 'Stripe does not accept the key, or the key may not do this.'
    return { error: { code: 'stripe_credentials', stripe: { message, requestId } }, outcome: 'refused' }
  }
  if (statusCode === 402) return { error: { code: 'stripe_declined', ...said }, outcome: 'refused' }
  if (statusCode === 429 || error.code === 'rate_limit') {
    return { error: { code: 'stripe_busy', ...said }, outcome: 'not_sent' }
  }
  // The same key is being worked on: its outcome is not known yet.
  if (statusCode === 409) return { error: { code: 'stripe_busy', ...said }, outcome: 'unknown' }
  if (error instanceof Stripe.errors.StripeIdempotencyError) {
    // The key went out with other parameters once, by an older version of Duebook: what became of that, this does not say.
    return {
      error: { code: 'outcome_unknown', ...said },
      outcome: 'unknown',
      isKeySpent: true,
      isAnswered: true,
    }
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { error: { code: 'stripe_refused', ...said }, outcome: 'refused' }
  }
  const isAnswered = statusCode !== undefined
  const isKeySpent = isAnswered && error.headers?.['idempotent-replayed'] === 'true'
  return { error: { code: 'outcome_unknown', ...said }, outcome: 'unknown', isKeySpent, isAnswered }
}

/**
 * For how many milliseconds Stripe asks to be left alone, 0 when it does not say; null when `error` is not about being busy.
 * Another request at the same object or under the same key counts as busy: the same key may be sent again.
 */
export function busyFor(error: unknown): number | null {
  if (!(error instanceof Stripe.errors.StripeError)) return null
  if (readStripeError(error)?.error.code !== 'stripe_busy') return null
  const seconds = Number(error.headers?.['retry-after'] ?? 0)
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0
}

/** Whether Stripe says that there is no such object (any more). */
export function isMissing(error: unknown): boolean {
  return (
    error instanceof Stripe.errors.StripeError &&
    error.code === 'resource_missing' &&
    error.statusCode === 404
  )
}

/** Whether Stripe knows no object by the id that this parameter (a cursor) gives. */
export function isUnknownCursor(error: unknown, param: 'starting_after' | 'ending_before'): boolean {
  return error instanceof Stripe.errors.StripeInvalidRequestError && error.param === param
}

/** Whether Stripe could not be asked at all, as opposed to having given an answer that one does not like. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Stripe.errors.StripeError)) return false
  return error.statusCode === undefined || error.statusCode >= 500
}
