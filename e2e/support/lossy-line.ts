import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll } from 'vitest'
import type { TestSandbox } from './test-sandbox'

/**
 * A line between Duebook and the sandbox that can lose answers, every one of them: the request arrives and is executed,
 * the connection breaks, and the SDK's own tries break as well. Call it after `useTestSandbox`, whose place in the
 * environment it takes.
 */
export function useLossyLine(sandbox: TestSandbox): { lose(call: RegExp): void; mend(): void } {
  let lost: RegExp | null = null
  const line = createServer((incoming, outgoing) => {
    const target = new URL(incoming.url ?? '/', sandbox.baseUrl)
    const { method, headers } = incoming
    const isLost = lost?.test(`${method} ${target.pathname}`) ?? false
    const forwarded = request(target, { method, headers, agent: false }, async (answer) => {
      const body = await bodyOf(answer)
      if (isLost) return incoming.socket.destroy()
      const { 'transfer-encoding': _, ...kept } = answer.headers
      outgoing.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': body.length }).end(body)
    })
    forwarded.on('error', () => incoming.socket.destroy())
    incoming.pipe(forwarded)
  })

  beforeAll(async () => {
    await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
    process.env.STRIPE_API_BASE = `http://127.0.0.1:${(line.address() as AddressInfo).port}`
  })
  afterEach(() => {
    lost = null
  })
  afterAll(async () => {
    line.closeAllConnections()
    await new Promise((resolve) => line.close(resolve))
  })
  return {
    lose: (call) => {
      lost = call
    },
    mend: () => {
      lost = null
    },
  }
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(chunk)
  return Buffer.concat(chunks)
}
