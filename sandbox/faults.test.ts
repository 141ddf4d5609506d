import { expect, test } from 'vitest'
import { Faults } from '@/sandbox/faults'

const fault = {
  method: null,
  path: '/v1/invoices',
  left: null,
  effect: 'hang',
  status: 500,
  code: null,
  delayMs: 0,
} as const

test('a fault hits as often as it is told, then no more', () => {
  const faults = new Faults()
  faults.plant({ ...fault, left: 2 })
  const hits = [1, 2, 3].map(() => faults.forRequest('POST', '/v1/invoices')?.effect)
  expect(hits).toEqual(['hang', 'hang', undefined])
  expect(faults.requests()).toEqual([])
})

test('a path is exact unless it ends in a star, and a method counts when it is named', () => {
  const faults = new Faults()
  faults.plant({ ...fault, method: 'POST' })
  expect(faults.forRequest('GET', '/v1/invoices')).toBeUndefined()
  expect(faults.forRequest('POST', '/v1/invoices/in_1/pay')).toBeUndefined()
  faults.plant({ ...fault, path: '/v1/invoices/*' })
  expect(faults.forRequest('GET', '/v1/invoices/in_1')?.path).toBe('/v1/invoices/*')
})

test('a star within a path stands for one segment', () => {
  const faults = new Faults()
  faults.plant({ ...fault, path: '/v1/invoices/*/finalize' })
  expect(faults.forRequest('POST', '/v1/invoices/in_1/send')).toBeUndefined()
  expect(faults.forRequest('POST', '/v1/invoices/in_1/lines/finalize')).toBeUndefined()
  expect(faults.forRequest('POST', '/v1/invoices/finalize')).toBeUndefined()
  expect(faults.forRequest('POST', '/v1/invoices/in_1/finalize')?.left).toBe(fault.left)
})

test('the fault planted first hits first', () => {
  const faults = new Faults()
  faults.plantDelivery({ types: ['invoice.*'], left: 1, effect: 'drop', delayMs: 0 })
  faults.plantDelivery({ types: ['*'], left: null, effect: 'delay', delayMs: 7 })
  expect(faults.forDelivery('invoice.paid')).toEqual({ effect: 'drop' })
  expect(faults.forDelivery('invoice.paid')).toEqual({ effect: 'delay', delayMs: 7 })
})
