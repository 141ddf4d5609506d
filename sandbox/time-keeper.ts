import { type Clock, createClock } from '@/sandbox/clock'
import type { Ctx, Moment } from '@/sandbox/context'
import { Refusal } from '@/sandbox/controls/control'
import { finishAdvancing } from '@/sandbox/resources/test-clocks'
import { Scheduler } from '@/sandbox/scheduler'
import { settingsOf } from '@/sandbox/settings'
import type { Change, Store } from '@/sandbox/store/store'
import { TestClockMover } from '@/sandbox/test-clock-mover'
import type { TimerRecord } from '@/sandbox/timers'

type Host = {
  /** One transaction, caused by nobody's request. */
  transact(moment: Moment, work: (ctx: Ctx) => void): void
  /** Keeps what was done and sends what is to be sent. */
  durable(): Promise<void>
  /** Resolves when what was sent has arrived, or with false when somebody does not answer. */
  arrived(): Promise<boolean>
  /** Resolves when time may pass. */
  undisturbed(): Promise<void>
}

/** The world's new time, and how many timers ran on the way, by their kind. */
type Turned = { now: number; ran: Record<string, number> }

/** Whether nothing has happened in the account yet. */
export function isEmpty(store: Store): boolean {
  return (['customers', 'products', 'events'] as const).every((name) => store.table(name).size === 0)
}

/** Moments after which what was done is kept and others have their turn, even when nobody listens. */
const longestStride = 256

/** The world's clock and the test clocks, and what happens when they move. */
export class TimeKeeper {
  readonly clock: Clock
  readonly #scheduler: Scheduler
  readonly #testClocks: TestClockMover
  #turning: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly store: Store,
    private readonly host: Host,
  ) {
    this.clock = createClock(settingsOf(store).clockOffset)
    this.#scheduler = new Scheduler(store, host.transact)
    this.#testClocks = new TestClockMover(store, {
      // What is on its way to webhook endpoints arrives in the old time.
      ready: () => host.arrived().then(() => host.undisturbed()),
      move: (id, target) => {
        const worldNow = this.clock.now()
        this.#scheduler.runTestClock(id, target, worldNow)
        host.transact({ now: worldNow, worldNow, testClock: null }, (ctx) => finishAdvancing(ctx, id))
      },
      durable: host.durable,
    })
  }

  /** To be told of every transaction's changes. */
  note(changes: readonly Change[]): void {
    this.#scheduler.note(changes)
    this.#testClocks.note(changes)
  }

  /** Goes on with what was under way when the sandbox stopped, or when what it holds was exchanged. */
  resume(): void {
    this.#scheduler.rebuild()
    this.#testClocks.resume()
  }

  /** Stops what runs by itself. */
  close(): Promise<void> {
    return this.#testClocks.close()
  }

  /** Does what has fallen due in the world by `now`, in order of time. */
  runWorld(now: number): TimerRecord[] {
    return this.#scheduler.runWorld(now)
  }

  /** Sets the world's clock, and nothing else. @param offset seconds ahead of real time */
  setOffset(offset: number): void {
    this.clock.setOffset(offset)
    this.store.transact(() => this.store.put('settings', { ...settingsOf(this.store), clockOffset: offset }))
  }

  /**
   * Turns the world's clock from one moment at which something falls due to the next. What goes out to webhook endpoints
   * at a moment arrives before the next one, so that what depends on their answers is as if time had really passed; an
   * endpoint that does not answer is no longer waited for. Turns follow one another.
   * @throws Refusal when the time wanted is past
   */
  turn(turn: { to: number } | { by: number }): Promise<Turned> {
    const turned = this.#turning.then(() => this.#turn(turn))
    this.#turning = turned.catch(() => undefined)
    return turned
  }

  async #turn(turn: { to: number } | { by: number }): Promise<Turned> {
    let isPatient = await this.host.arrived()
    const target = 'to' in turn ? turn.to : this.clock.now() + turn.by
    if (target < this.clock.now()) return this.#beginAt(target)
    const ran: Record<string, number> = {}
    for (let step = 1; ; step++) {
      await this.host.undisturbed()
      const at = this.#scheduler.firstDue(target)
      this.setOffset(this.clock.offset() + Math.max((at ?? target) - this.clock.now(), 0))
      for (const { kind } of this.runWorld(this.clock.now())) ran[kind] = (ran[kind] ?? 0) + 1
      if (at === undefined) return { now: this.clock.now(), ran }
      const isHeard = isPatient && this.store.table('undelivered').size > 0
      if (isHeard || step % longestStride === 0) await this.host.durable()
      if (isHeard) isPatient = await this.host.arrived()
    }
  }

  #beginAt(moment: number): Turned {
    if (!isEmpty(this.store)) {
      throw new Refusal(
        'Time does not go back: only an account in which nothing has happened may begin earlier.',
      )
    }
    this.setOffset(this.clock.offset() + moment - this.clock.now())
    return { now: this.clock.now(), ran: {} }
  }
}
