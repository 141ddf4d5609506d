import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { RunningInstance } from '../start/running-instance'
import { programArguments, root } from '../start/service'
import { type Call, median, runLoad } from './load'

const rounds = 5
const sizes = [
  { concurrency: 1, events: 200 },
  { concurrency: 8, events: 600 },
  { concurrency: 32, events: 800 },
]

/** Signed invoice events through the application and through a bare handler that stores the same rows, turn by turn. */
export async function benchWebhook(instance: RunningInstance): Promise<string[]> {
  const { environment } = instance
  const bare = await startBare(environment)
  try {
    const secret = environment.STRIPE_WEBHOOK_SECRET ?? ''
    const targets = {
      bare: `http://127.0.0.1:${bare.port}/`,
      app: `${instance.url.replace('localhost', '127.0.0.1')}/api/stripe/webhook`,
    }
    const lines = [
      'Webhook ingest, signed events of 8 kB, median of rounds',
      '   c    bare/s     app/s   app/bare',
    ]
    for (const url of Object.values(targets)) await runLoad(signedEvents(url, secret, 200), 8)
    for (const { concurrency, events } of sizes) {
      const rates = { bare: [] as number[], app: [] as number[] }
      for (let round = 0; round < rounds; round++) {
        for (const name of ['bare', 'app'] as const) {
          const { elapsed } = await runLoad(signedEvents(targets[name], secret, events), concurrency)
          rates[name].push((events / elapsed) * 1000)
        }
      }
      const [bareRate, appRate] = [median(rates.bare), median(rates.app)]
      const columns = [bareRate.toFixed(0), appRate.toFixed(0), (appRate / bareRate).toFixed(2)]
      lines.push(`${String(concurrency).padStart(4)}${columns.map((column) => column.padStart(10)).join('')}`)
    }
    return lines
  } finally {
    bare.process.kill('SIGKILL')
  }
}

async function startBare(
  environment: Record<string, string>,
): Promise<{ process: ChildProcess; port: number }> {
  const child = spawn(process.execPath, programArguments('scripts/bench/bare-ingest.ts'), {
    cwd: root,
    env: { ...process.env, ...environment, NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [{ port }] = await once(child, 'message')
  return { process: child, port }
}

/** Each for an invoice of its own, as in a bulk run. */
function signedEvents(url: string, secret: string, count: number): Call[] {
  const created = Math.floor(Date.now() / 1000)
  return Array.from({ length: count }, () => {
    const body = Buffer.from(JSON.stringify(invoiceEvent(created)))
    const signature = createHmac('sha256', secret).update(`${created}.`).update(body).digest('hex')
    const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${created},v1=${signature}` }
    return { url, method: 'POST' as const, headers, body }
  })
}

function invoiceEvent(created: number) {
  const unique = randomBytes(12).toString('hex')
  const line = { object: 'line_item', amount: 12_500, currency: 'eur', description: 'x'.repeat(600) }
  return {
    id: `evt_${unique}`,
    object: 'event',
    api_version: '2026-10-28.endive',
    created,
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type: 'invoice.updated',
    data: {
      object: {
        id: `in_${unique}`,
        object: 'invoice',
        status: 'open',
        lines: { object: 'list', data: Array.from({ length: 10 }, () => line) },
        description: 'x'.repeat(800),
      },
    },
  }
}
