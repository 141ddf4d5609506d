import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Clause, type Operator, parseQuery } from '@/sandbox/search/query'

const clause = (field: string, value: string | null, rest: Partial<Clause> = {}): Clause => ({
  negated: false,
  field,
  key: null,
  operator: ':',
  value,
  ...rest,
})

describe('a clause', () => {
  test.each<[string, Clause]>([
    ['email:"amy@rocketrides.io"', clause('email', 'amy@rocketrides.io')],
    ["email:'amy@rocketrides.io'", clause('email', 'amy@rocketrides.io')],
    ['name~"rocket rides"', clause('name', 'rocket rides', { operator: '~' })],
    ['-status:"paid"', clause('status', 'paid', { negated: true })],
    ['total>=-500', clause('total', '-500', { operator: '>=' })],
    ['created<"1700000000"', clause('created', '1700000000', { operator: '<' })],
    ['active:true', clause('active', 'true')],
    ['url:null', clause('url', null)],
    ['url:"null"', clause('url', 'null')],
    ['metadata["order id"]:"6735"', clause('metadata', '6735', { key: 'order id' })],
    [`-metadata['a']:null`, clause('metadata', null, { key: 'a', negated: true })],
    [
      String.raw`description:"the story called \"The Sky\""`,
      clause('description', 'the story called "The Sky"'),
    ],
    [String.raw`name:'it\'s a back\\slash'`, clause('name', String.raw`it's a back\slash`)],
    ['payment_method_details.card.last4:4242', clause('payment_method_details.card.last4', '4242')],
  ])('%s', (text, expected) => {
    expect(parseQuery(text)).toEqual({ join: 'and', clauses: [expected] })
  })
})

describe('clauses', () => {
  const [a, b] = [clause('a', '1'), clause('b', '2')]
  test.each([
    ['a:1 AND b:2', 'and'],
    ['  a:1 and  b:2 ', 'and'],
    ['a:1 b:2', 'and'],
    ['a:1 OR b:2', 'or'],
    ['a:1\nor\tb:2', 'or'],
  ])('%j are joined by %s', (text, join) => {
    expect(parseQuery(text)).toEqual({ join, clauses: [a, b] })
  })

  test.each(['a:1 AND b:2 OR c:3', 'a:1 b:2 OR c:3', 'a:1 OR b:2 c:3'])('%j mixes the joins', (text) => {
    expect(() => parseQuery(text)).toThrow(/cannot combine AND and OR/)
  })

  test('can be ten', () => {
    const of = (count: number) => Array.from({ length: count }, (_, n) => `total:${n}`).join(' OR ')
    expect(parseQuery(of(10)).clauses).toHaveLength(10)
    expect(() => parseQuery(of(11))).toThrow(/at most 10 clauses/)
  })
})

test.each([
  '',
  '   ',
  'asdf',
  'email:',
  'email:amy',
  'email="amy"',
  'email:"amy',
  'email: "amy"',
  '(a:1)',
  'a:1 AND',
  'AND a:1',
  'a:1 AND OR b:2',
  'a:1AND b:2',
  'a:"1"b:"2"',
  'a:1.5',
  '--a:1',
  'metadata:"x"',
  'metadata[]:"x"',
  'metadata[""]:"x"',
  'metadata["a"',
  'email["a"]:"x"',
  '"email":"x"',
])('%j is not a query', (text) => {
  expect(() => parseQuery(text)).toThrow(/unable to parse your search query/)
})

test('whatever is quoted comes back as it was', () => {
  const written = fc.record({
    negated: fc.boolean(),
    field: fc.constantFrom('name', 'status'),
    operator: fc.constantFrom<Operator>(':', '~', '>', '<', '>=', '<='),
    value: fc.string({ unit: 'grapheme' }),
    quote: fc.constantFrom('"', "'"),
  })
  fc.assert(
    fc.property(
      fc.array(written, { minLength: 1, maxLength: 10 }),
      fc.constantFrom('and', 'or'),
      (wanted, join) => {
        const text = wanted
          .map(({ negated, field, operator, value, quote }) => {
            const escaped = value.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`)
            return `${negated ? '-' : ''}${field}${operator}${quote}${escaped}${quote}`
          })
          .join(` ${join} `)
        expect(parseQuery(text).clauses).toEqual(
          wanted.map(({ quote: _, ...asked }) => ({ ...asked, key: null })),
        )
      },
    ),
  )
})
