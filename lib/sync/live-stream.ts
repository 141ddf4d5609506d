import 'server-only'
import { log } from '@/lib/log/log'
import { subscribe } from './live-hub'

const heartbeatEvery = 15_000
/** A browser that is so far behind is better off with a new connection. */
const mostWaitingFrames = 256

/**
 * Server-sent events about what changes, with a heartbeat that keeps proxies from closing the connection. Ends when `signal`
 * aborts, when the reader lets go or falls behind, and when `mayGoOn`, asked every `checkEvery` ms, says no.
 */
export function openLiveStream(
  signal: AbortSignal,
  mayGoOn: () => Promise<boolean>,
  checkEvery = 30_000,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const ending = new AbortController()
  const end = () => ending.abort()
  return new ReadableStream<Uint8Array>(
    {
      async start(controller) {
        const send = (frame: string) => {
          if (ending.signal.aborted) return
          if ((controller.desiredSize ?? 0) <= 0) end()
          else controller.enqueue(encoder.encode(frame))
        }
        const check = async () => {
          try {
            if (!(await mayGoOn())) end()
          } catch (error) {
            // Without the database nothing is told either; the next look decides.
            log.warn({ err: error }, 'could not look at the session of a live connection')
          }
        }
        const timers = [
          setInterval(() => send(': still here\n\n'), heartbeatEvery),
          setInterval(() => void check(), checkEvery),
        ]
        let leave = () => {}
        ending.signal.addEventListener('abort', () => {
          for (const timer of timers) clearInterval(timer)
          signal.removeEventListener('abort', end)
          leave()
          try {
            controller.close()
          } catch {
            // Its reader has let go and closed it already.
          }
        })
        signal.addEventListener('abort', end)
        if (signal.aborted) end()
        try {
          leave = await subscribe(send)
        } catch (error) {
          log.warn({ err: error }, 'could not listen for changes')
          end()
        }
        if (ending.signal.aborted) leave()
      },
      cancel: end,
    },
    new CountQueuingStrategy({ highWaterMark: mostWaitingFrames }),
  )
}
