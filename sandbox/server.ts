import { randomBytes } from 'node:crypto'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Engine, nobody } from '@/sandbox/engine'
import { createListener } from '@/sandbox/http/listener'
import { base62 } from '@/sandbox/ids'
import { runSchedule } from '@/sandbox/resources/invoice-schedule'
import { Store } from '@/sandbox/store/store'

export type SandboxOptions = {
  /** 0 or unset takes a free port. */
  port?: number
  /** Where the journal lies; unset keeps everything in memory. */
  dataDir?: string
  /** Endpoints to register, once per url, for all events. */
  webhooks?: { url: string; secret: string }[]
  /** Makes ids and tokens the same on every run; only a new data directory takes it. */
  seed?: number
  quiet?: boolean
}

export type Sandbox = { url: string; port: number; close(): Promise<void> }

/** Starts a sandbox on 127.0.0.1, with the state it had when it last stopped. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { store, torn } = await Store.open(options.dataDir)
  if (torn && !options.quiet) {
    console.error(
      'The last record of the journal was torn and has been dropped; its request was never answered.',
    )
  }
  if (!store.get('settings', 'sandbox')) begin(store, options.seed)
  const engine = new Engine(store, options.webhooks)
  const server = createListener(engine)
  const port = await listen(server, options.port ?? 0)
  engine.origin = `http://127.0.0.1:${port}`
  engine.registerWebhooks()
  await engine.durable()
  engine.resumeDeliveries()
  const timer = setInterval(() => {
    runSchedule((work) => engine.transact(nobody, work))
    engine.durable().catch((error) => console.error(error))
  }, 1000)
  timer.unref()

  return {
    url: engine.origin,
    port,
    async close() {
      clearInterval(timer)
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await engine.deliveries.close()
      await closed
      await store.close()
    },
  }
}

/** @throws Error in one sentence when the port is taken */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} on 127.0.0.1 is already taken.`) : error),
    )
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

/** A new account. */
function begin(store: Store, seed: number | undefined): void {
  const text = seed === undefined ? randomBytes(16).toString('hex') : String(seed)
  store.transact(() =>
    store.put('settings', {
      id: 'sandbox',
      seed: text,
      accountId: `acct_1${base62(`${text}:account`, 15)}`,
      created: Math.floor(Date.now() / 1000),
      nextId: 1,
      clockOffset: 0,
    }),
  )
}
