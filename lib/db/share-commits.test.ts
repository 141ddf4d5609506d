import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CommitRules, shareCommits, TooManyWaiting } from './share-commits'

/* A table in memory that commits all or nothing after a while, and fails as PostgreSQL does. */

type Item = { id: number; bytes: number; isPoison: boolean }
class Unavailable extends Error {}
class Deadlock extends Error {}
class Refused extends Error {}

type Fate = 'well' | 'away' | 'deadlock' | 'lost answer'

function table(fates: Fate[]) {
  const committed = new Set<number>()
  const batches: Item[][] = []
  let writers = 0
  const tick = () => new Promise((resolve) => setImmediate(resolve))
  return {
    committed,
    batches,
    write: async (items: Item[]): Promise<boolean[]> => {
      batches.push(items)
      writers += 1
      if (writers > 1) throw new Error('two commits at once')
      await tick()
      writers -= 1
      const fate = fates.shift() ?? 'well'
      if (fate === 'away') throw new Unavailable()
      if (fate === 'deadlock') throw new Deadlock()
      if (items.some((item) => item.isPoison)) throw new Refused()
      const isNew = items.map(({ id }) => committed.size < committed.add(id).size)
      if (fate === 'lost answer') throw new Unavailable()
      return isNew
    },
  }
}

const limits = { mostItems: 5, mostBytes: 60, mostWaiting: 20, mostWaitingBytes: 300 }
const rules = (write: CommitRules<Item, boolean>['write']): CommitRules<Item, boolean> => ({
  ...limits,
  write,
  sizeOf: ({ bytes }) => bytes,
  isEverybodys: (error) => error instanceof Unavailable,
  isPassing: (error) => error instanceof Deadlock,
})

type Answer = { item: Item; isNew: boolean; wasCommitted: boolean } | { item: Item; error: unknown }

/** Adds `items`, as many at a time as `bursts` say, and collects every answer. */
async function addAll(items: Item[], bursts: number[], fates: Fate[]) {
  const store = table([...fates])
  const add = shareCommits(rules(store.write))
  const answers: Promise<Answer>[] = []
  for (const item of items) {
    answers.push(
      add(item).then(
        (isNew) => ({ item, isNew, wasCommitted: store.committed.has(item.id) }),
        (error: unknown) => ({ item, error }),
      ),
    )
    if (bursts[answers.length % bursts.length] === 0) await new Promise((resolve) => setImmediate(resolve))
  }
  return { store, answers: await Promise.all(answers) }
}

const someItem = fc.record({
  id: fc.integer({ min: 0, max: 40 }),
  bytes: fc.integer({ min: 1, max: 80 }),
  isPoison: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
})
const someItems = fc.array(someItem, { maxLength: 60 })
const someBursts = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 })
const someFates = fc.array(fc.constantFrom<Fate>('well', 'well', 'well', 'away', 'deadlock', 'lost answer'), {
  maxLength: 30,
})

describe('commits that are shared', () => {
  it('answer everybody once, and well only about what is committed', async () => {
    await fc.assert(
      fc.asyncProperty(someItems, someBursts, someFates, async (items, bursts, fates) => {
        const { store, answers } = await addAll(items, bursts, fates)
        expect(answers.map(({ item }) => item)).toEqual(items)
        for (const answer of answers) if ('isNew' in answer) expect(answer.wasCommitted).toBe(true)
        for (const batch of store.batches) {
          const bytes = batch.reduce((sum, item) => sum + item.bytes, 0)
          expect(batch.length).toBeGreaterThan(0)
          expect(batch.length).toBeLessThanOrEqual(limits.mostItems)
          expect(bytes <= limits.mostBytes || batch.length === 1).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('call an item new once, however often it comes and whatever happens between', async () => {
    await fc.assert(
      fc.asyncProperty(someItems, someBursts, someFates, async (items, bursts, fates) => {
        const good = items.map((item) => ({ ...item, isPoison: false }))
        const { answers } = await addAll(good, bursts, fates)
        const news = answers.flatMap((answer) => ('isNew' in answer && answer.isNew ? [answer.item.id] : []))
        expect(new Set(news).size).toBe(news.length)
      }),
      { numRuns: 300 },
    )
  })

  it('let an item that cannot be written fail alone', async () => {
    await fc.assert(
      fc.asyncProperty(someItems, someBursts, async (items, bursts) => {
        const { answers } = await addAll(items, bursts, [])
        for (const answer of answers) {
          if ('isNew' in answer) expect(answer.item.isPoison).toBe(false)
          else if (answer.error instanceof Refused) expect(answer.item.isPoison).toBe(true)
          else expect(answer.error).toBeInstanceOf(TooManyWaiting)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('tell everybody who waits, as soon as nothing can be written', async () => {
    const store = table(['away'])
    const add = shareCommits(rules(store.write))
    const items = Array.from({ length: 12 }, (_, id) => ({ id, bytes: 1, isPoison: false }))
    const outcomes = await Promise.allSettled(items.map(add))
    for (const outcome of outcomes) expect(outcome).toMatchObject({ reason: expect.any(Unavailable) })
    expect(store.batches).toHaveLength(1)
    await expect(add({ id: 99, bytes: 1, isPoison: false })).resolves.toBe(true)
  })

  it('stop writing one by one when nothing can be written any more', async () => {
    const store = table(['well', 'well', 'away'])
    const add = shareCommits(rules(store.write))
    const items = Array.from({ length: 5 }, (_, id) => ({ id, bytes: 1, isPoison: id === 4 }))
    const outcomes = await Promise.allSettled(items.map(add))
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ])
    expect(store.batches.map((batch) => batch.length)).toEqual([5, 1, 1])
  })

  it('take no more than may wait, and say so', async () => {
    const store = table([])
    const add = shareCommits(rules(store.write))
    const small = Array.from({ length: 25 }, (_, id) => ({ id, bytes: 1, isPoison: false }))
    const outcomes = await Promise.allSettled(small.map(add))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(limits.mostWaiting)
    expect(outcomes.at(-1)).toMatchObject({ reason: expect.any(TooManyWaiting) })
    const large = [80, 80, 80, 80].map((bytes, id) => ({ id, bytes, isPoison: false }))
    const last = await Promise.allSettled(large.map(add))
    expect(last.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  })

  it('give up on a deadlock that does not pass, after a few tries', async () => {
    const store = table(['deadlock', 'deadlock', 'deadlock', 'deadlock'])
    const add = shareCommits(rules(store.write))
    await expect(add({ id: 1, bytes: 1, isPoison: false })).rejects.toBeInstanceOf(Deadlock)
    expect(store.batches).toHaveLength(4)
  })
})
