import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashRequest } from '@/sandbox/idempotency'
import { makeId } from '@/sandbox/ids'

test('the same parameters in another order are the same request', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (params) => {
      const reversed = Object.fromEntries(Object.entries(params).reverse())
      expect(hashRequest('POST', '/v1/x', reversed)).toBe(hashRequest('POST', '/v1/x', params))
    }),
  )
})

test('another path, value or shape is another request', () => {
  const requests: [string, unknown][] = [
    ['/v1/x', { a: '1' }],
    ['/v1/y', { a: '1' }],
    ['/v1/x', { a: '2' }],
    ['/v1/x', { a: ['1'] }],
    ['/v1/x', { a: { 0: '1' } }],
    ['/v1/x', { a: '1', b: '' }],
    ['/v1/x', {}],
  ]
  expect(new Set(requests.map(([path, params]) => hashRequest('POST', path, params))).size).toBe(
    requests.length,
  )
})

test('ids keep prefix and length, follow from the seed and never repeat', () => {
  expect(makeId('7', 'cus', 1)).toMatch(/^cus_[A-Za-z0-9]{14}$/)
  expect(makeId('7', 'in', 1)).toMatch(/^in_1[A-Za-z0-9]{23}$/)
  expect(makeId('7', 'in', 1)).toBe(makeId('7', 'in', 1))
  const ids = Array.from({ length: 5000 }, (_, n) => makeId('7', 'in', n))
  expect(new Set(ids).size).toBe(ids.length)
})
