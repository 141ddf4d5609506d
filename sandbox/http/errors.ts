import type { PaymentIntent } from '@/sandbox/resources/payment-intent-record'
import type { SetupIntent } from '@/sandbox/resources/setup-intent-record'

/** The body of `{"error": …}`; the wire knows exactly these four types. */
export type ErrorBody = {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
  charge?: string
  payment_intent?: PaymentIntent
  setup_intent?: SetupIntent
}

/**
 * A refusal in Stripe's words. `keepsChanges` marks the refusals whose side effects stay (a declined card leaves a
 * failed charge behind); after every other one the store is as it was before the request.
 */
export class StripeError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
    readonly keepsChanges = false,
    readonly headers: Record<string, string> = {},
  ) {
    super(body.message)
    this.name = 'StripeError'
  }
}

type Detail = { code?: string; param?: string }

export function invalidRequest(message: string, detail: Detail = {}, status = 400): StripeError {
  return new StripeError(status, { type: 'invalid_request_error', message, ...detail })
}

/** 404 for an id in the path, 400 for the same id given as a parameter. */
export function noSuch(kind: string, id: string, param: string, status: 400 | 404): StripeError {
  return invalidRequest(`No such ${kind}: '${id}'`, { code: 'resource_missing', param }, status)
}

export function exclusiveParameters(first: string, second: string): StripeError {
  return invalidRequest(`Received both ${first} and ${second} parameters. Please pass in only one.`, {
    code: 'parameters_exclusive',
    param: first,
  })
}

export function missingParameter(param: string): StripeError {
  return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
}

export function internalError(): StripeError {
  return new StripeError(500, {
    type: 'api_error',
    message: 'An unknown error occurred in the sandbox. Its log says what happened.',
  })
}
