import 'server-only'
import { Client, escapeIdentifier } from 'pg'
import { env } from '@/lib/env'
import { log } from '@/lib/log/log'

export type Listener = { close(): Promise<void> }

const shortestPause = 250
const longestPause = 10_000

/**
 * Hears `channel` on a connection of its own, for as long as the process lives: a broken connection is opened again, with
 * growing pauses. What was said meanwhile is lost, so `onReconnect` should look at everything again.
 */
export async function listen(
  channel: string,
  onMessage: (payload: string) => void,
  onReconnect: () => void = () => {},
): Promise<Listener> {
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  let pause = shortestPause

  async function open(): Promise<void> {
    const next = new Client({
      connectionString: env().databaseUrl,
      application_name: `duebook listening to ${channel}`,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
    })
    next.on('error', (error) => log.warn({ err: error, channel }, 'lost the listening connection'))
    next.on('notification', (message) => onMessage(message.payload ?? ''))
    try {
      await next.connect()
      await next.query(`listen ${escapeIdentifier(channel)}`)
    } catch (error) {
      await next.end().catch(() => {})
      throw error
    }
    next.once('end', reopenLater)
    client = next
    pause = shortestPause
  }

  function reopenLater(): void {
    if (closed) return
    timer = setTimeout(() => void reopen(), pause)
    pause = Math.min(pause * 2, longestPause)
  }

  async function reopen(): Promise<void> {
    try {
      await open()
    } catch {
      reopenLater()
      return
    }
    if (closed) await client?.end()
    else onReconnect()
  }

  await open()
  return {
    close: async () => {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}
