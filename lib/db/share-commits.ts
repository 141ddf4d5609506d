/*
 * A commit waits for the disk, and that costs the same for one row as for a hundred. So callers that come at the same time
 * share one: what arrives while a commit is under way goes into the next.
 */

export type CommitRules<Item, Answer> = {
  /** Writes all items or none of them, durably, and answers for each, in their order. */
  write(items: Item[]): Promise<Answer[]>
  sizeOf(item: Item): number
  /** Of one commit. A single item may be larger. */
  mostItems: number
  mostBytes: number
  /** What may wait at the same time, so that a database that is away does not fill the memory. */
  mostWaiting: number
  mostWaitingBytes: number
  /** Whether a failure would hit every other item too, as opposed to being about something in this batch. */
  isEverybodys(error: unknown): boolean
  /** Whether the same may work a moment later: a deadlock, a serialization failure. */
  isPassing(error: unknown): boolean
}

/** More wait for the database than may. */
export class TooManyWaiting extends Error {
  override name = 'TooManyWaiting'
}

type Waiter<Item, Answer> = {
  item: Item
  bytes: number
  resolve(answer: Answer): void
  reject(error: unknown): void
}

const mostTries = 4
/** How long a batch that failed is written item by item, while the others wait. */
const patienceMs = 5_000

/**
 * Returns a function that writes one item and answers when the commit that holds it is done, and not before. An item that
 * cannot be written fails alone. When nothing can be written now, everybody who waits is told so at once.
 */
export function shareCommits<Item, Answer>(
  rules: CommitRules<Item, Answer>,
): (item: Item) => Promise<Answer> {
  const waiting: Waiter<Item, Answer>[] = []
  let waitingBytes = 0
  let isWriting = false

  function take(count: number): Waiter<Item, Answer>[] {
    const taken = waiting.splice(0, count)
    for (const { bytes } of taken) waitingBytes -= bytes
    return taken
  }

  function nextBatch(): Waiter<Item, Answer>[] {
    let count = 0
    let bytes = 0
    for (const waiter of waiting) {
      bytes += waiter.bytes
      if (count === rules.mostItems || (count > 0 && bytes > rules.mostBytes)) break
      count += 1
    }
    return take(count)
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) await writeBatch(nextBatch())
    isWriting = false
  }

  async function writeBatch(batch: Waiter<Item, Answer>[]): Promise<void> {
    try {
      await writeTogether(batch)
    } catch (error) {
      if (rules.isEverybodys(error)) rejectAll([...batch, ...take(waiting.length)], error)
      else if (batch.length === 1) rejectAll(batch, error)
      else await writeOneByOne(batch)
    }
  }

  async function writeTogether(batch: Waiter<Item, Answer>[]): Promise<void> {
    const answers = await tryAgain(() => rules.write(batch.map(({ item }) => item)), rules.isPassing)
    for (const [at, answer] of answers.entries()) batch[at]?.resolve(answer)
  }

  async function writeOneByOne(batch: Waiter<Item, Answer>[]): Promise<void> {
    const end = performance.now() + patienceMs
    for (const [at, waiter] of batch.entries()) {
      try {
        await writeTogether([waiter])
      } catch (error) {
        const isOver = rules.isEverybodys(error) || performance.now() > end
        rejectAll(isOver ? batch.slice(at) : [waiter], error)
        if (isOver) return
      }
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      const bytes = rules.sizeOf(item)
      if (waiting.length >= rules.mostWaiting || waitingBytes + bytes > rules.mostWaitingBytes) {
        reject(new TooManyWaiting(`${waiting.length} wait already`))
        return
      }
      waiting.push({ item, bytes, resolve, reject })
      waitingBytes += bytes
      if (isWriting) return
      isWriting = true
      // What this turn of the event loop still brings in goes along.
      setImmediate(() => void writeAll())
    })
}

function rejectAll(waiters: { reject(error: unknown): void }[], error: unknown): void {
  for (const { reject } of waiters) reject(error)
}

async function tryAgain<T>(attempt: () => Promise<T>, isPassing: (error: unknown) => boolean): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries === mostTries || !isPassing(error)) throw error
      // By chance, so that two that ran into each other do not do so again.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * tries))
    }
  }
}
