import { describe, expect, it } from 'vitest'
import { isTouched, parseStripeHealth, parseTopics } from './changed-topics'

describe('isTouched', () => {
  const key = ['invoices', 'detail', 'in_123']

  it.each([
    [['invoices'], true],
    [['in_123'], true],
    [['customers', 'in_123'], true],
    [['customers'], false],
    [['in_12'], false],
    [[], false],
  ])('topics %j', (topics, touched) => {
    expect(isTouched(key, new Set(topics))).toBe(touched)
  })
})

describe('parseTopics', () => {
  it('reads the nouns and ids', () => {
    expect(parseTopics('{"topics":["invoices","in_123"]}')).toEqual(new Set(['invoices', 'in_123']))
  })

  it('keeps what is text and drops the rest', () => {
    expect(parseTopics('{"topics":["invoices",7,null]}')).toEqual(new Set(['invoices']))
  })

  it.each(['', 'ping', 'null', '[]', '{}', '{"topics":"invoices"}', '{"topics":'])(
    'refuses %j',
    (message) => {
      expect(parseTopics(message)).toBeNull()
    },
  )
})

describe('parseStripeHealth', () => {
  it('reads the state and since when', () => {
    const since = '2026-11-24T09:00:00Z'
    expect(parseStripeHealth(`{"stripe":"unreachable","since":"${since}"}`)).toEqual({
      stripe: 'unreachable',
      since,
    })
    expect(parseStripeHealth('{"stripe":"ok"}')).toEqual({ stripe: 'ok', since: null })
  })

  it.each(['', '{}', '{"stripe":"maybe"}', '7'])('refuses %j', (message) => {
    expect(parseStripeHealth(message)).toBeNull()
  })
})
