import { describe, expect, it } from 'vitest'
import { currencyCode, operationId, stripeId, trimmedText } from './fields'

const reason = (schema: { safeParse: typeof operationId.safeParse }, value: unknown) =>
  schema.safeParse(value).error?.issues[0]?.message ?? null

describe('stripeId', () => {
  it.each(['in_1abcDEF', 'in_test_1', `in_${'a'.repeat(250)}`])('takes %s', (id) => {
    expect(stripeId('in').parse(id)).toBe(id)
  })

  it.each([
    '',
    'in_',
    'cus_1',
    'in_1/void',
    'in_../x',
    'in_%2f',
    'in_1?expand=x',
    'in_1\n',
    ' in_1',
    'in_ü',
    `in_${'a'.repeat(251)}`,
    { toString: () => 'in_1' },
    ['in_1'],
  ])('refuses %j', (id) => {
    expect(stripeId('in').safeParse(id).success).toBe(false)
  })
})

describe('currencyCode', () => {
  it.each(['usd', 'eur', 'jpy', 'kwd', 'xof', 'isk'])('takes %s', (code) => {
    expect(currencyCode.parse(code)).toBe(code)
  })

  it.each(['', 'xxx', 'xau', 'dem', 'EUR', 'usd ', 'us', 'usdt', 'constructor'])('refuses %j', (code) => {
    expect(reason(currencyCode, code)).toBe('currency')
  })
})

describe('trimmedText', () => {
  const text = trimmedText(10).min(1, 'required')

  it('trims, and counts after trimming', () => {
    expect(text.parse('  0123456789  ')).toBe('0123456789')
    expect(reason(text, '01234567890')).toBe('too_long')
    expect(reason(text, ' \t\n ')).toBe('required')
  })

  it.each(['a\u0000b', 'a\ud800', '\udc00b', 'a\u202eb', '\u2066a'])('refuses %j', (value) => {
    expect(reason(text, value)).toBe('characters')
  })

  it.each(['👩‍👩‍👧', 'שלום', 'ñandú', 'a\nb'])('takes %j', (value) => {
    expect(text.parse(value)).toBe(value)
  })
})

describe('operationId', () => {
  it('is a UUID and nothing else', () => {
    expect(operationId.safeParse(crypto.randomUUID()).success).toBe(true)
    for (const value of ['', '1', `${crypto.randomUUID()}'`, 7, null])
      expect(reason(operationId, value)).not.toBeNull()
  })
})
