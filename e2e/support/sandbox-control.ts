import type { LedgerEntry } from '@/sandbox/ledger'
import type { ShownMail } from '@/sandbox/mail'

export type RequestFault = {
  method?: 'GET' | 'POST' | 'DELETE'
  /** Exact, or a prefix ending in `*`. */
  path: string
  count?: number
  effect: 'status_before' | 'status_after' | 'reset_before' | 'reset_after' | 'hang' | 'slow'
  status?: number
  code?: string
  delayMs?: number
}

export type DeliveryFault = {
  types?: string[]
  count?: number
  effect: 'drop' | 'duplicate' | 'delay' | 'hold'
  delayMs?: number
}

export type SandboxControl = ReturnType<typeof sandboxControl>

/** The sandbox's controls, over HTTP as everybody else has them. */
export function sandboxControl(baseUrl: string) {
  async function ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${baseUrl}/_sandbox/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return await response.json()
  }
  return {
    /** Accepted writes, oldest first; `path` is exact. */
    ledger: async (filter: { path?: string; key?: string } = {}) =>
      (await ask('GET', `ledger?${new URLSearchParams(filter)}`)) as LedgerEntry[],
    plant: async (fault: RequestFault) => void (await ask('POST', 'faults', fault)),
    plantDelivery: async (fault: DeliveryFault) => void (await ask('POST', 'delivery-faults', fault)),
    release: async (order?: string[]) => void (await ask('POST', 'deliveries/release', { order })),
    advanceClock: async (seconds: number) => void (await ask('POST', 'clock', { advance_seconds: seconds })),
    mail: async () => (await ask('GET', 'mail')) as ShownMail[],
    clearFaults: async () => {
      await ask('DELETE', 'faults')
      await ask('DELETE', 'delivery-faults')
    },
  }
}
