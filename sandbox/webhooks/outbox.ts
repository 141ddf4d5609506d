import { createHash } from 'node:crypto'
import { type Cause, type Ctx, nobody } from '@/sandbox/context'
import { type EventRecord, payloadOf } from '@/sandbox/events'
import { type DeliveryFault, fitsDelivery } from '@/sandbox/faults/delivery-fault'
import { FaultBook } from '@/sandbox/faults/fault-book'
import { apiVersion } from '@/sandbox/http/version'
import type { ListenRequest } from '@/sandbox/listen/session'
import { Sessions } from '@/sandbox/listen/sessions'
import { settingsOf } from '@/sandbox/settings'
import type { Change, Store } from '@/sandbox/store/store'
import { Deliveries, type Delivery } from '@/sandbox/webhooks/deliveries'
import { type Attempt, noteAttempt } from '@/sandbox/webhooks/note-attempt'
import { signingSecrets } from '@/sandbox/webhooks/signing-secrets'
import type { UndeliveredRecord } from '@/sandbox/webhooks/undelivered'

/** What endpoints of the API may have sent once their request is through. */
export type Sender = Pick<Outbox, 'resend' | 'relay' | 'listen' | 'listenSecret'>

type Transact = (cause: Cause, work: (ctx: Ctx) => void) => void

type Outgoing = { eventId: string; endpointId: string; attempt: number | null }

/** What is to go out to webhook endpoints and listening CLIs once it is on disk, and what came of it. */
export class Outbox {
  readonly faults: FaultBook<DeliveryFault>
  readonly deliveries: Deliveries
  readonly sessions: Sessions
  #waiting: Outgoing[] = []
  #toRelay: string[] = []

  constructor(
    private readonly store: Store,
    private readonly transact: Transact,
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
        this.#note({ eventId: event.id, endpointId, url, attempt, apiVersion: version, ...answer }),
    })
    this.sessions = new Sessions(({ sessionId, ...relayed }) =>
      this.#note({ ...relayed, endpointId: sessionId, attempt: null, error: null, apiVersion }),
    )
  }

  /** To be told of every transaction's changes. */
  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if (!('put' in change)) continue
      if (change.put === 'events') this.relay(change.row.id)
      if (change.put !== 'undelivered') continue
      const row = change.row as UndeliveredRecord
      if (row.state === 'sending') this.#waiting.push(outgoing(row))
    }
  }

  /** Once more, by hand. */
  resend(eventId: string, endpointId: string): void {
    this.#waiting.push({ eventId, endpointId, attempt: null })
  }

  /** To the CLIs that listen. */
  relay(eventId: string): void {
    this.#toRelay.push(eventId)
  }

  /** Makes a session for a CLI that is about to connect. */
  listen(id: string, request: ListenRequest): void {
    this.sessions.open(id, request)
  }

  /** Signs what CLIs get; the same as long as the account is. */
  listenSecret(): string {
    const { seed } = settingsOf(this.store)
    return `whsec_${createHash('sha256').update(`${seed}:listen`).digest('hex')}`
  }

  /** Sends again what was under way when the sandbox stopped; what waits for its next try has its timer. */
  resume(): void {
    for (const row of this.store.table('undelivered').all()) {
      if (row.state === 'sending') this.#waiting.push(outgoing(row))
    }
  }

  /** What has gathered so far. @returns sends it */
  take(): () => void {
    const [going, toRelay] = [this.#waiting, this.#toRelay]
    this.#waiting = []
    this.#toRelay = []
    return () => {
      for (const each of going) this.#send(each)
      for (const eventId of toRelay) this.#relay(eventId)
    }
  }

  async close(): Promise<void> {
    this.sessions.close()
    await this.deliveries.close()
  }

  #note(attempt: Attempt): void {
    this.transact(nobody, (ctx) => noteAttempt(ctx, attempt))
  }

  #relay(eventId: string): void {
    const event = this.sessions.isHeard() ? this.store.get('events', eventId) : undefined
    if (event) this.sessions.relay(eventId, payloadOf(event, apiVersion), this.listenSecret())
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
