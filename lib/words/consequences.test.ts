import { describe, expect, it } from 'vitest'
import { invoiceMoves } from '@/lib/domain/invoice'
import { consequencesOf, currencyNotice } from './consequences'

describe('consequencesOf', () => {
  it('tells at least two for every move, no sentence twice', () => {
    for (const move of invoiceMoves) {
      const sentences = consequencesOf(move, {})
      expect(sentences.length, move).toBeGreaterThanOrEqual(2)
      expect(new Set(sentences).size).toBe(sentences.length)
      for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/)
    }
  })

  it('warns that sending a draft makes it final, and only then', () => {
    const final = /becomes final/
    expect(consequencesOf('send', {}).join()).toMatch(final)
    expect(consequencesOf('send', { status: 'open', customerEmail: 'ap@acme.test' }).join()).not.toMatch(
      final,
    )
    expect(consequencesOf('send', { status: 'open', customerEmail: 'ap@acme.test' }).join()).toMatch(
      'ap@acme.test',
    )
  })
})

describe('currencyNotice', () => {
  it('speaks up only when the currency is not the usual one', () => {
    expect(currencyNotice(null, 'usd')).toBeNull()
    expect(currencyNotice('eur', 'eur')).toBeNull()
    expect(currencyNotice('eur', 'usd')).toMatch(/EUR.*USD/)
  })
})
