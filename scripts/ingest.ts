import { parseArgs } from 'node:util'
import { closeDatabase } from '@/lib/db/client'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'
import { checkEndpointIfDue } from '@/lib/sync/check-endpoint'
import { writeTally } from '@/lib/sync/delivery-tally'
import { listen } from './ingest/listener'
import { joinInstallation } from './start/running-instance'

/*
 * `npm run ingest -- [--port 3001] [--host 127.0.0.1]`: the webhook on a listener of its own, for installations to which
 * Stripe tells more than a page server can take. Any number of them may run, beside the application's own route.
 */

/** Orchestrators kill after 30 s. What was not answered by then, Stripe sends again. */
const longestDrain = 22_000
const longestStop = 25_000

const { host, port } = readArguments()
joinInstallation()
try {
  const { livemode } = env().stripe
  const listener = await listen(host, port)
  log.info({ host: listener.host, port: listener.port, livemode }, 'ingest is ready')
  process.send?.({ port: listener.port })
  void checkEndpointIfDue()

  let isStopping = false
  const stop = async (signal: string) => {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'ingest is stopping')
    setTimeout(() => process.exit(1), longestStop).unref()
    const isDrained = await listener.drain(longestDrain)
    await writeTally()
    await closeDatabase()
    process.exit(isDrained ? 0 : 1)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
} catch (error) {
  log.fatal({ err: error }, 'ingest failed')
  process.exit(1)
}

function readArguments(): { host: string; port: number } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '3001' },
        host: { type: 'string', default: '127.0.0.1' },
      },
    })
    if (!/^\d{1,5}$/.test(values.port) || Number(values.port) > 65_535)
      throw new Error(`--port ${values.port} is not a port number.`)
    return { host: values.host, port: Number(values.port) }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
