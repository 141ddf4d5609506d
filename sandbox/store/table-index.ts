/** Entries by the value of one field. Most values have one entry, which then needs no set around it. */
export class Index<Entry extends object> {
  readonly #held = new Map<unknown, Entry | Set<Entry>>()

  /** Null is no value: it is not indexed. */
  add(key: unknown, entry: Entry): void {
    if (key === null || key === undefined) return
    const held = this.#held.get(key)
    if (held === undefined) this.#held.set(key, entry)
    else if (held instanceof Set) held.add(entry)
    else this.#held.set(key, new Set([held, entry]))
  }

  remove(key: unknown, entry: Entry): void {
    const held = this.#held.get(key)
    if (held instanceof Set) held.delete(entry)
    if (held === entry || (held instanceof Set && held.size === 0)) this.#held.delete(key)
  }

  get(key: unknown): Iterable<Entry> {
    const held = this.#held.get(key)
    if (held === undefined) return []
    return held instanceof Set ? held : [held]
  }

  count(key: unknown): number {
    const held = this.#held.get(key)
    if (held === undefined) return 0
    return held instanceof Set ? held.size : 1
  }
}
