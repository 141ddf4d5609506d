import { randomBytes } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { claimDirectory } from '@/sandbox/claim'
import { Engine } from '@/sandbox/engine'
import { answer } from '@/sandbox/http/answer'
import { acceptSockets } from '@/sandbox/listen/accept-sockets'
import { newSettings } from '@/sandbox/settings'
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

/**
 * Starts a sandbox on 127.0.0.1, with the state it had when it last stopped.
 * @throws Error in one sentence when the port is taken or another sandbox uses the directory
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const server = createServer()
  // The port comes first: a second start must not touch the journal that the first one is writing.
  const port = await listen(server, options.port ?? 0)
  const url = `http://127.0.0.1:${port}`
  const opening = open(options, url)
  // Who comes early waits until the journal has been read.
  server.on('request', (request, response) => {
    opening.then(
      ({ engine }) => answer(engine, request, response),
      () => response.destroy(),
    )
  })
  acceptSockets(server, () => opening.then(({ engine }) => engine.outbox.sessions))
  const { engine, release } = await opening.catch((error) => {
    server.close()
    throw error
  })
  const stopTicking = tick(engine)
  return {
    url,
    port,
    async close() {
      stopTicking()
      const closed = new Promise((onClosed) => server.close(onClosed))
      server.closeAllConnections()
      await engine.close()
      await closed
      await engine.store.close()
      engine.snapshots.close()
      release()
    },
  }
}

async function open({ dataDir, seed, webhooks = [], quiet }: SandboxOptions, url: string) {
  const release = dataDir === undefined ? () => undefined : await claimDirectory(dataDir, url)
  const { store, torn } = await Store.open(dataDir)
  if (torn && !quiet) {
    console.error(
      'The last record of the journal was torn and has been dropped; its request was never answered.',
    )
  }
  const kept = store.get('settings', 'sandbox')
  // A journal from before there were switches keeps who the account is.
  if (!kept?.account) {
    const text = seed === undefined ? randomBytes(16).toString('hex') : String(seed)
    store.transact(() => store.put('settings', { ...newSettings(text), ...kept }))
  }
  const engine = new Engine(store, url, webhooks, dataDir === undefined ? null : resolve(dataDir))
  engine.registerWebhooks()
  engine.resume()
  await engine.durable()
  return { engine, release }
}

/** Lets time do its work once a second, without keeping the process alive. */
function tick(engine: Engine): () => void {
  const timer = setInterval(() => {
    engine.catchUp()
    engine.durable().catch((error) => console.error(error))
  }, 1000)
  timer.unref()
  return () => clearInterval(timer)
}

/** @throws Error in one sentence when the port is taken */
function listen(server: Server, port: number): Promise<number> {
  return new Promise((onPort, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`Port ${port} on 127.0.0.1 is already taken.`) : error),
    )
    server.listen(port, '127.0.0.1', () => onPort((server.address() as AddressInfo).port))
  })
}
