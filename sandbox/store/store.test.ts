import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LedgerEntry } from '@/sandbox/ledger'
import { entry } from '@/sandbox/store/sample-row'
import { Store } from '@/sandbox/store/store'

let directory = ''
const journal = () => join(directory, 'journal.jsonl')
const ledgerOf = (store: Store) => [...store.table('ledger').all()].map(({ seq, path }) => `${seq} ${path}`)

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-store-'))
})
const left: Store[] = []
afterEach(async () => {
  for (const store of left.splice(0)) await store.close()
  rmSync(directory, { recursive: true })
})

async function written(...seqs: number[]): Promise<void> {
  const { store } = await Store.open(directory)
  for (const seq of seqs) store.transact(() => store.put('ledger', entry(seq)))
  await store.durable()
  // Closed later: what `durable` promised must not depend on a tidy end.
  left.push(store)
}

describe('a transaction', () => {
  test('that throws leaves everything as it was', async () => {
    const { store } = await Store.open(undefined)
    store.transact(() => {
      store.put('ledger', entry(1))
      store.put('ledger', entry(2))
    })
    expect(() =>
      store.transact(() => {
        store.put('ledger', entry(1, '/changed'))
        store.drop('ledger', '2')
        store.put('ledger', entry(3))
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(ledgerOf(store)).toEqual(['1 /v1/customers', '2 /v1/customers'])
  })

  test('may roll back and go on', async () => {
    const { store } = await Store.open(undefined)
    const { changes } = store.transact(() => {
      store.put('ledger', entry(1))
      store.rollback()
      store.put('ledger', entry(2))
    })
    expect(changes).toHaveLength(1)
    expect(ledgerOf(store)).toEqual(['2 /v1/customers'])
  })

  test('may rehearse, which leaves nothing but the answer', async () => {
    const { store } = await Store.open(directory)
    const { changes } = store.transact(() => {
      store.put('ledger', entry(1))
      const rehearsal = store.rehearse(() => {
        store.put('ledger', entry(1, '/rehearsed'))
        store.put('ledger', entry(2))
        return ledgerOf(store)
      })
      expect(rehearsal.value).toEqual(['1 /rehearsed', '2 /v1/customers'])
      expect(rehearsal.changes).toHaveLength(2)
      expect(ledgerOf(store)).toEqual(['1 /v1/customers'])
      expect(() =>
        store.rehearse(() => {
          store.drop('ledger', '1')
          throw new Error('no')
        }),
      ).toThrow('no')
      store.put('ledger', entry(3))
    })
    expect(changes).toHaveLength(2)
    await store.close()
    const { store: again } = await Store.open(directory)
    expect(ledgerOf(again)).toEqual(['1 /v1/customers', '3 /v1/customers'])
    await again.close()
  })

  test('is one record of the journal, and none when it changes nothing', async () => {
    const { store } = await Store.open(directory)
    store.transact(() => {
      store.put('ledger', entry(1))
      store.put('ledger', entry(2))
    })
    store.transact(() => store.get('ledger', '1'))
    await store.durable()
    // The heading, what changed, and two rows.
    expect(readFileSync(journal(), 'utf8').trimEnd().split('\n')).toHaveLength(4)
    await store.close()
  })

  test('writes only the last of several puts of one row, in the place of the first', async () => {
    const { store } = await Store.open(directory)
    const { changes } = store.transact(() => {
      store.put('ledger', entry(1))
      store.put('ledger', entry(2))
      store.put('ledger', entry(1, '/last'))
      store.drop('ledger', '2')
      store.put('ledger', entry(2, '/again'))
    })
    expect(changes.map((change) => ('put' in change ? (change.row as LedgerEntry).path : 'drop'))).toEqual([
      '/last',
      '/v1/customers',
      'drop',
      '/again',
    ])
    await store.close()
    const { store: again } = await Store.open(directory)
    expect(ledgerOf(again)).toEqual(['1 /last', '2 /again'])
    await again.close()
  })
})

describe('the journal', () => {
  test('brings everything back in its order', async () => {
    await written(3, 1, 2)
    const { store, torn } = await Store.open(directory)
    expect(torn).toBe(false)
    expect(ledgerOf(store).map((line) => line[0])).toEqual(['3', '1', '2'])
    await store.close()
  })

  test('is rewritten as what is still true, while everything goes on', async () => {
    const { store } = await Store.open(directory)
    for (let round = 0; round < 50; round++) store.transact(() => store.put('ledger', entry(1, `/${round}`)))
    store.transact(() => store.put('ledger', entry(2)))
    store.transact(() => store.put('ledger', entry(3)))
    store.transact(() => store.drop('ledger', '3'))
    await store.durable()
    const before = statSync(journal()).size
    const rewriting = store.compact()
    store.transact(() => store.put('ledger', entry(4)))
    store.transact(() => store.put('ledger', entry(2, '/meanwhile')))
    await Promise.all([rewriting, store.durable()])
    store.transact(() => store.put('ledger', entry(5)))
    await store.durable()
    const expected = ['1 /49', '2 /meanwhile', '4 /v1/customers', '5 /v1/customers']
    expect(statSync(journal()).size).toBeLessThan(before / 5)
    expect(ledgerOf(store)).toEqual(expected)
    const { store: next } = await Store.open(directory)
    expect(ledgerOf(next)).toEqual(expected)
    await Promise.all([store.close(), next.close()])
  })

  test('drops a record that was torn at any byte, and can be written on', async () => {
    await written(1, 2)
    const whole = readFileSync(journal())
    const second = whole.lastIndexOf('{"crc"')
    for (let length = second + 1; length < whole.length; length += 7) {
      writeFileSync(journal(), whole.subarray(0, length))
      const { store, torn } = await Store.open(directory)
      expect(torn).toBe(true)
      expect(ledgerOf(store)).toEqual(['1 /v1/customers'])
      store.transact(() => store.put('ledger', entry(9)))
      await store.close()
      const { store: again } = await Store.open(directory)
      expect(ledgerOf(again)).toEqual(['1 /v1/customers', '9 /v1/customers'])
      await again.close()
    }
  })

  test('takes garbage at its end for a torn record', async () => {
    await written(1)
    appendFileSync(journal(), '\0\0\0\0\n')
    const { store, torn } = await Store.open(directory)
    expect([torn, ledgerOf(store)]).toEqual([true, ['1 /v1/customers']])
    await store.close()
  })

  test('refuses to begin when an earlier record is damaged', async () => {
    await written(1, 2)
    writeFileSync(journal(), readFileSync(journal(), 'utf8').replace('/v1/customers', '/v1/customerz'))
    await expect(Store.open(directory)).rejects.toThrow(/damaged at byte/)
  })

  test('refuses a file that it did not write', async () => {
    writeFileSync(journal(), '{"changes":[]}\n')
    await expect(Store.open(directory)).rejects.toThrow(/not written by this version/)
  })

  test('begins anew when it was cut while it was begun', async () => {
    writeFileSync(journal(), '{"duebook')
    const { store, torn } = await Store.open(directory)
    expect([torn, ledgerOf(store)]).toEqual([true, []])
    await store.close()
  })

  test('lets many wait for one flush', async () => {
    const { store } = await Store.open(directory)
    const waits = Array.from({ length: 200 }, (_, seq) => {
      store.transact(() => store.put('ledger', entry(seq)))
      return store.durable()
    })
    await Promise.all(waits)
    const { store: next } = await Store.open(directory)
    expect(next.table('ledger').size).toBe(200)
    await Promise.all([store.close(), next.close()])
  })
})
