import { describe, expect, test } from 'vitest'
import { currency, mergeAddress, mergeMetadata, metadata, range } from '@/sandbox/http/common-params'
import { StripeError } from '@/sandbox/http/errors'
import type { FormValue } from '@/sandbox/http/form'
import {
  bool,
  clearable,
  decimal,
  hash,
  integer,
  list,
  oneOf,
  type Rule,
  readParams,
  required,
  text,
  unbuilt,
} from '@/sandbox/http/params'

const read = <T>(rule: Rule<T>, value: FormValue) => rule.read(value, 'it', { strict: true })

function refusal(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof StripeError) return { code: error.body.code, param: error.body.param }
    throw error
  }
  throw new Error('not refused')
}

describe('a request', () => {
  const shape = { name: required(text(5)), lines: list(hash({ amount: required(integer()) })) }

  test('is read by its shape', () => {
    expect(readParams(shape, { name: 'Ann', lines: [{ amount: '5' }] }, { strict: true })).toEqual({
      name: 'Ann',
      lines: [{ amount: 5 }],
    })
  })

  test.each<[Record<string, FormValue>, { code: string | undefined; param: string }]>([
    [{}, { code: 'parameter_missing', param: 'name' }],
    [
      { name: 'A', lines: [{}] },
      { code: 'parameter_missing', param: 'lines[0][amount]' },
    ],
    [
      { name: 'A', color: 'red' },
      { code: 'parameter_unknown', param: 'color' },
    ],
    [
      { name: 'A', lines: [{ amount: '1', x: '' }] },
      { code: 'parameter_unknown', param: 'lines[0][x]' },
    ],
    [{ name: '' }, { code: 'parameter_invalid_empty', param: 'name' }],
    [{ name: 'Andrea' }, { code: undefined, param: 'name' }],
    [{ name: ['A'] }, { code: undefined, param: 'name' }],
    [
      { name: 'A', lines: 'x' },
      { code: undefined, param: 'lines' },
    ],
    [
      { name: 'A', lines: ['x'] },
      { code: undefined, param: 'lines[0]' },
    ],
  ])('%j is refused with %j', (values, expected) => {
    expect(refusal(() => readParams(shape, values, { strict: true }))).toEqual(expected)
  })

  test('without a version may carry what is unknown', () => {
    expect(readParams(shape, { name: 'A', color: 'red' }, { strict: false })).toEqual({ name: 'A' })
  })

  test('knows no parameter by the names that objects inherit', () => {
    const values: Record<string, FormValue> = JSON.parse('{"name":"A","__proto__":"x","constructor":"y"}')
    expect(refusal(() => readParams(shape, values, { strict: true }))).toEqual({
      code: 'parameter_unknown',
      param: '__proto__',
    })
  })
})

describe('a value', () => {
  test.each(['1.0', '1e3', 'NaN', ' 1', '0x10', '', '9007199254740993', '--1'])(
    '%j is no integer',
    (value) => {
      expect(refusal(() => read(integer(), value)).param).toBe('it')
    },
  )

  test.each([
    ['0', 0],
    ['-0', 0],
    ['-17', -17],
  ])('%j is the integer %d', (value, expected) => {
    expect(Object.is(read(integer(), value), expected)).toBe(true)
  })

  test('outside its limits is refused', () => {
    expect(refusal(() => read(integer({ min: 1 }), '0')).code).toBe('parameter_invalid_integer')
    expect(refusal(() => read(integer({ max: 5 }), '6')).code).toBe('parameter_invalid_integer')
  })

  test.each(['1.1234567890123', '1e3', '.5', '5.', '-1', '1,5', 'NaN'])(
    '%j is no decimal of 12 places',
    (value) => {
      expect(refusal(() => read(decimal({ places: 12 }), value)).param).toBe('it')
    },
  )

  test('decimals stay text', () => {
    expect(read(decimal({ places: 12 }), '1.123456789012')).toBe('1.123456789012')
    expect(read(decimal({ places: 12, negative: true }), '-0.5')).toBe('-0.5')
  })

  test('booleans are words', () => {
    expect([read(bool, 'true'), read(bool, 'false')]).toEqual([true, false])
    expect(refusal(() => read(bool, '1')).param).toBe('it')
  })

  test('an empty string clears what can be cleared', () => {
    expect(read(clearable(text()), '')).toBeNull()
  })

  test('a choice is one of its words', () => {
    expect(read(oneOf('a', 'b'), 'b')).toBe('b')
    expect(refusal(() => read(oneOf('a', 'b'), 'c')).code).toBeUndefined()
  })

  test('what is not built is refused unless it changes nothing', () => {
    expect(refusal(() => read(unbuilt(), 'x')).param).toBe('it')
    expect(
      read(
        unbuilt((value) => value === ''),
        '',
      ),
    ).toBeUndefined()
  })

  test('a currency is known and lower case', () => {
    expect(read(currency, 'EUR')).toBe('eur')
    expect(refusal(() => read(currency, 'xxx')).param).toBe('it')
  })
})

describe('metadata', () => {
  test('merges key by key, drops empty ones and can be cleared', () => {
    expect(mergeMetadata({ a: '1', b: '2' }, { b: '', c: '3' })).toEqual({ a: '1', c: '3' })
    expect(mergeMetadata({ a: '1' }, null)).toEqual({})
    expect(mergeMetadata({ a: '1' }, undefined)).toEqual({ a: '1' })
  })

  test('takes a key like __proto__ for a key', () => {
    const merged = mergeMetadata({}, JSON.parse('{"__proto__":"x"}'))
    expect(Object.keys(merged)).toEqual(['__proto__'])
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype)
  })

  test('has limits', () => {
    expect(refusal(() => read(metadata, { ['k'.repeat(41)]: 'v' })).param).toBe(`it[${'k'.repeat(41)}]`)
    expect(refusal(() => read(metadata, { k: 'v'.repeat(501) })).param).toBe('it[k]')
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']))
    expect(refusal(() => mergeMetadata({}, many)).param).toBe('metadata')
  })
})

test('a range is a moment or bounds', () => {
  expect([4, 5, null].filter(read(range, '5'))).toEqual([5])
  expect([4, 5, 6, 7, null].filter(read(range, { gt: '4', lte: '6' }))).toEqual([5, 6])
})

test('an address merges per leaf and always has all keys', () => {
  const first = mergeAddress(null, { city: 'Oslo' })
  expect(Object.keys(first).sort()).toEqual(['city', 'country', 'line1', 'line2', 'postal_code', 'state'])
  expect(mergeAddress(first, { line1: 'Gate 1', city: null })).toMatchObject({ city: null, line1: 'Gate 1' })
})
