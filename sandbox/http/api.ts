import type { Cause, Ctx } from '@/sandbox/context'
import type { Engine } from '@/sandbox/engine'
import { faultError, fitsRequest, type RequestFault } from '@/sandbox/faults/request-fault'
import {
  type ApiRequest,
  type Call,
  objectsOf,
  type Plan,
  paramsText,
  prepare,
  understand,
} from '@/sandbox/http/call'
import { internalError, StripeError } from '@/sandbox/http/errors'
import { expandAnswer } from '@/sandbox/http/expand'
import { errorReply, jsonReply, type Reply, rawJsonReply } from '@/sandbox/http/reply'
import { apiVersion } from '@/sandbox/http/version'
import { knownAnswer } from '@/sandbox/idempotency'
import { enterLedger } from '@/sandbox/ledger'
import { refuseWhileAdvancing } from '@/sandbox/resources/test-clock-customers'
import { switchesOf } from '@/sandbox/settings'
import { inTimeOfRequest } from '@/sandbox/time-of'
import { trimLater } from '@/sandbox/trimming'

/**
 * An answer, or what a planted fault does instead. `delayMs` goes by before the answer, `trickleMs` while its body is
 * on the way.
 */
export type Outcome =
  | { reply: Reply; delayMs?: number; trickleMs?: number }
  | { reset: true }
  | { hang: true }

/** Called with a function to call once the answer is out: until then the idempotency key and objects are in use. */
type Hold = (release: () => void) => void

/**
 * Answers one API request. Everything an endpoint does, the answer under its idempotency key and the line in the
 * ledger are one transaction, on disk before this resolves.
 */
export async function answerApi(engine: Engine, request: ApiRequest, hold: Hold): Promise<Outcome> {
  const requestId = engine.newRequestId()
  const started = performance.now()
  const outcome = await outcomeOf(engine, request, requestId, hold)
  const reply = 'reply' in outcome ? outcome.reply : undefined
  engine.requests.note({
    id: requestId,
    time: engine.clock.now(),
    method: request.method,
    path: request.path,
    params: paramsText(request),
    idempotencyKey: request.headers.idempotencyKey ?? null,
    status: reply?.status ?? null,
    replayed: reply?.headers['idempotent-replayed'] === 'true',
    error: reply?.error ?? null,
    durationMs: Math.round(performance.now() - started),
  })
  return outcome
}

async function outcomeOf(
  engine: Engine,
  request: ApiRequest,
  requestId: string,
  hold: Hold,
): Promise<Outcome> {
  const headers: Record<string, string> = {
    'request-id': requestId,
    'stripe-version': request.headers.version ?? apiVersion,
    ...(request.headers.account ? { 'stripe-account': request.headers.account } : {}),
    ...(request.headers.idempotencyKey ? { 'idempotency-key': request.headers.idempotencyKey } : {}),
  }
  const finish = (reply: Reply): Reply => ({ ...reply, headers: { ...reply.headers, ...headers } })
  try {
    const call = understand(request, requestId, engine.accountId)
    const { method, path } = request
    if (switchesOf(engine.store).sandbox.rate_limits) engine.rateLimits.count(path, performance.now())
    const fault = engine.requestFaults.strike((each) => fitsRequest(each, { method, path, key: call.key }))
    if (fault?.effect === 'reset_before') return { reset: true }
    if (fault?.effect === 'status_before') throw faultError(fault)
    if (fault?.effect === 'hang') {
      occupy(engine, call, hold)
      return { hang: true }
    }
    if (call.endpoint.searches) await engine.searchable(call.endpoint.searches)
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
  occupy(engine, call, hold)
  return execute(engine, call, plan, fault)
}

/** @throws StripeError 409 while another request holds the key, 429 while one holds an object, if that is switched on */
function occupy(engine: Engine, call: Call, hold: Hold): void {
  const { key } = call
  if (key !== null) {
    engine.keysInUse.take(key)
    hold(() => engine.keysInUse.release(key))
  }
  if (switchesOf(engine.store).sandbox.lock_timeout) hold(engine.objectsInUse.take(objectsOf(call)))
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

function execute(engine: Engine, call: Call, plan: Plan, fault: RequestFault | undefined): Reply {
  const writes = call.request.method !== 'GET'
  return engine.transact(causeOf(call), (ctx) => {
    const result = attempt(ctx, call, plan)
    const reply = fault?.effect === 'status_after' ? errorReply(faultError(fault)) : result.reply
    // Who was refused for a time may come again with the same key.
    if (call.key !== null && result.reply.status !== 429) keepAnswer(ctx, call, reply)
    if (writes) enter(ctx, call, reply.status, result.value, false)
    return reply
  })
}

function attempt(
  ctx: Ctx,
  { request, endpoint, path, values }: Call,
  { run, expand }: Plan,
): { reply: Reply; value: object } {
  try {
    const timed = inTimeOfRequest(ctx, path[0], values)
    if (request.method !== 'GET') refuseWhileAdvancing(timed)
    const value = expandAnswer(timed, run(timed, path), endpoint.returns, expand)
    return { reply: jsonReply(200, value), value }
  } catch (error) {
    const refusal = refusalOf(error)
    if (!refusal.keepsChanges) ctx.store.rollback()
    return { reply: errorReply(refusal), value: {} }
  }
}

function keepAnswer(ctx: Ctx, call: Call, reply: Reply): void {
  trimLater(ctx, 'answers')
  ctx.store.put('answers', {
    id: call.key ?? '',
    paramsHash: call.paramsHash,
    status: reply.status,
    body: String(reply.body),
    requestId: call.requestId,
    written: ctx.worldNow,
  })
}

function enter(ctx: Ctx, call: Call, status: number, result: unknown, replayed: boolean): void {
  enterLedger(ctx, {
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
