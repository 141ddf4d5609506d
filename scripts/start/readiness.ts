import { setTimeout as sleep } from 'node:timers/promises'

const patienceMs = 90_000

/** Asks `url` until it answers 2xx; false when it has not done so in a minute and a half. */
export async function isAnswering(url: string): Promise<boolean> {
  const end = Date.now() + patienceMs
  while (Date.now() < end) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5000) })
      await response.body?.cancel()
      if (response.ok) return true
    } catch {
      // Nobody listens yet.
    }
    await sleep(100)
  }
  return false
}
