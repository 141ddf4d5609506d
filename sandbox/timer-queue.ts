import type { Change, Store } from '@/sandbox/store/store'
import type { TimerRecord } from '@/sandbox/timers'

/** `turn` tells apart the timers of one moment: the one that was set first comes first. */
type Entry = { at: number; turn: number; id: string }

/**
 * The timers of the store in the order in which they fall due, one queue per clock, so that nobody has to look through
 * all of them. The store knows what is true: an entry whose timer was moved or taken back is skipped when it comes up.
 */
export class TimerQueue {
  readonly #queues = new Map<string | null, Entry[]>()
  #turns = 0

  constructor(private readonly store: Store) {}

  /** Begins anew from what the store holds. */
  rebuild(): void {
    this.#queues.clear()
    // By their indexed fields, because reading a hundred thousand rows would hold up the start.
    for (const { id, keys } of this.store.table('timers').places()) {
      const [at, clock] = keys
      if (typeof at === 'number') this.#add({ id, at, clock: typeof clock === 'string' ? clock : null })
    }
  }

  /** Takes in what a transaction has set. */
  note(changes: readonly Change[]): void {
    for (const change of changes) {
      if ('put' in change && change.put === 'timers') this.#add(change.row as TimerRecord)
    }
  }

  /** The first timer of a clock, null being the world's, that is due at `now`. */
  firstDue(clock: string | null, now: number): TimerRecord | undefined {
    const queue = this.#queues.get(clock) ?? []
    for (let first = queue[0]; first && first.at <= now; first = queue[0]) {
      const timer = this.store.get('timers', first.id)
      if (timer?.at === first.at && timer.clock === clock) return timer
      removeFirst(queue)
    }
    return undefined
  }

  #add({ id, at, clock }: Pick<TimerRecord, 'id' | 'at' | 'clock'>): void {
    const queue = this.#queues.get(clock) ?? []
    this.#queues.set(clock, queue)
    insert(queue, { at, turn: this.#turns++, id })
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.at === b.at ? a.turn < b.turn : a.at < b.at
}

/** Keeps `heap` a binary heap with the earliest entry first. */
function insert(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    const parent = heap[above]
    if (!parent || isBefore(parent, entry)) break
    heap[at] = parent
    at = above
  }
  heap[at] = entry
}

function removeFirst(heap: Entry[]): void {
  const last = heap.pop()
  if (!last || heap.length === 0) return
  let at = 0
  for (;;) {
    const child = earlierChild(heap, at)
    const below = heap[child]
    if (!below || isBefore(last, below)) break
    heap[at] = below
    at = child
  }
  heap[at] = last
}

function earlierChild(heap: readonly Entry[], at: number): number {
  const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]]
  return left && right && isBefore(right, left) ? 2 * at + 2 : 2 * at + 1
}
