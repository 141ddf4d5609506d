import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listensTo, previousAttributes } from '@/sandbox/events'

describe('previous attributes', () => {
  test('are the old values of what changed: leaves of hashes, whole arrays', () => {
    const before = {
      status: 'open',
      metadata: { a: '1', b: '2' },
      tags: ['x', 'y'],
      due: null,
      same: { k: 1 },
    }
    const after = {
      status: 'paid',
      metadata: { a: '1', b: '3', c: '4' },
      tags: ['x'],
      due: 5,
      same: { k: 1 },
    }
    expect(previousAttributes(before, after)).toEqual({
      status: 'open',
      metadata: { b: '2', c: null },
      tags: ['x', 'y'],
      due: null,
    })
  })

  test('are none when nothing changed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
        expect(previousAttributes(object, structuredClone(object))).toEqual({})
      }),
    )
  })
})

test('patterns of event types are exact names and prefixes ending in .*', () => {
  expect(listensTo(['*'], 'invoice.paid')).toBe(true)
  expect(listensTo(['invoice.*'], 'invoice.paid')).toBe(true)
  expect(listensTo(['invoice.*'], 'invoice_payment.paid')).toBe(false)
  expect(listensTo(['invoice.paid'], 'invoice.paid')).toBe(true)
  expect(listensTo(['invoice'], 'invoice.paid')).toBe(false)
})
