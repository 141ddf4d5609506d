import { type Cause, type Ctx, nobody } from '@/sandbox/context'
import { type EventRecord, payloadOf } from '@/sandbox/events'
import { type DeliveryFault, fitsDelivery } from '@/sandbox/faults/delivery-fault'
import { FaultBook } from '@/sandbox/faults/fault-book'
import { apiVersion } from '@/sandbox/http/version'
import { settingsOf } from '@/sandbox/settings'
import type { Change, Store } from '@/sandbox/store/store'
import { Deliveries, type Delivery } from '@/sandbox/webhooks/deliveries'
import { noteAttempt } from '@/sandbox/webhooks/note-attempt'
import { signingSecrets } from '@/sandbox/webhooks/signing-secrets'
import type { UndeliveredRecord } from '@/sandbox/webhooks/undelivered'

type Transact = (cause: Cause, work: (ctx: Ctx) => void) => void

type Outgoing = { eventId: string; endpointId: string; attempt: number | null }

/** What is to go out to webhook endpoints once it is on disk, and what came of it. */
export class Outbox {
  readonly faults: FaultBook<DeliveryFault>
  readonly deliveries: Deliveries
  #waiting: Outgoing[] = []

  constructor(
    private readonly store: Store,
    transact: Transact,
    now: () => number,
  ) {
    const { seed } = settingsOf(store)
    this.faults = new FaultBook('delivery_fault', seed)
    this.deliveries = new Deliveries({
      seed,
      fault: (type, endpointId) => this.faults.strike((fault) => fitsDelivery(fault, type, endpointId)),
      addresseeOf: (id) => {
        const endpoint = store.get('webhookEndpoints', id)
        if (endpoint?.status !== 'enabled') return undefined
        return { url: endpoint.url, secrets: signingSecrets(endpoint, now()) }
      },
      onAnswer: ({ event, endpointId, attempt, apiVersion: version }, url, answer) =>
        transact(nobody, (ctx) =>
          noteAttempt(ctx, { eventId: event.id, endpointId, url, attempt, apiVersion: version, ...answer }),
        ),
    })
  }

  /** To be told of every transaction's changes. */
  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if (!('put' in change) || change.put !== 'undelivered') continue
      const row = change.row as UndeliveredRecord
      if (row.state === 'sending') this.#waiting.push(outgoing(row))
    }
  }

  /** Once more, by hand. */
  resend(eventId: string, endpointId: string): void {
    this.#waiting.push({ eventId, endpointId, attempt: null })
  }

  /** Sends again what was under way when the sandbox stopped; what waits for its next try has its timer. */
  resume(): void {
    for (const row of this.store.table('undelivered').all()) {
      if (row.state === 'sending') this.#waiting.push(outgoing(row))
    }
  }

  /** What has gathered so far. @returns sends it */
  take(): () => void {
    const going = this.#waiting
    this.#waiting = []
    return () => {
      for (const each of going) this.#send(each)
    }
  }

  #send({ eventId, endpointId, attempt }: Outgoing): void {
    const event = this.store.get('events', eventId)
    const endpoint = this.store.get('webhookEndpoints', endpointId)
    if (event && endpoint)
      this.deliveries.enqueue(deliveryOf(event, endpointId, endpoint.api_version, attempt))
  }
}

function outgoing({ event, endpoint, attempt }: UndeliveredRecord): Outgoing {
  return { eventId: event, endpointId: endpoint, attempt }
}

function deliveryOf(
  event: EventRecord,
  endpointId: string,
  version: string | null,
  attempt: number | null,
): Delivery {
  const said = version ?? apiVersion
  const { id, type } = event
  return { event: { id, type }, endpointId, attempt, apiVersion: said, payload: payloadOf(event, said) }
}
