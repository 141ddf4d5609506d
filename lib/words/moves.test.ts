import { describe, expect, it } from 'vitest'
import { errorSentence } from './errors'
import { explainRefusedMove } from './moves'

describe('a refused move', () => {
  it('says what the invoice is now', () => {
    expect(errorSentence({ code: 'move_refused', params: { move: 'void', reason: 'already_paid' } })).toBe(
      'It is already paid. Nothing was done. The page now shows its current state.',
    )
  })

  it('says what changed since it was looked at', () => {
    const seen = { reason: 'changed', seenStatus: 'draft', status: 'draft', currency: 'eur' }
    expect(
      explainRefusedMove({ ...seen, seenAmountRemaining: '10000', amountRemaining: '90000' }).what,
    ).toContain('€100.00 was to be paid and it is €900.00 now')
    expect(explainRefusedMove({ ...seen, status: 'open' }).what).toContain('it was a draft and is open now')
  })

  it('has words for parameters that nobody foresaw', () => {
    const strange: Record<string, string>[] = [{}, { reason: 'constructor' }, { reason: 'changed' }]
    for (const params of [undefined, ...strange]) {
      expect(explainRefusedMove(params).what).toMatch(/^[A-Z].*\.$/)
    }
  })
})
