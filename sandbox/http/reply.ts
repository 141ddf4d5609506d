import type { ErrorBody, StripeError } from '@/sandbox/http/errors'
import { toJson } from '@/sandbox/http/json'

/**
 * What goes back over the wire: JSON, HTML or a PDF, by its content type. `error` is what a refusal says, for those who
 * only keep count.
 */
export type Reply = {
  status: number
  headers: Record<string, string>
  body: string | Buffer
  error?: ErrorBody
}

export function jsonReply(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return rawJsonReply(status, toJson(value), headers)
}

/** @param body JSON, passed through byte for byte */
export function rawJsonReply(
  status: number,
  body: string | Buffer,
  headers: Record<string, string> = {},
): Reply {
  return { status, headers: { 'content-type': 'application/json', ...hintsFor(status), ...headers }, body }
}

export function errorReply(error: StripeError): Reply {
  return { ...jsonReply(error.status, { error: error.body }, error.headers), error: error.body }
}

/** Without the hint the SDK would repeat a 409 or 500 by itself and make a deliberate one take seconds. */
function hintsFor(status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Basic realm="Stripe"' }
  return status === 409 || status === 500 ? { 'stripe-should-retry': 'false' } : {}
}
