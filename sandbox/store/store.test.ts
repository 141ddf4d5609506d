import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LedgerEntry } from '@/sandbox/ledger'
import { Store } from '@/sandbox/store/store'

const entry = (seq: number, path = '/v1/customers'): LedgerEntry => ({
  id: String(seq),
  seq,
  time: 1,
  method: 'POST',
  path,
  idempotencyKey: null,
  paramsHash: '',
  status: 200,
  resultId: null,
  replayed: false,
  requestId: 'req_1',
})

let directory = ''
const journal = () => join(directory, 'journal.jsonl')
const ledgerOf = (store: Store) => [...store.table('ledger').all()].map(({ seq, path }) => `${seq} ${path}`)

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sandbox-store-'))
})
afterEach(() => rmSync(directory, { recursive: true }))

async function written(...seqs: number[]): Promise<void> {
  const { store } = await Store.open(directory)
  for (const seq of seqs) store.transact(() => store.put('ledger', entry(seq)))
  await store.durable()
  // No close: what `durable` promised must not depend on a tidy end.
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

  test('is one record of the journal, and none when it changes nothing', async () => {
    const { store } = await Store.open(directory)
    store.transact(() => {
      store.put('ledger', entry(1))
      store.put('ledger', entry(2))
    })
    store.transact(() => store.get('ledger', '1'))
    await store.durable()
    expect(readFileSync(journal(), 'utf8').trimEnd().split('\n')).toHaveLength(1)
    await store.close()
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

  test('forgets at a start what has been overwritten and dropped', async () => {
    const { store } = await Store.open(directory)
    for (let round = 0; round < 50; round++) store.transact(() => store.put('ledger', entry(1, `/${round}`)))
    store.transact(() => store.put('ledger', entry(2)))
    store.transact(() => store.drop('ledger', '2'))
    await store.close()
    const before = statSync(journal()).size
    const { store: next } = await Store.open(directory)
    expect(statSync(journal()).size).toBeLessThan(before / 10)
    expect(ledgerOf(next)).toEqual(['1 /49'])
    await next.close()
  })

  test('drops a record that was torn at any byte, and can be written on', async () => {
    await written(1, 2)
    const whole = readFileSync(journal())
    const second = whole.indexOf('\n') + 1
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
    writeFileSync(journal(), readFileSync(journal(), 'utf8').replace('{', ''))
    await expect(Store.open(directory)).rejects.toThrow(/damaged at line 1/)
  })

  test('lets many wait for one flush', async () => {
    const { store } = await Store.open(directory)
    const waits = Array.from({ length: 200 }, (_, seq) => {
      store.transact(() => store.put('ledger', entry(seq)))
      return store.durable()
    })
    await Promise.all(waits)
    expect(readFileSync(journal(), 'utf8').trimEnd().split('\n')).toHaveLength(200)
    await store.close()
  })
})
