import { chance } from '@/sandbox/faults/chance'

/** What all planted faults have in common. */
export type Planted = {
  id: string
  /** Hits it has left; null for any number. */
  left: number | null
  /** How likely it hits what it fits: above 0, up to 1. Which ones it hits follows from the sandbox's seed. */
  probability: number
  /** Hits so far. */
  hits: number
}

/** Planted faults of one kind, oldest first. They are forgotten on exit, and each when its last hit is spent. */
export class FaultBook<F extends Planted> {
  #faults: F[] = []
  #planted = 0
  readonly #draws = new Map<string, number>()

  constructor(
    private readonly prefix: string,
    private readonly seed: string,
  ) {}

  plant(fault: Omit<F, 'id' | 'hits'>): F {
    this.#planted += 1
    const planted = { ...fault, id: `${this.prefix}_${this.#planted}`, hits: 0 } as F
    this.#faults.push(planted)
    return planted
  }

  all(): readonly F[] {
    return this.#faults
  }

  /** Answers whether there was such a fault. */
  lift(id: string): boolean {
    const before = this.#faults.length
    this.#faults = this.#faults.filter((fault) => fault.id !== id)
    return this.#faults.length < before
  }

  clear(): void {
    this.#faults = []
  }

  /** The first fault that fits and is not spared by chance; counts it as used. */
  strike(fits: (fault: F) => boolean): F | undefined {
    const hit = this.#faults.find((fault) => fits(fault) && this.#hits(fault))
    if (hit) this.#faults = this.#faults.flatMap((fault) => (fault === hit ? spent(fault) : [fault]))
    return hit
  }

  #hits({ id, probability }: F): boolean {
    if (probability >= 1) return true
    const draw = this.#draws.get(id) ?? 0
    this.#draws.set(id, draw + 1)
    return chance(`${this.seed}:${id}:${draw}`) < probability
  }
}

function spent<F extends Planted>(fault: F): F[] {
  const left = fault.left === null ? null : fault.left - 1
  return left === 0 ? [] : [{ ...fault, left, hits: fault.hits + 1 }]
}

/** A star at the end stands for anything, a star before it for one segment of a path. */
export function fitsPattern(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/\*(?=.)/g, '[^/]+')
    .replace(/\*$/, '.*')
  return new RegExp(`^${source}$`, 's').test(text)
}
