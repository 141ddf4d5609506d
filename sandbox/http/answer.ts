import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { answerControl } from '@/sandbox/controls/answer-control'
import { distrustOf } from '@/sandbox/controls/trusted-caller'
import type { Engine } from '@/sandbox/engine'
import { addressOf } from '@/sandbox/http/address'
import { answerApi, type Outcome } from '@/sandbox/http/api'
import { invalidRequest } from '@/sandbox/http/errors'
import { answerHosted, isHosted } from '@/sandbox/http/hosted'
import { errorReply, jsonReply, type Reply } from '@/sandbox/http/reply'
import { answerWindow, isWindow } from '@/sandbox/window/answer-window'

/** Largest request body, in bytes. */
const largestBody = 1024 * 1024

/** Answers everything the sandbox serves on its one port: the API, the controls, the window on it and the hosted pages. */
export async function answer(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await respond(engine, request, response)
  } catch (error) {
    // A caller that hangs up in the middle of its request is no fault of ours.
    if (request.complete) console.error(error)
    response.destroy()
  }
}

async function respond(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(request)
  if (body === undefined) {
    const reply = errorReply(invalidRequest('The request body is too large.', {}, 413))
    return send(response, { ...reply, headers: { ...reply.headers, connection: 'close' } })
  }
  const url = addressOf(request.url)
  const outcome = await dispatch(engine, request, response, url, body)
  if ('hang' in outcome) return
  if ('reset' in outcome) {
    request.socket.resetAndDestroy()
    return
  }
  if (outcome.delayMs) await wait(outcome.delayMs)
  if (outcome.trickleMs) await trickle(response, outcome.reply, outcome.trickleMs)
  else send(response, outcome.reply)
}

async function dispatch(
  engine: Engine,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: string,
): Promise<Outcome> {
  await engine.undisturbed()
  const method = request.method ?? 'GET'
  const path = url.pathname
  if (path === '/_sandbox' || path.startsWith('/_sandbox/')) {
    const distrust = distrustOf(method, request.headers)
    if (distrust) return { reply: jsonReply(403, { error: distrust }) }
    if (isWindow(path)) return { reply: await answerWindow(engine, method, url, body) }
    return { reply: await answerControl(engine, method, url, body) }
  }
  if (isHosted(path)) {
    const visit = {
      method,
      path,
      body,
      acceptLanguage: request.headers['accept-language'] ?? '',
      isFromElsewhere: ['cross-site', 'same-site'].includes(single(request.headers['sec-fetch-site']) ?? ''),
    }
    return { reply: await answerHosted(engine, visit) }
  }
  return answerApi(
    engine,
    {
      method,
      path,
      query: url.search.slice(1),
      body,
      headers: {
        authorization: request.headers.authorization,
        idempotencyKey: single(request.headers['idempotency-key']),
        version: single(request.headers['stripe-version']),
        account: single(request.headers['stripe-account']),
      },
    },
    (release) => response.once('close', release),
  )
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}

/** The body as text, or undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  // Most requests have none, and waiting for its end would take longer than the rest of them.
  if (length === undefined && encoding === undefined) return ''
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= largestBody) chunks.push(chunk)
  }
  return size > largestBody ? undefined : Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** The head at once, the body in pieces that take `durationMs` together. */
async function trickle(response: ServerResponse, reply: Reply, durationMs: number): Promise<void> {
  const body = Buffer.from(reply.body)
  const pieces = 20
  const size = Math.ceil(body.length / pieces)
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length })
  for (let at = 0; at < body.length && !response.destroyed; at += size) {
    response.write(body.subarray(at, at + size))
    await wait(durationMs / pieces)
  }
  response.end()
}
