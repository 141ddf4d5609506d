import type { Cause, Ctx } from '@/sandbox/context'
import type { Engine } from '@/sandbox/engine'
import { faultError, fitsRequest, type RequestFault } from '@/sandbox/faults/request-fault'
import { authenticate } from '@/sandbox/http/auth'
import type { Endpoint, Prepared } from '@/sandbox/http/endpoint'
import { internalError, invalidRequest, StripeError } from '@/sandbox/http/errors'
import { expandAnswer } from '@/sandbox/http/expand'
import { decodeForm, type FormValue } from '@/sandbox/http/form'
import { list, text } from '@/sandbox/http/params'
import { errorReply, jsonReply, type Reply, rawJsonReply } from '@/sandbox/http/reply'
import { createRouter, type PathIds } from '@/sandbox/http/router'
import { endpoints } from '@/sandbox/http/routes'
import { apiVersion } from '@/sandbox/http/version'
import { type AnswerRecord, hashRequest, knownAnswer } from '@/sandbox/idempotency'

type ApiRequest = {
  method: string
  path: string
  query: string
  body: string
  headers: { authorization?: string; idempotencyKey?: string; version?: string }
}

/**
 * An answer, or what a planted fault does instead. `delayMs` goes by before the answer, `trickleMs` while its body is
 * on the way.
 */
export type Outcome =
  | { reply: Reply; delayMs?: number; trickleMs?: number }
  | { reset: true }
  | { hang: true }

/** A request whose endpoint is known and whose parameters are decoded. */
type Call = {
  request: ApiRequest
  requestId: string
  key: string | null
  paramsHash: string
  endpoint: Endpoint
  path: PathIds
  values: { [key: string]: FormValue }
}

const match = createRouter(endpoints)
const expandRule = list(text(1000))

/** Called with a function to call once the answer is out: until then the idempotency key is in use. */
type Hold = (release: () => void) => void

/**
 * Answers one API request. Everything an endpoint does, the answer under its idempotency key and the line in the
 * ledger are one transaction, on disk before this resolves.
 */
export async function answerApi(engine: Engine, request: ApiRequest, hold: Hold): Promise<Outcome> {
  const requestId = engine.newRequestId()
  const headers: Record<string, string> = {
    'request-id': requestId,
    'stripe-version': request.headers.version ?? apiVersion,
    ...(request.headers.idempotencyKey ? { 'idempotency-key': request.headers.idempotencyKey } : {}),
  }
  const finish = (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, ...headers } })
  try {
    const call = understand(request, requestId)
    const { method, path } = request
    const fault = engine.requestFaults.strike((each) => fitsRequest(each, { method, path, key: call.key }))
    if (fault?.effect === 'reset_before') return { reset: true }
    if (fault?.effect === 'status_before') throw faultError(fault)
    if (fault?.effect === 'hang') {
      occupyKey(engine, call, hold)
      return { hang: true }
    }
    const reply = refusable(() => replay(engine, call) ?? run(engine, call, hold, fault))
    await engine.durable()
    return fault ? afterwards(fault, finish(reply), finish) : { reply: finish(reply) }
  } catch (error) {
    return { reply: finish(errorReply(refusalOf(error))) }
  }
}

/** What a fault makes of the answer to a request that was executed, replayed or refused. */
function afterwards(fault: RequestFault, reply: Reply, finish: (reply: Reply) => Reply): Outcome {
  const { effect, delayMs } = fault
  if (effect === 'reset_after') return { reset: true }
  if (effect === 'status_after') return { reply: finish(errorReply(faultError(fault))) }
  if (effect === 'invalid_json') return { reply: { ...reply, body: half(reply.body) } }
  return effect === 'slow_body' ? { reply, trickleMs: delayMs } : { reply, delayMs }
}

function half(body: Reply['body']): string {
  const text = String(body)
  return text.slice(0, Math.floor(text.length / 2))
}

function refusable(work: () => Reply): Reply {
  try {
    return work()
  } catch (error) {
    return errorReply(refusalOf(error))
  }
}

function run(engine: Engine, call: Call, hold: Hold, fault: RequestFault | undefined): Reply {
  const plan = prepare(call)
  occupyKey(engine, call, hold)
  return execute(engine, call, plan, fault)
}

