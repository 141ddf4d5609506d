import { randomUUID } from 'node:crypto'
import type { Clock } from '@/sandbox/clock'
import { type Cause, type Ctx, type Moment, nobody } from '@/sandbox/context'
import { FaultBook } from '@/sandbox/faults/fault-book'
import type { RequestFault } from '@/sandbox/faults/request-fault'
import { ObjectsInUse, RateLimits } from '@/sandbox/http/rate-limits'
import { RequestLog } from '@/sandbox/http/request-log'
import { KeysInUse } from '@/sandbox/idempotency'
import { base62, makeId } from '@/sandbox/ids'
import { rescheduleInvoices } from '@/sandbox/resources/invoice-timers'
import { createWebhookEndpoint } from '@/sandbox/resources/webhook-endpoint-record'
import type { Searchable } from '@/sandbox/search/docs'
import { SearchIndex } from '@/sandbox/search/search-index'
import { changeSwitches, defaultSwitches, type Switches, settingsOf } from '@/sandbox/settings'
import { type Snapshot, Snapshots } from '@/sandbox/snapshots'
import type { Store } from '@/sandbox/store/store'
import { tableNames } from '@/sandbox/store/tables'
import { TimeKeeper } from '@/sandbox/time-keeper'
import type { TimerRecord } from '@/sandbox/timers'
import { eventLifetime } from '@/sandbox/trimming'
import { Outbox } from '@/sandbox/webhooks/outbox'

/** How long a link that was just fetched stays good, in seconds. */
const freshLink = 10 * 86_400

/** The sandbox behind its doors: the store, the time, what goes wrong on purpose, and what goes out. */
export class Engine {
  readonly requestFaults: FaultBook<RequestFault>
  readonly keysInUse = new KeysInUse()
  readonly objectsInUse = new ObjectsInUse()
  readonly rateLimits = new RateLimits()
  readonly requests = new RequestLog((request) => this.outbox.sessions.log(request))
  readonly outbox: Outbox
  readonly snapshots: Snapshots
  readonly time: TimeKeeper
  readonly #search: SearchIndex
  readonly #linksShown = new Map<string, number>()
  #historyFrom: number | undefined
  #undisturbed: Promise<unknown> = Promise.resolve()
  #isAlone = false
  /** What every transaction finds. Made once: it would be a good part of what reading an object costs. */
  readonly #world: Omit<Ctx, keyof Moment | 'accountId' | 'cause'>
  #nextId = 1

