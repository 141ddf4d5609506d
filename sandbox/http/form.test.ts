import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeForm, type FormValue } from '@/sandbox/http/form'

/** As JSON, because the decoder's hashes have no prototype and `toEqual` would hide that. */
function decoded(raw: string): unknown {
  const result = decodeForm(raw)
  if (!result.ok) throw new Error(result.message)
  return JSON.parse(JSON.stringify(result.value))
}

function refused(raw: string) {
  const result = decodeForm(raw)
  if (result.ok) throw new Error(`accepted as ${JSON.stringify(result.value)}`)
  return result
}

describe('shapes a client may send', () => {
  test.each([
    ['', {}],
    ['&&', {}],
    ['name=Acme', { name: 'Acme' }],
    ['name', { name: '' }],
    ['description=', { description: '' }],
    ['a=1=2', { a: '1=2' }],
    ['name=Jenny+Rosen%20%2B1', { name: 'Jenny Rosen +1' }],
    ['name=%E2%82%AC+%F0%9F%98%80', { name: '€ 😀' }],
    ['address[line1]=Road&address[city]=Kyiv', { address: { line1: 'Road', city: 'Kyiv' } }],
    ['expand[]=a&expand[]=b', { expand: ['a', 'b'] }],
    ['expand[0]=a&expand[1]=b', { expand: ['a', 'b'] }],
    ['expand%5B%5D=a&expand%5b0%5d=b', { expand: ['b', 'a'] }],
    ['expand[7]=late&expand[3]=early', { expand: ['early', 'late'] }],
    ['a[999999999]=x', { a: ['x'] }],
    ['created[gte]=1&created[lt]=2', { created: { gte: '1', lt: '2' } }],
    ['lines[0][tax_amounts][0][amount]=1', { lines: [{ tax_amounts: [{ amount: '1' }] }] }],
    ['lines[0][discounts][][coupon]=x', { lines: [{ discounts: [{ coupon: 'x' }] }] }],
    ['a[][x]=1&a[][y]=2&a[][x]=3', { a: [{ x: '1', y: '2' }, { x: '3' }] }],
    ['a[][t][]=1&a[][t][]=2&a[][n]=3', { a: [{ t: ['1', '2'], n: '3' }] }],
    ['a[][p][q]=1&a[][p][r]=2&a[][p][q]=3', { a: [{ p: { q: '1', r: '2' } }, { p: { q: '3' } }] }],
    ['currency_options[eur][unit_amount]=5', { currency_options: { eur: { unit_amount: '5' } } }],
    ['a[0]=x&a[b]=y', { a: { 0: 'x', b: 'y' } }],
    ['a[01]=x', { a: { '01': 'x' } }],
  ])('%s', (raw, expected) => {
    expect(decoded(raw)).toEqual(expected)
  })

  test('metadata keys belong to the caller, digits included', () => {
    expect(decoded('metadata[2026]=budget&lines[0][metadata][0]=x')).toEqual({
      metadata: { 2026: 'budget' },
      lines: [{ metadata: { 0: 'x' } }],
    })
    expect(decoded('metadata[a%20b]=x%26y')).toEqual({ metadata: { 'a b': 'x&y' } })
  })
})

describe('refused', () => {
  test.each([
    ['a=%', 'a'],
    ['a=%zz', 'a'],
    ['a=%ff', 'a'],
    ['%E0%A4%A=1', undefined],
    ['=x', undefined],
    ['[a]=x', '[a]'],
    ['a]=x', 'a]'],
    ['a[b=x', 'a[b'],
    ['a[b]c=x', 'a[b]c'],
    ['a[b[c]]=x', 'a[b[c]]'],
    ['a=1&a[b]=2', 'a[b]'],
    ['a[b]=1&a=2', 'a'],
    ['a[b]=1&a[]=2', 'a[]'],
    ['a[]=1&a[b]=2', 'a[b]'],
    ['a[0]=1&a[0][b]=2', 'a[0][b]'],
    ['metadata[]=x&metadata[a]=y', 'metadata[a]'],
    ['a=1&a=2', 'a'],
    ['a[0]=1&a[0]=1', 'a[0]'],
    ['metadata[2026]=x&metadata[2026]=', 'metadata[2026]'],
  ])('%s', (raw, param) => {
    expect(refused(raw)).toMatchObject({ ok: false, param })
  })

  test('a name nested a thousand deep, named by its head only', () => {
    const { message, param } = refused(`a${'[x]'.repeat(1000)}=1`)
    expect(param).toBe('a')
    expect(message).toContain('12 levels')
  })

  test('more parameters than any call has', () => {
    expect(refused('a=1&'.repeat(20_001)).message).toContain('too many')
  })
})

test('names from the prototype are ordinary names', () => {
  const result = decodeForm('__proto__[admin]=1&constructor[prototype][admin]=1&metadata[__proto__]=x')
  if (!result.ok) throw new Error(result.message)
  expect(Object.getPrototypeOf(result.value)).toBeNull()
  expect(Object.keys(result.value)).toEqual(['__proto__', 'constructor', 'metadata'])
  expect(({} as { admin?: string }).admin).toBeUndefined()
  expect(JSON.stringify(result.value.metadata)).toBe('{"__proto__":"x"}')
})

test('many elements and a hostile mixture take linear time', () => {
  const many = 200_000
  const raw = Array.from({ length: many }, (_, index) => `a[${index}]=x`).join('&')
  // Time of the processor, because others may keep it busy. Quadratic work on so many would take minutes.
  const before = process.cpuUsage()
  expect(decodeForm(`${raw}&a[]=y`, { maxPairs: many + 1 }).ok).toBe(true)
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1_000_000).toBeLessThan(10)
})

const name = fc.stringMatching(/^[a-z_]{1,8}$/).filter((key) => !key.endsWith('metadata'))
const { tree } = fc.letrec<{ tree: FormValue; hash: { [key: string]: FormValue } }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
    tie('hash'),
  ),
  hash: fc.dictionary(name, tie('tree'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
}))

function encode(prefix: string, value: FormValue): string[] {
  if (typeof value === 'string') return [`${prefix}=${encodeURIComponent(value)}`]
  return Object.entries(value).flatMap(([key, child]) =>
    encode(prefix === '' ? encodeURIComponent(key) : `${prefix}[${encodeURIComponent(key)}]`, child),
  )
}

describe('laws', () => {
  test('what the SDK encodes with indices comes back as it was, in any order', () => {
    fc.assert(
      fc.property(
        fc.dictionary(name, tree, { noNullPrototype: true }),
        fc.infiniteStream(fc.nat()),
        (form, dice) => {
          const pairs = encode('', form)
          const shuffled = pairs
            .map((pair) => [dice.next().value ?? 0, pair] as const)
            .sort(([a], [b]) => a - b)
            .map(([, pair]) => pair)
          expect(decoded(pairs.join('&'))).toEqual(form)
          const inAnyOrder = decoded(shuffled.join('&').replaceAll('[', '%5B').replaceAll(']', '%5D'))
          expect(inAnyOrder).toEqual(form)
        },
      ),
    )
  })

  test('no text makes it throw', () => {
    const noise = fc.array(fc.constantFrom('a', '[', ']', '=', '&', '%', '0', '%5B', '%ff', '+', '__proto__'))
    fc.assert(fc.property(noise, (parts) => typeof decodeForm(parts.join('')).ok === 'boolean'))
  })
})