/** @throws StripeError 409 while another request holds the key */
function occupyKey(engine: Engine, { key }: Call, hold: Hold): void {
  if (key === null) return
  engine.keysInUse.take(key)
  hold(() => engine.keysInUse.release(key))
}

function understand(request: ApiRequest, requestId: string): Call {
  authenticate(request.headers.authorization)
  const { method, path } = request
  const found = match(method, path)
  if (!found) {
    throw invalidRequest(
      `Unrecognized request URL (${method}: ${path}). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code.`,
      {},
      404,
    )
  }
  const decoded = decodeForm([request.query, request.body].filter((part) => part !== '').join('&'))
  if (!decoded.ok) throw invalidRequest(decoded.message, { param: decoded.param })
  const key = method === 'POST' ? (request.headers.idempotencyKey ?? null) : null
  if (key !== null && key.length > 255) {
    throw invalidRequest('Idempotency keys can have at most 255 characters.')
  }
  const paramsHash = hashRequest(method, path, decoded.value)
  return {
    request,
    requestId,
    key,
    paramsHash,
    endpoint: found.route,
    path: found.path,
    values: decoded.value,
  }
}

/** The answer given earlier under the same key, noted in the ledger. */
function replay(engine: Engine, call: Call): Reply | undefined {
  const { key, paramsHash, requestId } = call
  if (key === null || engine.keysInUse.has(key)) return undefined
  return engine.transact(causeOf(call), (ctx) => {
    const answer = knownAnswer(ctx, key, paramsHash)
    if (!answer) return undefined
    enter(ctx, call, answer.status, JSON.parse(answer.body), true)
    return rawJsonReply(answer.status, answer.body, {
      'idempotent-replayed': 'true',
      'original-request': answer.requestId,
      'request-id': requestId,
    })
  })
}

type Plan = { run: Prepared; expand: string[] }

/** Reads the parameters. What is refused here was never executed: it is neither stored nor entered. */
function prepare(call: Call): Plan {
  const reading = { strict: call.request.headers.version !== undefined }
  const { expand, ...values } = call.values
  return {
    run: call.endpoint.prepare(values, reading),
    expand: expand === undefined ? [] : expandRule.read(expand, 'expand', reading),
  }
}

function execute(engine: Engine, call: Call, plan: Plan, fault: RequestFault | undefined): Reply {
  const writes = call.request.method !== 'GET'
  return engine.transact(causeOf(call), (ctx) => {
    const result = attempt(ctx, call, plan)
    const reply = fault?.effect === 'status_after' ? errorReply(faultError(fault)) : result.reply
    if (call.key !== null) ctx.store.put('answers', answerOf(ctx, call, reply))
    if (writes) enter(ctx, call, reply.status, result.value, false)
    return reply
  })
}

function attempt(ctx: Ctx, { endpoint, path }: Call, { run, expand }: Plan): { reply: Reply; value: object } {
  try {
    const value = expandAnswer(ctx, run(ctx, path), endpoint.returns, expand)
    return { reply: jsonReply(200, value), value }
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal.keepsChanges) ctx.store.rollback()
    return { reply: errorReply(refusal), value: {} }
  }
}

function answerOf(ctx: Ctx, call: Call, reply: Reply): AnswerRecord {
  return {
    id: call.key ?? '',
    paramsHash: call.paramsHash,
    status: reply.status,
    body: String(reply.body),
    requestId: call.requestId,
    created: ctx.now,
  }
}

function enter(ctx: Ctx, call: Call, status: number, result: unknown, replayed: boolean): void {
  const seq = ctx.store.table('ledger').size + 1
  ctx.store.put('ledger', {
    id: String(seq),
    seq,
    time: ctx.now,
    method: call.request.method,
    path: call.request.path,
    idempotencyKey: call.key,
    paramsHash: call.paramsHash,
    status,
    resultId: idOf(result),
    replayed,
    requestId: call.requestId,
  })
}

function idOf(result: unknown): string | null {
  if (typeof result !== 'object' || result === null || !('id' in result)) return null
  return typeof result.id === 'string' ? result.id : null
}

function causeOf({ requestId, key }: Call): Cause {
  return { id: requestId, idempotency_key: key }
}

function refusalOf(error: unknown): StripeError {
  if (error instanceof StripeError) return error
  console.error(error)
  return internalError()
}
