/** Why something that was asked for did not happen. Closed: every code has its sentence in `lib/words/errors.ts`. */
export type ErrorCode =
  | 'signed_out'
  | 'forbidden'
  | 'bad_origin'
  | 'invalid_input'
  | 'not_found'
  | 'move_refused'
  | 'operation_running'
  | 'operation_mismatch'
  | 'outcome_unknown'
  | 'not_done_in_time'
  | 'stripe_refused'
  | 'stripe_declined'
  | 'stripe_busy'
  | 'stripe_unreachable'
  | 'stripe_credentials'
  | 'database_unavailable'
  | 'unexpected'

/**
 * A failure as it may reach a person: a code and its parameters, never a stack, a query or a key.
 * `fields` maps an input path (`lines.0.unitAmount`) to a reason code of `lib/words/fields.ts`.
 */
export type AppError = {
  code: ErrorCode
  params?: Record<string, string>
  fields?: Record<string, string>
  /** Stripe's own sentence and request id, when Stripe was the one who refused. */
  stripe?: { message: string; requestId: string | null }
  /** Where the log has the rest. */
  reference?: string
}

export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError }

/** Of an operation: false while it is under way and while Stripe is being asked what became of it. */
export type OperationStanding = { isSettled: boolean }

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value })
export const fail = (error: AppError): { ok: false; error: AppError } => ({ ok: false, error })

/** Carries an `AppError` through code that has no other way out; the doors turn it back into a value. */
export class AppFailure extends Error {
  constructor(readonly error: AppError) {
    super(error.code)
    this.name = 'AppFailure'
  }
}
