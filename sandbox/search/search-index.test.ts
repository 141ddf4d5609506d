import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { Engine } from '@/sandbox/engine'
import { answerApi } from '@/sandbox/http/api'
import type { CustomerRecord } from '@/sandbox/resources/customer-record'
import { SearchIndex } from '@/sandbox/search/search-index'
import { newSettings } from '@/sandbox/settings'
import { Store } from '@/sandbox/store/store'

async function newStore(lag = 0): Promise<Store> {
  const { store } = await Store.open(undefined)
  store.transact(() => {
    const settings = newSettings('1')
    store.put('settings', { ...settings, sandbox: { ...settings.sandbox, search_lag_seconds: lag } })
  })
  return store
}

/** A sandbox without a socket, so that what is answered when follows from nothing but its own turns. */
async function newEngine() {
  const engine = new Engine(await newStore(), 'http://127.0.0.1:1', [], null)
  async function ask(method: string, path: string, form = '') {
    const [query, body] = method === 'GET' ? [form, ''] : ['', form]
    const headers = { authorization: 'Bearer sk_test_search' }
    const outcome = await answerApi(engine, { method, path, query, body, headers }, () => undefined)
    if (!('reply' in outcome)) throw new Error('Nothing was answered')
    return JSON.parse(String(outcome.reply.body))
  }
  return { engine, ask }
}

describe('the first search of a kind', () => {
  test('lets others have their turn, and finds what they did', async () => {
    const { engine, ask } = await newEngine()
    const ids: string[] = []
    for (let n = 0; n < 450; n++) ids.push((await ask('POST', '/v1/customers', `name=Customer ${n}`)).id)
    engine.catchUp()
    let isAnswered = false
    const searching = ask('GET', '/v1/customers/search', 'query=name~"renamed"').then((page) => {
      isAnswered = true
      return page
    })
    for (const id of [ids[449], ids[0], ids[200]]) {
      await nextTurn()
      expect(await ask('POST', `/v1/customers/${id}`, 'name=Renamed')).toMatchObject({ id })
      expect(isAnswered).toBe(false)
    }
    const { id } = await ask('POST', '/v1/customers', 'name=Renamed too')
    expect(isAnswered).toBe(false)
    const { data } = await searching
    expect(data.map((each: { id: string }) => each.id)).toEqual([id, ids[449], ids[200], ids[0]])
  })

  test('is right when everything was forgotten meanwhile', async () => {
    const { engine, ask } = await newEngine()
    for (let n = 0; n < 250; n++) await ask('POST', '/v1/customers', `name=Customer ${n}`)
    const searching = ask('GET', '/v1/customers/search', 'query=name~"customer"')
    await nextTurn()
    engine.reset()
    await ask('POST', '/v1/customers', 'name=Customer of a new world')
    expect((await searching).data).toMatchObject([{ name: 'Customer of a new world' }])
  })
})

const place = fc.nat(199)
const step = fc.oneof(
  fc.record({ do: fc.constant('rename' as const), place }),
  fc.record({ do: fc.constant('delete' as const), place }),
  fc.record({ do: fc.constant('create' as const) }),
  fc.record({ do: fc.constant('refuse' as const), place }),
  fc.record({ do: fc.constant('turn' as const) }),
  fc.record({ do: fc.constant('search' as const) }),
)

describe('whatever changes before, while and after a kind is read', () => {
  let template: CustomerRecord

  beforeAll(async () => {
    const { engine, ask } = await newEngine()
    const { id } = await ask('POST', '/v1/customers')
    const row = engine.store.get('customers', id)
    if (row) template = row
  })

  /** Two hundred customers, and a model of what is known of them when. */
  class World {
    readonly ids = Array.from({ length: 200 }, (_, n) => `cus_${n}`)
    readonly index: SearchIndex
    now = 100
    /** Who had which name from when on; null is nobody any more. */
    readonly #history: { at: number; id: string; name: string | null }[]

    constructor(
      readonly store: Store,
      readonly lag: number,
    ) {
      this.#history = this.ids.map((id) => ({ at: 0, id, name: 'first' }))
      store.transact(() => {
        for (const id of this.ids) this.#put(id, 'first')
      })
      this.index = new SearchIndex(store)
    }

    change(id: string, name: string | null): void {
      this.index.prepare()
      const { changes } = this.store.transact(() =>
        name === null ? this.store.drop('customers', id) : this.#put(id, name),
      )
      this.index.note(changes, this.now)
      this.#history.push({ at: this.now, id, name })
    }

    refuse(id: string): void {
      this.index.prepare()
      const work = () => {
        this.#put(id, 'never')
        throw new Error('refused')
      }
      expect(() => this.store.transact(work)).toThrow('refused')
    }

    check(): void {
      const model = new Map<string, string>()
      for (const { at, id, name } of this.#history) {
        if (at > this.now - this.lag) continue
        if (name === null) model.delete(id)
        else model.set(id, name)
      }
      const docs = [...this.index.at('customers', this.now).all()]
      // What has been dropped is shown by no search, whatever is still known of it.
      const isThere = ([id]: readonly unknown[]) => this.store.table('customers').has(String(id))
      expect(docs.map(({ id, values }) => [id, values.name]).filter(isThere)).toEqual(
        [...model].filter(isThere),
      )
    }

    #put(id: string, name: string): void {
      this.store.put('customers', { ...template, id, name })
    }
  }

  type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never

  async function take(world: World, each: Step): Promise<void> {
    world.now += 1
    if (each.do === 'turn') await nextTurn()
    else if (each.do === 'search') void world.index.ready('customers')
    else if (each.do === 'create') world.change(`cus_at_${world.now}`, 'new')
    else {
      const id = `cus_${each.place}`
      if (each.do === 'refuse') world.refuse(id)
      else if (world.store.table('customers').has(id)) {
        world.change(id, each.do === 'delete' ? null : `name of ${world.now}`)
      }
    }
  }

  test.each([true, false])(
    'search knows it as late as it should, in order of creation, waited for: %s',
    async (waits) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(0, 3),
          fc.array(step, { minLength: 5, maxLength: 40 }),
          async (lag, steps) => {
            const world = new World(await newStore(lag), lag)
            for (const each of steps) await take(world, each)
            if (waits) await world.index.ready('customers')
            world.check()
            world.now += lag
            world.check()
          },
        ),
        { numRuns: 200 },
      )
    },
  )
})
