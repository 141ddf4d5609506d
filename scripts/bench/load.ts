import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'

export type Call = { url: string; method: 'GET' | 'POST'; headers: Record<string, string>; body?: Buffer }

/**
 * Makes `calls` with `concurrency` at a time over connections that stay open, and answers how long each took, in ms.
 * Throws at the first answer that is not 2xx: a refusal is quick and would flatter the figures.
 */
export async function runLoad(
  calls: Call[],
  concurrency: number,
): Promise<{ elapsed: number; times: number[] }> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency })
  const waiting = calls.values()
  const times: number[] = []
  const start = performance.now()
  const lane = async () => {
    for (const call of waiting) {
      const begin = performance.now()
      await send(call, agent)
      times.push(performance.now() - begin)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  const elapsed = performance.now() - start
  agent.destroy()
  return { elapsed, times }
}

async function send(call: Call, agent: Agent): Promise<void> {
  const response = await answerTo(call, agent)
  response.resume()
  await once(response, 'end')
}

/** The body of the answer. @throws Error unless it is 2xx */
export async function ask(call: Call, agent: Agent): Promise<string> {
  return text(await answerTo(call, agent))
}

function answerTo({ url, method, headers, body }: Call, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent }, (response) => {
      const { statusCode = 0 } = response
      if (statusCode >= 200 && statusCode < 300) return resolve(response)
      response.destroy()
      reject(new Error(`${method} ${url} answered ${statusCode}`))
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  if (low === undefined || high === undefined) throw new Error('no values, no median')
  return (low + high) / 2
}

/** The smallest of `values` that `share` of them do not exceed. */
export function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('no values, no percentile')
  return value
}
