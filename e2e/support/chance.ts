/** Numbers that look random and are the same for the same seed (mulberry32). */
export type Chance = {
  /** From 0 up to, and without, `below`. */
  whole(below: number): number
  happens(probability: number): boolean
  oneOf<T>(items: readonly T[]): T
}

export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const whole = (below: number) => Math.floor(next() * below)
  return {
    whole,
    happens: (probability) => next() < probability,
    oneOf: (items) => {
      const item = items[whole(items.length)]
      if (item === undefined) throw new Error('there is nothing to choose from')
      return item
    },
  }
}
