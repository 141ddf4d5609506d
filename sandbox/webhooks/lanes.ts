import { setTimeout as wait } from 'node:timers/promises'

/** Work that runs at once in one lane, so that an endpoint which never answers holds up nobody else. */
const mostAtOnce = 8

type Lane = { running: number; waiting: (() => Promise<void>)[] }

/** Runs work in lanes that do not wait for each other. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>()
  readonly #running = new Set<Promise<void>>()
  #isClosed = false

  push(name: string, work: () => Promise<void>): void {
    const lane = this.#lanes.get(name) ?? { running: 0, waiting: [] }
    this.#lanes.set(name, lane)
    lane.waiting.push(work)
    this.#pump(lane)
  }

  /** Beside all lanes: one after the other. */
  async inTurn(works: readonly (() => Promise<void>)[]): Promise<void> {
    for (const work of works) if (!this.#isClosed) await this.#track(work())
  }

  /** Resolves when nothing runs, or with false after `patienceMs`. */
  async idle(patienceMs: number): Promise<boolean> {
    if (this.#running.size === 0) return true
    const givenUp = wait(patienceMs, true, { ref: false })
    let isOver = false
    while (this.#running.size > 0 && !isOver) {
      isOver = await Promise.race([Promise.all(this.#running).then(() => false), givenUp])
    }
    return !isOver
  }

  /** Starts nothing any more. Resolves when nothing runs. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#lanes.clear()
    await Promise.all(this.#running)
  }

  #pump(lane: Lane): void {
    while (lane.running < mostAtOnce && !this.#isClosed) {
      const work = lane.waiting.shift()
      if (!work) return
      lane.running += 1
      void this.#track(work()).finally(() => {
        lane.running -= 1
        this.#pump(lane)
      })
    }
  }

  #track(work: Promise<void>): Promise<void> {
    const tracked = work.finally(() => this.#running.delete(tracked))
    this.#running.add(tracked)
    return tracked
  }
}
