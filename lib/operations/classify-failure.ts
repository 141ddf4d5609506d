import 'server-only'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import type { Ctx } from '@/lib/domain/context'
import { type AppError, AppFailure } from '@/lib/domain/result'
import { log } from '@/lib/log/log'
import { readStripeError } from '@/lib/stripe/to-app-error'
import { type Standing, StillUnknown } from './take-step'

export type Failure = {
  error: AppError
  /** `not_sent`: nothing at all has happened, and there is nothing to remember. */
  outcome: 'refused' | 'unknown' | 'not_sent'
  isKeySpent?: boolean
  /** The key has its answer, useless as it is: no call is under way any more. */
  isAnswered?: boolean
}

/** What an operation that threw has come to. `isResumed`: an earlier attempt may have sent something. */
export function classify(ctx: Ctx, error: unknown, standing: Standing, isResumed: boolean): Failure {
  if (error instanceof AppFailure) return { error: error.error, outcome: 'refused' }
  if (error instanceof StillUnknown) {
    const answer = readStripeError(error.cause)
    // Looks change nothing: what was known of the key before is still true.
    return { error: { ...answer?.error, code: 'outcome_unknown' }, outcome: 'unknown', isAnswered: true }
  }
  const answer = readStripeError(error)
  if (answer === null) return localFailure(ctx, error, standing)
  if (!standing.sent) {
    // It was a read that failed.
    const code = answer.outcome === 'unknown' ? 'stripe_unreachable' : answer.error.code
    return {
      error: { ...answer.error, code },
      outcome: answer.outcome === 'refused' ? 'refused' : 'not_sent',
    }
  }
  if (answer.error.code === 'stripe_credentials' && isResumed) {
    // Stripe looks at the key before it looks for the earlier attempt: of that, this says nothing.
    return { ...answer, error: { ...answer.error, code: 'outcome_unknown' }, outcome: 'unknown' }
  }
  return answer.outcome === 'not_sent' ? { ...answer, outcome: 'unknown', isAnswered: true } : answer
}

function localFailure(ctx: Ctx, error: unknown, { sent }: Standing): Failure {
  const local = localError(ctx, error)
  if (sent) return { error: { ...local, code: 'outcome_unknown' }, outcome: 'unknown' }
  return { error: local, outcome: local.code === 'database_unavailable' ? 'not_sent' : 'refused' }
}

/** What went wrong in this house, as it may reach a person. */
export function localError(ctx: Ctx, error: unknown): AppError {
  log.error({ err: error, requestId: ctx.requestId }, 'operation failed')
  return {
    code: isDatabaseUnavailable(error) ? 'database_unavailable' : 'unexpected',
    reference: ctx.requestId,
  }
}
