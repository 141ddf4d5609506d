import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputHash } from './input-hash'

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, reversed(inner)]),
  )
}

describe('inputHash', () => {
  it('does not depend on the order of keys, at any depth', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(inputHash(reversed(value))).toBe(inputHash(value))
      }),
    )
  })

  it.each([
    [{ amount: '1' }, { amount: 1 }],
    [{ lines: ['a', 'b'] }, { lines: ['b', 'a'] }],
    [{ outer: { inner: 1 } }, { outer: { inner: 2 } }],
    [{ a: null }, {}],
    [JSON.parse('{"__proto__": {"a": 1}}'), {}],
  ])('tells %j from %j', (one, other) => {
    expect(inputHash(one)).not.toBe(inputHash(other))
  })

  it('takes a key without a value for no key, as JSON does', () => {
    expect(inputHash({ a: 1, b: undefined })).toBe(inputHash({ a: 1 }))
  })
})
