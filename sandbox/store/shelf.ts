import type { Journal } from '@/sandbox/store/journal'
import type { Place, Shelf, Sleeper } from '@/sandbox/store/table'

/**
 * Keeps the rows that were used last in memory and lets the others sleep in the journal.
 * @param most rows that may be awake at a time
 */
export function createShelf(journal: () => Journal, most: number): Shelf {
  const awake: (Sleeper | undefined)[] = new Array(most)
  let next = 0

  /** A row that is not on disk yet cannot sleep: it takes another turn. */
  function letGo(oldest: Sleeper): boolean {
    if (!oldest.place || !journal().holds(oldest.place)) return false
    oldest.sleep()
    return true
  }

  return {
    fetch: (place) => decode(journal().read(place), place),
    awake(sleeper) {
      for (let tries = 0; tries < most; tries++) {
        const oldest = awake[next]
        if (oldest === undefined || letGo(oldest)) break
        next = (next + 1) % most
      }
      awake[next] = sleeper
      next = (next + 1) % most
    },
  }
}

/** @throws Error for bytes that are not what was written */
function decode(row: Buffer, { offset }: Place): unknown {
  try {
    return JSON.parse(row.toString())
  } catch (cause) {
    throw new Error(`The journal is damaged at byte ${offset}.`, { cause })
  }
}
