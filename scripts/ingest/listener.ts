import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { renderMetrics } from '@/lib/sync/metrics'
import { receiveDelivery } from '@/lib/sync/receive-delivery'
import { webhookPath } from '@/lib/sync/webhook-path'

export type Listener = {
  host: string
  port: number
  /** Takes nothing new, answers what has begun, at most for so long. Answers whether all of it was answered. */
  drain(atMostMs: number): Promise<boolean>
}

/** Each may hold a body of half a megabyte. */
const mostConnections = 500

/**
 * The webhook on a plain server: the same path, code and answers as the application's route, without what a framework does
 * before it. `/healthz` and `/metrics` are for this machine; the proxy in front must pass on the webhook's path alone.
 */
export async function listen(host: string, port: number): Promise<Listener> {
  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000 }, (request, response) => {
    void respond(request, response)
  })
  server.maxConnections = mostConnections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address() as AddressInfo
  return { host: address.address, port: address.port, drain: (atMostMs) => drain(server, atMostMs) }
}

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path] = (request.url ?? '/').split('?', 1)
  if (path === webhookPath) return await receive(request, response)
  if (path === '/healthz' && request.method === 'GET') return send(response, 200, {}, 'ok\n')
  if (path === '/metrics' && request.method === 'GET' && !isProxied(request)) {
    return await sendMetrics(response)
  }
  send(response, 404, {}, 'nothing here\n')
}

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const signature = request.headers['stripe-signature']
  const { status, headers, text } = await receiveDelivery({
    method: request.method ?? '',
    contentLength: request.headers['content-length'] ?? null,
    signature: typeof signature === 'string' ? signature : null,
    body: request,
  })
  // What was not read to its end cannot be followed by another request.
  send(response, status, request.complete ? headers : { ...headers, connection: 'close' }, text)
}

async function sendMetrics(response: ServerResponse): Promise<void> {
  try {
    const { body, contentType } = await renderMetrics()
    send(response, 200, { 'content-type': contentType }, body)
  } catch {
    send(response, 503, {}, 'the database does not answer\n')
  }
}

const isProxied = ({ headers }: IncomingMessage) =>
  headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined

function send(response: ServerResponse, status: number, headers: Record<string, string>, text: string): void {
  response.writeHead(status, { 'content-length': Buffer.byteLength(text), ...headers }).end(text)
}

async function drain(server: Server, atMostMs: number): Promise<boolean> {
  let isOver = false
  const timer = setTimeout(() => {
    isOver = true
    server.closeAllConnections()
  }, atMostMs)
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
  clearTimeout(timer)
  return !isOver
}
