import { shuffled } from '@/sandbox/faults/chance'
import type { DeliveryFault } from '@/sandbox/faults/delivery-fault'
import { Held } from '@/sandbox/webhooks/held'
import { Lanes } from '@/sandbox/webhooks/lanes'
import { type HookAnswer, postHook } from '@/sandbox/webhooks/post-hook'

/** One request that is to go to one endpoint. */
export type Delivery = {
  event: { id: string; type: string }
  endpointId: string
  /** 1 for the first automatic try; null when it is resent by hand. */
  attempt: number | null
  /** The exact body, and the version that it says it is in. */
  payload: string
  apiVersion: string
}

/** Where a delivery goes and who signs it. Two secrets do while one is being rolled. */
export type Addressee = { url: string; secrets: readonly string[] }

export type DeliveriesOptions = {
  /** Asked right before a request goes out; undefined for an endpoint that is disabled or gone, which gets none. */
  addresseeOf(endpointId: string): Addressee | undefined
  /** The sandbox's seed, from which the order of what is reordered follows. */
  seed: string
  /** Asked once for each request that would go out. */
  fault(eventType: string, endpointId: string): DeliveryFault | undefined
  onAnswer(delivery: Delivery, url: string, answer: HookAnswer): void
  timeoutMs?: number
}

/** How long an endpoint may keep those waiting who wait for deliveries. */
const patienceMs = 2000

/** Faults can change what is sent and who signs it. */
type Sending = Delivery & { secrets?: string[] }

/**
 * Posts events to webhook endpoints, concurrently; order is not kept and not promised. Planted faults lose, double,
 * delay, hold, mix up, forge and mislabel deliveries.
 */
export class Deliveries {
  readonly #lanes = new Lanes()
  readonly #held = new Held<Sending>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #shutdown = new AbortController()
  #unsettled = 0

  constructor(private readonly options: DeliveriesOptions) {}

  /** Sends a delivery, or does to it what a planted fault wants. */
  enqueue(delivery: Delivery): void {
    if (this.#shutdown.signal.aborted) return
    const fault = this.options.fault(delivery.event.type, delivery.endpointId)
    if (fault?.effect === 'drop') return
    this.#unsettled += 1
    if (fault?.effect === 'hold') this.#held.hold(delivery)
    else if (fault?.effect === 'reorder') this.#gather(delivery, fault)
    else if (fault?.effect === 'delay') this.#later(fault.delayMs, delivery)
    else this.#push(fault ? altered(delivery, fault) : delivery)
    if (fault?.effect === 'duplicate') {
      this.#unsettled += 1
      this.#push(delivery)
    }
  }

  /**
   * Lets held deliveries go, also those that wait to be reordered, each answered before the next one starts. With
   * `order` exactly those event ids, in that order, and the rest stays held; without it everything, oldest first.
   */
  release(order?: string[]): void {
    this.#sendInTurn(this.#held.release(order))
  }

  /** Deliveries under way: waiting for their turn, held by a fault, or not answered yet. */
  pending(): number {
    return this.#unsettled
  }

  /**
   * Resolves when no request is under way, so that what has just happened is known where it matters; or soon with
   * false, because an endpoint that does not answer keeps nobody waiting for long.
   */
  idle(): Promise<boolean> {
    return this.#lanes.idle(patienceMs)
  }

  /** Forgets what waits, aborts what runs. Resolves when nothing is running any more. */
  async close(): Promise<void> {
    this.#shutdown.abort()
    for (const timer of this.#timers) clearTimeout(timer)
    this.#held.clear()
    this.#unsettled = 0
    await this.#lanes.close()
  }

  #push(delivery: Sending): void {
    this.#lanes.push(delivery.endpointId, () => this.#attempt(delivery))
  }

  #sendInTurn(deliveries: readonly Sending[]): void {
    void this.#lanes.inTurn(deliveries.map((delivery) => () => this.#attempt(delivery)))
  }

  #gather(delivery: Delivery, fault: DeliveryFault): void {
    const together = this.#held.gather(delivery, fault)
    this.#sendInTurn(shuffled(together, `${this.options.seed}:${fault.id}:${fault.hits}`))
  }

  #later(delayMs: number, delivery: Delivery): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#push(delivery)
    }, delayMs)
    timer.unref()
    this.#timers.add(timer)
  }

  async #attempt({ secrets, ...delivery }: Sending): Promise<void> {
    const addressee = this.options.addresseeOf(delivery.endpointId)
    if (addressee) {
      const { timeoutMs = 20_000 } = this.options
      const signal = AbortSignal.any([this.#shutdown.signal, AbortSignal.timeout(timeoutMs)])
      const answer = await postHook(addressee.url, delivery.payload, secrets ?? addressee.secrets, signal)
      if (this.#shutdown.signal.aborted) return
      this.#unsettled -= 1
      this.options.onAnswer(delivery, addressee.url, answer)
    } else this.#unsettled -= 1
  }
}

function altered(delivery: Delivery, { effect, apiVersion }: DeliveryFault): Sending {
  if (effect === 'wrong_secret') return { ...delivery, secrets: ['whsec_nobodyHasThisSecret'] }
  if (effect !== 'api_version') return delivery
  const payload = JSON.stringify({ ...JSON.parse(delivery.payload), api_version: apiVersion }, null, 2)
  return { ...delivery, payload, apiVersion }
}
