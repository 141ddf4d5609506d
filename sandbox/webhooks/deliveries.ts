import { setTimeout as wait } from 'node:timers/promises'
import { shuffled } from '@/sandbox/faults/chance'
import type { DeliveryFault } from '@/sandbox/faults/delivery-fault'
import { Held } from '@/sandbox/webhooks/held'
import { signatureHeader } from '@/sandbox/webhooks/signature'

export type DeliveryEndpoint = {
  id: string
  url: string
  /** Two while one is being rolled. */
  secrets: string[]
  /** Event types; `*` and `invoice.*` are wildcards. */
  enabledEvents: string[]
  disabled: boolean
}

/** `payload` is the exact body to send. */
export type DeliveryEvent = { id: string; type: string; payload: string }

/** One request to one endpoint. `status` is null when no answer came, and then `error` says why. */
export type DeliveryAttempt = {
  eventId: string
  endpointId: string
  url: string
  /** 1 for the first try. */
  attempt: number
  status: number | null
  error: string | null
  /** Unix seconds on the sandbox's clock. */
  at: number
}

export type DeliveriesOptions = {
  endpoints(): DeliveryEndpoint[]
  /** The sandbox's clock, for the record of attempts. Signatures carry real time, which is what receivers compare. */
  nowSeconds(): number
  /** The sandbox's seed, from which the order of what is reordered follows. */
  seed: string
  /** Asked once for each request that would go out. */
  fault(eventType: string, endpointId: string): DeliveryFault | undefined
  /** The endpoint answered 2xx, possibly not for the first time. */
  onSuccess(eventId: string, endpointId: string): void
  onAttempt(attempt: DeliveryAttempt): void
  /** Waits before the second, third … try, in real milliseconds. */
  retryDelaysMs?: readonly number[]
  timeoutMs?: number
}

export type Deliveries = {
  /** Sends the event to every endpoint that listens for it, or to one endpoint whatever it listens for. */
  enqueue(event: DeliveryEvent, onlyEndpointId?: string): void
  /**
   * Lets held deliveries go, also those that wait to be reordered, each answered before the next one starts. With
   * `order` exactly those event ids, in that order, and the rest stays held; without it everything, oldest first.
   */
  release(order?: string[]): void
  /** Deliveries that are neither answered with 2xx nor given up: waiting, held and running ones. */
  pending(): number
  /**
   * Resolves when no request is under way, so that what has just happened is known where it matters. An endpoint that
   * does not answer keeps nobody waiting for long.
   */
  idle(): Promise<void>
  /** Forgets what waits, aborts what runs. Resolves when nothing is running any more. */
  close(): Promise<void>
}

const RETRY_DELAYS_MS = [500, 2_000, 10_000, 60_000, 600_000]
const TIMEOUT_MS = 20_000
const IDLE_PATIENCE_MS = 2_000

/** Per endpoint, so that one which never answers holds up nobody else. */
const MAX_CONCURRENT = 8

/** `secrets` are set when a fault wants others than the endpoint's. */
type Delivery = { event: DeliveryEvent; endpointId: string; attempt: number; secrets?: string[] }
type Lane = { running: number; waiting: Delivery[] }

/**
 * Posts events to webhook endpoints as Stripe does: signed, concurrently, without following redirects, any 2xx
 * being success and everything else a reason to try again later. Order is not kept and not promised.
 */
