import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shuffled } from '@/sandbox/faults/chance'
import { FaultBook, fitsPattern, type Planted } from '@/sandbox/faults/fault-book'
import { fitsRequest, type RequestFault } from '@/sandbox/faults/request-fault'

const fault = { left: null, probability: 1 }
const any = () => true

test('a fault hits as often as it is told, then no more', () => {
  const book = new FaultBook<Planted>('fault', '7')
  const { id } = book.plant({ ...fault, left: 2 })
  expect([1, 2, 3].map(() => book.strike(any)?.id)).toEqual([id, id, undefined])
  expect(book.all()).toEqual([])
})

test('the fault planted first hits first, as long as it is there', () => {
  const book = new FaultBook<Planted>('fault', '7')
  const [first, second] = [book.plant(fault), book.plant({ ...fault, left: 1 })]
  expect(book.strike(any)).toEqual(first)
  expect(book.strike(({ id }) => id === second.id)).toEqual(second)
  expect(book.all()).toEqual([{ ...first, hits: 1 }])
  expect([book.lift(first.id), book.lift(first.id)]).toEqual([true, false])
  expect(book.strike(any)).toBeUndefined()
})

test('by chance it hits about as often as its probability says, the same ones for the same seed', () => {
  const hitsOf = (seed: string, probability: number) => {
    const book = new FaultBook<Planted>('fault', seed)
    book.plant({ ...fault, probability })
    return Array.from({ length: 2000 }, () => book.strike(any) !== undefined)
  }
  expect(hitsOf('7', 0.25)).toEqual(hitsOf('7', 0.25))
  expect(hitsOf('8', 0.25)).not.toEqual(hitsOf('7', 0.25))
  for (const probability of [0.1, 0.5, 0.9]) {
    const share = hitsOf('7', probability).filter(Boolean).length / 2000
    expect(Math.abs(share - probability)).toBeLessThan(0.05)
  }
})

test('what one fault spares, the next may hit', () => {
  const book = new FaultBook<Planted>('fault', '7')
  const [unlikely, certain] = [book.plant({ ...fault, probability: 0.001 }), book.plant(fault)]
  expect(book.strike(any)?.id).toBe(certain.id)
  expect(book.all().find(({ id }) => id === unlikely.id)?.hits).toBe(0)
})

test.each([
  ['/v1/invoices', '/v1/invoices', true],
  ['/v1/invoices', '/v1/invoices/in_1', false],
  ['/v1/invoices*', '/v1/invoices/in_1/pay', true],
  ['/v1/invoices/*', '/v1/invoices', false],
  ['/v1/invoices/*/finalize', '/v1/invoices/in_1/finalize', true],
  ['/v1/invoices/*/finalize', '/v1/invoices/in_1/send', false],
  ['/v1/invoices/*/finalize', '/v1/invoices/in_1/lines/finalize', false],
  ['/v1/invoices/*/finalize', '/v1/invoices/finalize', false],
  ['*', 'a (b) [c]', true],
  ['a.b', 'axb', false],
])('the pattern %s and %s', (pattern, text, fits) => {
  expect(fitsPattern(pattern, text)).toBe(fits)
})

test('a request fits by method, path and idempotency key, as far as they are named', () => {
  const named = (change: Partial<RequestFault>) =>
    fitsRequest({ method: null, path: '*', key: null, ...change } as RequestFault, {
      method: 'POST',
      path: '/v1/invoices',
      key: 'op-1/create',
    })
  expect(named({})).toBe(true)
  expect(named({ method: 'POST', path: '/v1/invoices', key: 'op-1/*' })).toBe(true)
  expect(named({ method: 'GET' })).toBe(false)
  expect(named({ path: '/v1/customers' })).toBe(false)
  expect(named({ key: 'op-2/create' })).toBe(false)
  const keyed = { method: null, path: '*', key: '*' } as RequestFault
  expect(fitsRequest(keyed, { method: 'GET', path: '/v1/invoices', key: null })).toBe(false)
})

test('what is shuffled has the same items and never the same order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer(), { minLength: 2, maxLength: 12 }), fc.string(), (items, text) => {
      const mixed = shuffled(items, text)
      expect(mixed).not.toEqual(items)
      expect([...mixed].sort()).toEqual([...items].sort())
      expect(shuffled(items, text)).toEqual(mixed)
    }),
  )
})
