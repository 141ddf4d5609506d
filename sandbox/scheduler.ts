import type { Ctx, Moment } from '@/sandbox/context'
import type { Change, Store } from '@/sandbox/store/store'
import { timerKinds } from '@/sandbox/timer-kinds'
import { TimerQueue } from '@/sandbox/timer-queue'
import type { TimerRecord } from '@/sandbox/timers'

/** One transaction at a moment, caused by nobody's request. */
type Transact = (moment: Moment, work: (ctx: Ctx) => void) => void

/** Runs what falls due, in order of time, each timer in a transaction of its own at the very moment it was set for. */
export class Scheduler {
  readonly #queue: TimerQueue

  constructor(
    private readonly store: Store,
    private readonly transact: Transact,
  ) {
    this.#queue = new TimerQueue(store)
  }

  /** To be told of every transaction's changes, its own included. */
  note(changes: readonly Change[]): void {
    this.#queue.note(changes)
  }

  /** To be told when the store's content was exchanged. */
  rebuild(): void {
    this.#queue.rebuild()
  }

  /** When the world's first timer falls due, if it is by `until`. */
  firstDue(until: number): number | undefined {
    return this.#queue.firstDue(null, until)?.at
  }

  /** Brings the world to `now`. Answers what ran, in its order. */
  runWorld(now: number): TimerRecord[] {
    return this.#run(null, now, (at) => ({ now: at, worldNow: at, testClock: null }))
  }

  /** Brings a test clock's customers to `now`, while the world stands still. */
  runTestClock(testClock: string, now: number, worldNow: number): TimerRecord[] {
    return this.#run(testClock, now, (at) => ({ now: at, worldNow, testClock }))
  }

  #run(clock: string | null, now: number, momentOf: (at: number) => Moment): TimerRecord[] {
    const ran: TimerRecord[] = []
    for (;;) {
      const timer = this.#queue.firstDue(clock, now)
      if (!timer) return ran
      this.#fire(timer, momentOf(timer.at))
      ran.push(timer)
    }
  }

  #fire(timer: TimerRecord, moment: Moment): void {
    try {
      this.transact(moment, (ctx) => {
        timerKinds[timer.kind](ctx, timer.about)
        // Dropped last, unless it was set anew: what ran may have rolled back.
        if (ctx.store.get('timers', timer.id)?.at === timer.at) ctx.store.drop('timers', timer.id)
      })
    } catch (error) {
      // A defect of the sandbox. Time goes on without this timer, or everything behind it would wait for ever.
      console.error(error)
      this.transact(moment, (ctx) => ctx.store.drop('timers', timer.id))
    }
  }
}
