import 'server-only'
import { listen } from '@/lib/db/listen'
import { log } from '@/lib/log/log'
import { checkEndpointIfDue } from './check-endpoint'
import { checkHealth } from './health'
import { claimDue, type Lease } from './leases'
import { mirrorOrRetryLater } from './refresh'
import { dirtyChannel } from './wake'

export type Worker = {
  /** Takes nothing new, waits for what is being fetched. */
  stop(): Promise<void>
}

/** Stripe allows a test key 25 requests a second; this many at a time stays below and leaves room for people. */
const mostAtOnce = 4
const pollEvery = 1_000
const healthEvery = 15_000

/**
 * Mirrors dirty objects until stopped: woken by a notification, and every second in case one was lost. Any number of workers
 * may run, on any number of machines.
 */
export async function startWorker(): Promise<Worker> {
  const bell = createBell()
  const running = new Set<Promise<void>>()
  let mayWork = (await checkHealth()).mayWork
  let checking = checkEndpointIfDue()
  let stopping = false

  const ears = await listen(dirtyChannel, bell.ring, bell.ring)
  const beat = setInterval(async () => {
    try {
      ;({ mayWork } = await checkHealth())
      checking = checkEndpointIfDue()
    } catch (error) {
      log.warn({ err: error }, 'could not note the health of the synchronization')
    }
  }, healthEvery)

  function begin(lease: Lease): void {
    const work = mirrorOrRetryLater(lease).then(() => {
      running.delete(work)
      bell.ring()
    })
    running.add(work)
  }

  async function claimSome(): Promise<number> {
    if (!mayWork || running.size >= mostAtOnce) return 0
    try {
      const leases = await claimDue(mostAtOnce - running.size)
      for (const lease of leases) begin(lease)
      return leases.length
    } catch (error) {
      log.warn({ err: error }, 'could not look for work')
      return 0
    }
  }

  async function loop(): Promise<void> {
    while (!stopping) {
      if ((await claimSome()) === 0) await bell.heard(pollEvery)
    }
    await Promise.all(running)
  }

  const finished = loop()
  return {
    stop: async () => {
      stopping = true
      bell.ring()
      clearInterval(beat)
      await ears.close()
      await Promise.all([finished, checking])
    },
  }
}

/** A ring is heard by whoever waits, or by the next one who does. */
function createBell() {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring: () => {
      rung = true
      wake?.()
    },
    heard: async (atMost: number) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, atMost)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      rung = false
      wake = undefined
    },
  }
}
