import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { witnessDelivery } from '@/sandbox/contract/witness'

export type ReceivedHook = {
  id: string
  type: string
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export type Receiver = { url: string; received: ReceivedHook[]; close(): Promise<void> }

/**
 * A webhook endpoint on a free port that records what arrives, then answers as it is told: 200 by default.
 * @param see is shown every payload; by default it compares them with the SDK's types
 */
export async function openReceiver(
  answer: (response: ServerResponse, hook: ReceivedHook) => void = (response) => response.end(),
  see: (event: unknown) => void = witnessDelivery,
): Promise<Receiver> {
  const received: ReceivedHook[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request.setEncoding('utf8')) body += chunk
    const event = JSON.parse(body)
    see(event)
    const { id, type } = event
    const hook = { id, type, url: request.url ?? '', headers: request.headers, body }
    received.push(hook)
    answer(response, hook)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
