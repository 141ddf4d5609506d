import { authenticate } from '@/sandbox/http/auth'
import type { Endpoint, Prepared } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { decodeForm, type FormValue } from '@/sandbox/http/form'
import { list, text } from '@/sandbox/http/params'
import { createRouter, type PathIds } from '@/sandbox/http/router'
import { endpoints } from '@/sandbox/http/routes'
import { hashRequest } from '@/sandbox/idempotency'

export type ApiRequest = {
  method: string
  path: string
  query: string
  body: string
  headers: { authorization?: string; idempotencyKey?: string; version?: string; account?: string }
}

/** A request whose endpoint is known and whose parameters are decoded. */
export type Call = {
  request: ApiRequest
  requestId: string
  key: string | null
  /** What was asked for; empty for reads, which nobody compares. */
  paramsHash: string
  endpoint: Endpoint
  path: PathIds
  values: { [key: string]: FormValue }
}

const match = createRouter(endpoints)
const expandRule = list(text(1000))

/**
 * Who asks for what.
 * @param accountId the account that is asked
 * @throws StripeError 401, 403, 404, or 400 for text that is no form
 */
export function understand(request: ApiRequest, requestId: string, accountId: string): Call {
  authenticate(request.headers.authorization, request.headers.account, accountId)
  const { method, path } = request
  const found = match(method, path)
  if (!found) {
    throw invalidRequest(
      `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code.`,
      {},
      404,
    )
  }
  const decoded = decodeForm(paramsText(request))
  if (!decoded.ok) throw invalidRequest(decoded.message, { param: decoded.param })
  // An empty key is none.
  const key = method === 'POST' ? request.headers.idempotencyKey || null : null
  if (key !== null && key.length > 255) {
    throw invalidRequest('Idempotency keys can have at most 255 characters.')
  }
  return {
    request,
    requestId,
    key,
    paramsHash: method === 'GET' ? '' : hashRequest(method, path, decoded.value),
    endpoint: found.route,
    path: found.path,
    values: decoded.value,
  }
}

/** The objects that a request writes to, as far as it names them. */
export function objectsOf({ request, path, values }: Call): string[] {
  const named = [...path, values.customer, values.invoice]
  const ids = named.filter((id): id is string => typeof id === 'string' && id !== '')
  return request.method === 'GET' ? [] : [...new Set(ids)]
}

export type Plan = { run: Prepared; expand: string[] }

/** Reads the parameters. What is refused here was never executed: it is neither stored nor entered. */
export function prepare(call: Call): Plan {
  const reading = { strict: call.request.headers.version !== undefined }
  const { expand, ...values } = call.values
  return {
    run: call.endpoint.prepare(values, reading),
    expand: expand === undefined ? [] : expandRule.read(expand, 'expand', reading),
  }
}

/** Parameters as form text: of the query, of the body, or of both. */
export function paramsText({ query, body }: ApiRequest): string {
  return [query, body].filter((part) => part !== '').join('&')
}