export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { retryDelaysMs = RETRY_DELAYS_MS } = options
  const lanes = new Map<string, Lane>()
  const timers = new Set<NodeJS.Timeout>()
  const running = new Set<Promise<void>>()
  const shutdown = new AbortController()
  const held = new Held<Delivery>()
  let unsettled = 0

  function later(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      timers.delete(timer)
      run()
    }, delayMs)
    timer.unref()
    timers.add(timer)
  }

  function track(work: Promise<void>): void {
    const tracked = work.finally(() => running.delete(tracked))
    running.add(tracked)
  }

  function push(delivery: Delivery): void {
    const lane = lanes.get(delivery.endpointId) ?? { running: 0, waiting: [] }
    lanes.set(delivery.endpointId, lane)
    lane.waiting.push(delivery)
    pump(lane)
  }

  function pump(lane: Lane): void {
    while (lane.running < MAX_CONCURRENT && !shutdown.signal.aborted) {
      const delivery = lane.waiting.shift()
      if (!delivery) return
      lane.running += 1
      track(
        attempt(delivery).finally(() => {
          lane.running -= 1
          pump(lane)
        }),
      )
    }
  }

  async function attempt(delivery: Delivery): Promise<void> {
    // Read at every try: the endpoint may have been moved, disabled or deleted since.
    const endpoint = options.endpoints().find(({ id }) => id === delivery.endpointId)
    if (!endpoint || endpoint.disabled) {
      unsettled -= 1
      return
    }
    const { event, attempt: number } = delivery
    const secrets = delivery.secrets ?? endpoint.secrets
    const answer = await post(endpoint.url, secrets, event, shutdown.signal, options.timeoutMs ?? TIMEOUT_MS)
    if (shutdown.signal.aborted) return
    const { id: endpointId, url } = endpoint
    options.onAttempt({
      eventId: event.id,
      endpointId,
      url,
      attempt: number,
      at: options.nowSeconds(),
      ...answer,
    })
    if (answer.status !== null && answer.status >= 200 && answer.status < 300) {
      unsettled -= 1
      options.onSuccess(event.id, endpointId)
      return
    }
    const wait = retryDelaysMs[number - 1]
    if (wait === undefined) unsettled -= 1
    else later(wait, () => push({ event, endpointId, attempt: number + 1 }))
  }

  /** Sends a delivery, or does to it what a planted fault wants. */
  function dispatch(delivery: Delivery): void {
    const fault = options.fault(delivery.event.type, delivery.endpointId)
    if (fault?.effect === 'drop') return
    unsettled += 1
    if (fault?.effect === 'hold') held.hold(delivery)
    else if (fault?.effect === 'reorder') {
      const together = held.gather(delivery, fault)
      track(inTurn(shuffled(together, `${options.seed}:${fault.id}:${fault.hits}`), attempt))
    } else if (fault?.effect === 'delay') later(fault.delayMs, () => push(delivery))
    else push(fault ? altered(delivery, fault) : delivery)
    if (fault?.effect === 'duplicate') {
      unsettled += 1
      push(delivery)
    }
  }

  return {
    enqueue(event, onlyEndpointId) {
      const listening = options
        .endpoints()
        .filter((endpoint) => isAddressed(endpoint, event.type, onlyEndpointId))
      if (listening.length === 0 || shutdown.signal.aborted) return
      for (const { id } of listening) dispatch({ event, endpointId: id, attempt: 1 })
    },
    release(order) {
      track(inTurn(held.release(order), attempt))
    },
    pending: () => unsettled,
    async idle() {
      const givenUp = wait(IDLE_PATIENCE_MS, true, { ref: false })
      let isOver = false
      while (running.size > 0 && !isOver)
        isOver = await Promise.race([Promise.all(running).then(() => false), givenUp])
    },
    async close() {
      shutdown.abort()
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
      lanes.clear()
      held.clear()
      unsettled = 0
      await Promise.all(running)
    },
  }
}

function altered(delivery: Delivery, { effect, apiVersion }: DeliveryFault): Delivery {
  if (effect === 'wrong_secret') return { ...delivery, secrets: ['whsec_nobodyHasThisSecret'] }
  if (effect !== 'api_version') return delivery
  const payload = JSON.stringify({ ...JSON.parse(delivery.event.payload), api_version: apiVersion }, null, 2)
  return { ...delivery, event: { ...delivery.event, payload } }
}

async function inTurn(
  deliveries: readonly Delivery[],
  run: (delivery: Delivery) => Promise<void>,
): Promise<void> {
  for (const delivery of deliveries) await run(delivery)
}

function isAddressed(endpoint: DeliveryEndpoint, type: string, onlyEndpointId: string | undefined): boolean {
  if (endpoint.disabled) return false
  if (onlyEndpointId !== undefined) return endpoint.id === onlyEndpointId
  return endpoint.enabledEvents.some(
    (pattern) =>
      pattern === '*' ||
      pattern === type ||
      (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1))),
  )
}

type Answer = { status: number; error: null } | { status: null; error: string }

async function post(
  url: string,
  secrets: string[],
  event: DeliveryEvent,
  shutdown: AbortSignal,
  timeoutMs: number,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: event.payload,
      redirect: 'manual',
      signal: AbortSignal.any([shutdown, AbortSignal.timeout(timeoutMs)]),
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
        'Stripe-Signature': signatureHeader(event.payload, secrets, Math.floor(Date.now() / 1000)),
      },
    })
    await response.body?.cancel()
    return { status: response.status, error: null }
  } catch (error) {
    return { status: null, error: reasonOf(error) }
  }
}

/** `fetch` says "fetch failed" and keeps the reason in `cause`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}
