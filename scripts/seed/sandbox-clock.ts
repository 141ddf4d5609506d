/** A year: longer than the demo data reaches back. */
const idempotencyHours = 8760

/** The clock of a sandbox, as a story that is told from its beginning needs it. */
export function sandboxClock(sandbox: URL) {
  async function control(method: 'GET' | 'POST', name: string, body?: object): Promise<unknown> {
    const response = await fetch(new URL(`/_sandbox/${name}`, sandbox), {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`The sandbox refuses ${method} ${name}: ${await response.text()}`)
    return await response.json()
  }

  return {
    /**
     * Moves to a moment, in unix seconds. An empty sandbox can begin in the past; after that time only goes forward, and a
     * moment that is over is left alone: a story that was cut off goes on where it stopped.
     */
    async moveTo(to: number): Promise<void> {
      const { now, empty } = (await control('GET', 'clock')) as { now: number; empty: boolean }
      if (to > now || empty) await control('POST', 'clock', { to })
    },

    /** Idempotency keys do not expire while `tell` runs, whatever the clock says: it can be cut off and told again. */
    async whileKeysLast<T>(tell: () => Promise<T>): Promise<T> {
      await control('POST', 'settings', { sandbox: { idempotency_hours: idempotencyHours } })
      const told = await tell()
      await control('POST', 'settings', { sandbox: { idempotency_hours: 24 } })
      return told
    },
  }
}
