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
    next: 'It will not be done twice. You need not wait here.',
  },
  operation_mismatch: {
    what: 'This form was already sent with other content, so nothing was done this time.',
    next: 'Check what the first time did, then open a new form.',
  },
  outcome_unknown: {
    what: 'This is being checked with Stripe: it is not known yet whether it was done.',
    next: 'Duebook goes on asking by itself and does nothing twice. You need not wait here.',
  },
  not_done_in_time: {
    what: 'Stripe did not do this within a day of your asking for it, so it is not done any more.',
    next: 'Check what there is now; if you still want it, do it again.',
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
    next: 'Duebook goes on trying by itself and does nothing twice. You need not wait here.',
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

export function explainError(error: AppError): Explanation {
  if (error.code === 'move_refused') return explainRefusedMove(error.params)
  return explanations[error.code]
}

/** As one text, for toasts and the like. */
export function errorSentence(error: AppError): string {
  const { what, next } = explainError(error)
  return `${what} ${next}`
}
