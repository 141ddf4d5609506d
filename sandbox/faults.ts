import type { DeliveryFault } from '@/sandbox/webhooks/deliveries'

/**
 * A misfortune planted for API requests. `…_before`: nothing is executed. `…_after`: everything is, and the caller
 * does not learn it. `hang` never executes and never answers; `slow` executes and answers late.
 */
export type Fault = {
  id: string
  method: string | null
  /** Exact, or with stars: one at the end stands for anything, one before it for an id. */
  path: string
  /** Requests it will still hit; null for every one. */
  left: number | null
  effect: 'status_before' | 'status_after' | 'reset_before' | 'reset_after' | 'hang' | 'slow'
  status: number
  code: string | null
  delayMs: number
}

type PlantedDeliveryFault = {
  id: string
  types: string[]
  left: number | null
  effect: DeliveryFault['effect']
  delayMs: number
}

/** Planted faults, oldest first; the first that fits a request hits it. They are forgotten on exit. */
export class Faults {
  #requests: Fault[] = []
  #deliveries: PlantedDeliveryFault[] = []
  #next = 1

  plant(fault: Omit<Fault, 'id'>): Fault {
    const planted = { ...fault, id: `fault_${this.#next++}` }
    this.#requests.push(planted)
    return planted
  }

  plantDelivery(fault: Omit<PlantedDeliveryFault, 'id'>): PlantedDeliveryFault {
    const planted = { ...fault, id: `fault_${this.#next++}` }
    this.#deliveries.push(planted)
    return planted
  }

  requests(): readonly Fault[] {
    return this.#requests
  }

  deliveries(): readonly PlantedDeliveryFault[] {
    return this.#deliveries
  }

  clearRequests(): void {
    this.#requests = []
  }

  clearDeliveries(): void {
    this.#deliveries = []
  }

  /** The fault that hits this request; counts it as used. */
  forRequest(method: string, path: string): Fault | undefined {
    const hit = this.#requests.find(
      (fault) => (fault.method === null || fault.method === method) && fits(fault.path, path),
    )
    this.#requests = spent(this.#requests, hit)
    return hit
  }

  forDelivery(type: string): DeliveryFault | undefined {
    const hit = this.#deliveries.find(({ types }) => types.some((pattern) => fits(pattern, type)))
    this.#deliveries = spent(this.#deliveries, hit)
    if (!hit) return undefined
    return hit.effect === 'delay' ? { effect: 'delay', delayMs: hit.delayMs } : { effect: hit.effect }
  }
}

/** A star at the end stands for anything, a star before it for one segment of a path. */
function fits(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*(?=.)/g, '[^/]+')
    .replace(/\*$/, '.*')
  return new RegExp(`^${source}$`, 's').test(text)
}

function spent<F extends { left: number | null }>(faults: F[], hit: F | undefined): F[] {
  if (hit?.left === null || hit === undefined) return faults
  return faults.flatMap((fault) => {
    if (fault !== hit) return [fault]
    return fault.left !== null && fault.left > 1 ? [{ ...fault, left: fault.left - 1 }] : []
  })
}
