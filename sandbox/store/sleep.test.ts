import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entry } from '@/sandbox/store/sample-row'
import { Store } from '@/sandbox/store/store'

const seq = fc.integer({ min: 0, max: 9 })
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('put' as const), seq, path: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), seq }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('take back' as const), seq, path: fc.string() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('wait', 'rewrite', 'start again') }) },
)
type Step = { do: string; seq?: number; path?: string }

class Aborted extends Error {}

async function apply(store: Store, model: Map<number, string>, { do: what, seq: id = 0, path = '' }: Step) {
  if (what === 'put') {
    store.transact(() => store.put('ledger', entry(id, path)))
    model.set(id, path)
  } else if (what === 'drop') {
    store.transact(() => store.drop('ledger', String(id)))
    model.delete(id)
  } else if (what === 'take back') {
    expect(() =>
      store.transact(() => {
        store.put('ledger', entry(id, path))
        store.drop('ledger', String(id))
        throw new Aborted()
      }),
    ).toThrow(Aborted)
  } else if (what === 'wait') await store.durable()
  else if (what === 'rewrite') void store.compact()
}

test('with two rows in memory at a time a store answers as if it had them all', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sandbox-sleep-'))
  let journals = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const own = join(directory, String(journals++))
      const model = new Map<number, string>()
      let { store } = await Store.open(own, 2)
      for (const each of steps) {
        await apply(store, model, each)
        if (each.do === 'start again') {
          await store.close()
          store = (await Store.open(own, 2)).store
        }
        const seen = [...store.table('ledger').all()].map(({ seq, path }): [number, string] => [seq, path])
        expect(seen).toEqual([...model])
      }
      await store.close()
      const { store: last } = await Store.open(own, 2)
      expect([...last.table('ledger').all()].map(({ seq, path }) => [seq, path])).toEqual([...model])
      await last.close()
    }),
    { numRuns: 100 },
  )
  rmSync(directory, { recursive: true })
})
