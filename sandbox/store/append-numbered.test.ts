import { expect, test } from 'vitest'
import { appendNumbered } from '@/sandbox/store/append-numbered'
import { Store } from '@/sandbox/store/store'

const entry = (requestId: string) => ({
  time: 0,
  method: 'POST',
  path: '/v1/customers',
  idempotencyKey: null,
  paramsHash: '',
  status: 200,
  resultId: null,
  replayed: false,
  requestId,
})

test('numbers go on, and no more rows are kept than told', async () => {
  const { store } = await Store.open(undefined)
  for (let index = 1; index <= 10; index++) {
    store.transact(() => appendNumbered(store, 'ledger', 3, entry(`req_${index}`)))
  }
  expect([...store.table('ledger').all()].map(({ seq, requestId }) => [seq, requestId])).toEqual([
    [8, 'req_8'],
    [9, 'req_9'],
    [10, 'req_10'],
  ])
})