  constructor(
    readonly store: Store,
    /** `http://127.0.0.1:port`, the base of hosted links. */
    readonly origin: string,
    private readonly webhooks: readonly { url: string; secret: string }[],
    /** Absolute path of the journal's directory, or null without one. */
    readonly directory: string | null,
  ) {
    const { seed } = settingsOf(store)
    this.#search = new SearchIndex(store)
    this.time = new TimeKeeper(store, {
      transact: (moment, work) => this.#transact(moment, nobody, work),
      durable: () => this.durable(),
      arrived: () => this.outbox.deliveries.idle(),
      undisturbed: () => this.undisturbed(),
    })
    this.snapshots = new Snapshots(directory)
    this.requestFaults = new FaultBook('fault', seed)
    this.outbox = new Outbox(store, (cause, work) => this.transact(cause, work), this.clock.now)
    this.#world = {
      store,
      search: this.#search,
      origin,
      outbox: this.outbox,
      noteLink: (id, now) => this.#linksShown.set(id, now),
      linkValidUntil: ({ id }, expiry) => Math.max(expiry, (this.#linksShown.get(id) ?? 0) + freshLink),
      newId: (prefix) => makeId(settingsOf(store).seed, prefix, this.#nextId++),
      newToken: (length) => base62(`${settingsOf(store).seed}:token:${this.#nextId++}`, length),
    }
  }

  /**
   * Runs `work` alone and in one piece, after everything that has fallen due by now. Its events go out after
   * `durable()`.
   * @param cause what events will name as their request
   */
  transact<T>(cause: Cause, work: (ctx: Ctx) => T): T {
    const now = this.clock.now()
    if (!this.#isAlone) this.time.runWorld(now)
    return this.#transact({ now, worldNow: now, testClock: null }, cause, work)
  }

  #transact<T>(moment: Moment, cause: Cause, work: (ctx: Ctx) => T): T {
    this.#search.prepare()
    const { nextId, accountId } = settingsOf(this.store)
    this.#nextId = nextId
    const ctx: Ctx = { ...this.#world, ...moment, historyFrom: this.#historyFrom, accountId, cause }
    const { value, changes } = this.store.transact(() => {
      const result = work(ctx)
      if (this.#nextId !== nextId) {
        this.store.put('settings', { ...settingsOf(this.store), nextId: this.#nextId })
      }
      return result
    })
    this.time.note(changes)
    this.#search.note(changes, moment.worldNow)
    if (this.#historyFrom === undefined) this.outbox.note(changes)
    return value
  }

  /**
   * Runs `work` at a moment of the past, after what fell due before it. Nothing of it is delivered, and events that
   * Stripe would have forgotten by now are not even written.
   */
  relive<T>(at: number, work: (ctx: Ctx) => T): T {
    this.#historyFrom = this.clock.now() - eventLifetime
    try {
      this.time.runWorld(at)
      return this.#transact({ now: at, worldNow: at, testClock: null }, nobody, work)
    } finally {
      this.#historyFrom = undefined
    }
  }

  /** Does something long while requests and the passing of time wait. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#undisturbed.then(async () => {
      this.#isAlone = true
      return work().finally(() => {
        this.#isAlone = false
      })
    })
    // Whoever asked for it hears of its failure; the next one only waits for its end.
    this.#undisturbed = run.catch(() => undefined)
    return run
  }

  /** Resolves when nothing long is being done. */
  async undisturbed(): Promise<void> {
    while (this.#isAlone) await this.#undisturbed
  }

  /** Resolves when everything done so far is on disk; only then may it be told to anybody. */
  async durable(): Promise<void> {
    const send = this.outbox.take()
    await this.store.durable()
    send()
  }

  get clock(): Clock {
    return this.time.clock
  }

  get accountId(): string {
    return settingsOf(this.store).accountId
  }

  /** Goes on with what was under way when the sandbox stopped. */
  resume(): void {
    this.outbox.resume()
    this.time.resume()
  }

  /** Stops what runs by itself. */
  async close(): Promise<void> {
    this.#search.forget()
    await this.outbox.close()
    await this.time.close()
  }

  /** Resolves when a kind of objects can be searched without making others wait. */
  async searchable(kind: Searchable): Promise<void> {
    await this.#search.ready(kind)
    await this.undisturbed()
  }

  /** Does what has fallen due by now, in order of time. */
  catchUp(): TimerRecord[] {
    return this.#isAlone ? [] : this.time.runWorld(this.clock.now())
  }

  /** @throws ZodError for what is unknown or out of bounds */
  changeSwitches(change: unknown): Switches {
    return this.transact(nobody, (ctx) => {
      const switches = changeSwitches(ctx.store, change)
      rescheduleInvoices(ctx)
      return switches
    })
  }

  /** Forgets everything but who the account is; ids go on counting. */
  reset(): void {
    this.#forgetPassing()
    this.time.setOffset(0)
    this.store.transact(() => {
      for (const name of tableNames) {
        if (name !== 'settings') for (const { id } of this.store.table(name).all()) this.store.drop(name, id)
      }
      this.store.put('settings', { ...settingsOf(this.store), ...defaultSwitches })
    })
    this.#search.forget()
    this.registerWebhooks()
  }

  /** Keeps everything as it is now, to be returned to. */
  async keepSnapshot(name: string): Promise<Snapshot> {
    const snapshot = this.snapshots.make(name, this.clock.now())
    await this.store.durable()
    await this.store.copyTo(snapshot.path)
    return snapshot
  }

  /** Returns to a snapshot: everything is as it was then, and so is the time. */
  async restore({ path, at }: Snapshot): Promise<void> {
    this.#search.forget()
    await this.store.restoreFrom(path)
    this.#forgetPassing()
    this.#search.forget()
    this.time.setOffset(this.clock.offset() + at - this.clock.now())
    await this.durable()
    this.resume()
  }

  /** What is kept in memory only: faults, and what was asked. */
  #forgetPassing(): void {
    this.requestFaults.clear()
    this.outbox.faults.clear()
    this.requests.clear()
  }

  /** Endpoints named at the start, once per url; after a reset anew. */
  registerWebhooks(): void {
    this.transact(nobody, (ctx) => {
      for (const { url, secret } of this.webhooks) {
        const [known] = ctx.store.table('webhookEndpoints').by('url', url)
        if (known) ctx.store.put('webhookEndpoints', { ...known, secret, status: 'enabled' })
        else createWebhookEndpoint(ctx, { url, secret, enabled_events: ['*'] })
      }
    })
  }

  newRequestId(): string {
    return `req_${randomUUID().replaceAll('-', '').slice(-14)}`
  }
}
