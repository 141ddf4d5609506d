type Holdable = { event: { id: string } }

/** What is kept back by planted faults, oldest first. */
export class Held<D extends Holdable> {
  #rows: { delivery: D; gathering: string | null }[] = []

  hold(delivery: D): void {
    this.#rows.push({ delivery, gathering: null })
  }

  /** Keeps a delivery until `size` of the same fault are together, then gives all of them out. */
  gather(delivery: D, { id, size }: { id: string; size: number }): D[] {
    this.#rows.push({ delivery, gathering: id })
    const together = this.#rows.filter(({ gathering }) => gathering === id)
    return together.length < size ? [] : this.#take(together)
  }

  /** Gives out exactly the events of `order`, in that order, or everything. */
  release(order: readonly string[] | undefined): D[] {
    return this.#take(
      order?.flatMap((id) => this.#rows.filter(({ delivery }) => delivery.event.id === id)) ?? this.#rows,
    )
  }

  clear(): void {
    this.#rows = []
  }

  #take(going: { delivery: D }[]): D[] {
    const taken = new Set(going)
    this.#rows = this.#rows.filter((row) => !taken.has(row))
    return going.map(({ delivery }) => delivery)
  }
}
