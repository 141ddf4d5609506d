import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { startOwnInstance } from '../start/own-instance'
import type { RunningInstance } from '../start/running-instance'
import { programArguments, root } from '../start/service'
import { percentile, runLoad } from './load'
import { signedEvents } from './signed-events'
import { inventInvoices, limitRate } from './stripe-side'

const concurrencies = [1, 8, 32]
/** Longest that the worker may take for what a run has marked. */
const patienceMs = 900_000

export type WebhookSizes = {
  /** Of one run. */
  events: number
  /** Objects that the events are about, in turn. */
  invoices: number
}

type Run = { rate: number; p50: number; p99: number; rows: number; emptyAfter: number }
type Way = { name: string; url: string }

/**
 * Signed invoice events through the application's route, through `npm run ingest` and through a bare handler that stores the
 * same rows, each at several concurrencies, all while a worker mirrors what they name. Before each run the backlog is empty.
 */
export async function benchWebhooks({ events, invoices }: WebhookSizes): Promise<string[]> {
  const { instance, stop } = await startOwnInstance()
  const database = new Client({ connectionString: instance.environment.DATABASE_URL })
  const children: ChildProcess[] = []
  try {
    await database.connect()
    const invoiceIds = await inventInvoices(instance.environment, invoices)
    const ways = await startWays(instance, children)
    const secret = instance.environment.STRIPE_WEBHOOK_SECRET ?? ''
    const run = (way: Way, concurrency: number, count: number) =>
      measure(database, () => signedEvents(way.url, secret, invoiceIds, count), concurrency)

    await untilEmpty(database)
    for (const way of ways) await run(way, 8, 300)
    const lines = [
      `Webhooks, ${events} signed events of 8 kB a run about ${invoices} invoices, with a worker`,
      '   c  way           events/s   p50 ms   p99 ms     rows  backlog empty after',
    ]
    for (const concurrency of concurrencies) {
      for (const way of ways) lines.push(row(way, concurrency, await run(way, concurrency, events)))
    }
    await limitRate(instance.environment, true)
    const [bare] = ways
    const app = ways.at(-1) ?? bare
    if (app !== undefined) {
      const { emptyAfter } = await run(app, 32, events)
      lines.push(`With Stripe's rate limit the backlog is empty after ${seconds(emptyAfter)}.`)
    }
    return lines
  } finally {
    for (const child of children) child.kill('SIGKILL')
    await database.end()
    await stop()
  }
}

async function startWays(instance: RunningInstance, children: ChildProcess[]): Promise<Way[]> {
  const { environment } = instance
  const bare = await startProgram(environment, children, 'scripts/bench/bare-ingest.ts')
  const ingest = await startProgram(environment, children, 'scripts/ingest.ts', '--port', '0')
  const path = '/api/stripe/webhook'
  return [
    { name: 'bare', url: `http://127.0.0.1:${bare}${path}` },
    { name: 'ingest', url: `http://127.0.0.1:${ingest}${path}` },
    { name: 'application', url: `${instance.url.replace('localhost', '127.0.0.1')}${path}` },
  ]
}

/** Starts a program that tells its port, and answers the port. */
async function startProgram(
  environment: Record<string, string>,
  children: ChildProcess[],
  ...program: [string, ...string[]]
): Promise<number> {
  const child = spawn(process.execPath, programArguments(...program), {
    cwd: root,
    env: { ...process.env, ...environment, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  children.push(child)
  const [{ port }] = await once(child, 'message')
  return port
}

async function measure(
  database: Client,
  makeCalls: () => ReturnType<typeof signedEvents>,
  concurrency: number,
): Promise<Run> {
  const calls = makeCalls()
  const before = await count(database, 'stripe_events')
  const { elapsed, times } = await runLoad(calls, concurrency)
  const rows = (await count(database, 'stripe_events')) - before
  const emptyAfter = await untilEmpty(database)
  return {
    rate: (calls.length / elapsed) * 1000,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    rows,
    emptyAfter,
  }
}

async function count(database: Client, table: string, condition = 'true'): Promise<number> {
  const { rows } = await database.query(`select count(*)::int as count from ${table} where ${condition}`)
  return rows[0].count
}

/** Waits until no object is waiting, and answers how long that took, in ms. */
async function untilEmpty(database: Client): Promise<number> {
  const begin = performance.now()
  while ((await count(database, 'sync_objects', 'next_attempt_at is not null')) > 0) {
    if (performance.now() - begin > patienceMs) throw new Error('the worker does not get the backlog done')
    await pause(50)
  }
  return performance.now() - begin
}

function row({ name }: Way, concurrency: number, { rate, p50, p99, rows, emptyAfter }: Run): string {
  const figures = [rate.toFixed(0), p50.toFixed(1), p99.toFixed(1), String(rows), seconds(emptyAfter)]
  const columns = figures.map((figure) => figure.padStart(9)).join('')
  return `${String(concurrency).padStart(4)}  ${name.padEnd(13)}${columns}`
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
