import type { Change, Store } from '@/sandbox/store/store'

type Mover = {
  /** Resolves when clocks may move. */
  ready(): Promise<void>
  /** Does everything that is due on a clock until `target`, and lets it stand there. */
  move(clockId: string, target: number): void
  /** Resolves when what was done is kept. */
  durable(): Promise<void>
}

/**
 * Moves the test clocks that were told to. The request that asks for it does not wait, and neither does any other; who
 * is stopped in the middle goes on at the next start.
 */
export class TestClockMover {
  #moving: Promise<void> = Promise.resolve()
  #isClosing = false

  constructor(
    private readonly store: Store,
    private readonly mover: Mover,
  ) {}

  /** To be told of every transaction's changes. */
  note(changes: readonly Change[]): void {
    if (changes.some(setsOff)) this.resume()
  }

  /** Moves all clocks that have not arrived yet. */
  resume(): void {
    this.#moving = this.#moving.then(() => this.#moveAll()).catch((error) => console.error(error))
  }

  /** Stops before the next clock. */
  async close(): Promise<void> {
    this.#isClosing = true
    await this.#moving
  }

  async #moveAll(): Promise<void> {
    await this.mover.ready()
    for (const { id, status_details: details } of [...this.store.table('testClocks').all()]) {
      if (details.advancing && !this.#isClosing) this.mover.move(id, details.advancing.target_frozen_time)
    }
    await this.mover.durable()
  }
}

function setsOff(change: Change): boolean {
  if (!('put' in change) || change.put !== 'testClocks') return false
  return 'status' in change.row && change.row.status === 'advancing'
}
