import type { AppError, ErrorCode } from '@/lib/domain/result'
import { explainRefusedMove } from './moves'

/** What happened, and what to do next. Stripe's own sentence and the reference stand in the error itself. */
export type Explanation = { what: string; next: string }

const explanations: Record<Exclude<ErrorCode, 'move_refused'>, Explanation> = {
  signed_out: {
    what: 'Your session has ended.',
    next: 'Sign in again; you will come back to this page.',
  },
  forbidden: {
    what: 'Your role does not allow this.',
    next: 'Ask an admin or somebody of the billing team to do it.',
  },
  bad_origin: {
    what: 'This request did not come from a page of Duebook, so nothing was done.',
    next: 'Open Duebook at its usual address and try again.',
  },
  invalid_input: {
    what: 'Something in the form needs a correction.',
    next: 'Look at the marked fields; nothing was sent to Stripe.',
  },
  not_found: {
    what: 'Duebook cannot find this.',
    next: 'It may have been deleted. Go back to the list and reload it.',
  },
  operation_running: {
    what: 'This is already being done.',
    next: 'Wait a moment, then try again: it will not be done twice.',
  },
  operation_mismatch: {
    what: 'This form was already sent with other content, so nothing was done this time.',
    next: 'Check what the first time did, then open a new form.',
  },
  outcome_unknown: {
    what: 'It is not known yet whether Stripe has done this.',
    next: 'Try again from here: Duebook asks Stripe about the same attempt and does nothing twice.',
  },
  stripe_refused: {
    what: 'Stripe refused this.',
    next: 'Correct what Stripe names, then try again.',
  },
  stripe_declined: {
    what: 'The payment was declined.',
    next: 'Ask the customer to use another payment method or to contact their bank.',
  },
  stripe_busy: {
    what: 'Stripe is busy with too many requests right now.',
    next: 'Wait a few seconds and try again: nothing is done twice.',
  },
  stripe_unreachable: {
    what: 'Stripe cannot be reached right now, so nothing was done.',
    next: 'Try again in a minute. Lists and pages still work and show what was known last.',
  },
  stripe_credentials: {
    what: 'Stripe does not accept the key that Duebook uses, or the key lacks a permission.',
    next: 'Ask whoever runs Duebook to check STRIPE_SECRET_KEY and its permissions.',
  },
  database_unavailable: {
    what: "Duebook's database cannot be reached right now, so nothing was sent to Stripe.",
    next: 'Try again in a minute.',
  },
  unexpected: {
    what: 'Something went wrong in Duebook.',
    next: 'Reload the page. If it happens again, tell whoever runs Duebook the reference.',
  },
}

/** An outcome that nobody learned in time: Stripe remembers attempts for a day. */
const tooOld: Explanation = {
  what: 'This was started too long ago to be tried again safely: it might be done twice.',
  next: 'Check here or in the Stripe Dashboard whether it was done. If it was not, start over.',
}

export function explainError(error: AppError): Explanation {
  if (error.code === 'move_refused') return explainRefusedMove(error.params)
  if (error.code === 'outcome_unknown' && error.params?.reason === 'too_old') return tooOld
  return explanations[error.code]
}

/** As one text, for toasts and the like. */
export function errorSentence(error: AppError): string {
  const { what, next } = explainError(error)
  return `${what} ${next}`
}
