import { createHash } from 'node:crypto'

/** A number from 0 up to but not including 1 that depends on nothing but `text`. */
export function chance(text: string): number {
  return createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48
}

/** The items in another order that depends on nothing but `text`; two or more never stay as they are. */
export function shuffled<T>(items: readonly T[], text: string): T[] {
  const order = items
    .map((item, index) => ({ item, index, at: chance(`${text}:${index}`) }))
    .sort((a, b) => a.at - b.at)
  const same = order.every(({ index }, place) => index === place)
  const mixed = order.map(({ item }) => item)
  return same ? [...mixed.slice(1), ...mixed.slice(0, 1)] : mixed
}
