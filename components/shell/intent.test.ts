import { describe, expect, it } from 'vitest'
import { isIntentSettled } from './intent'

describe('an intent', () => {
  it('stays open while its outcome is unknown', () => {
    for (const code of ['outcome_unknown', 'operation_running', 'stripe_busy'] as const) {
      expect(isIntentSettled(code, false)).toBe(false)
      expect(isIntentSettled(code, true)).toBe(false)
    }
  })

  it('is over when nothing can have happened', () => {
    expect(isIntentSettled('signed_out', false)).toBe(true)
    expect(isIntentSettled('database_unavailable', false)).toBe(true)
    expect(isIntentSettled('invalid_input', false)).toBe(true)
  })

  it('once open, is not ended by an attempt that never reached it', () => {
    const aside = [
      'signed_out',
      'forbidden',
      'bad_origin',
      'database_unavailable',
      'unexpected',
      'page_outdated',
    ] as const
    for (const code of aside) expect(isIntentSettled(code, true)).toBe(false)
  })

  it('once open, ends with an answer about itself', () => {
    for (const code of ['move_refused', 'stripe_refused', 'stripe_declined', 'not_found'] as const) {
      expect(isIntentSettled(code, true)).toBe(true)
    }
  })
})
