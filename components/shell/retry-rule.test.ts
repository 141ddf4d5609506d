import { describe, expect, it } from 'vitest'
import { isWorthRetrying } from './retry-rule'

class Refusal extends Error {
  constructor(readonly status: number) {
    super(`answered ${status}`)
  }
}

describe('isWorthRetrying', () => {
  it.each([401, 403, 404])('never asks again after %i', (status) => {
    expect(isWorthRetrying(0, new Refusal(status))).toBe(false)
  })

  it.each([new Refusal(429), new Refusal(503), new TypeError('Failed to fetch')])(
    'asks twice more after %s',
    (error) => {
      expect([0, 1, 2].map((failures) => isWorthRetrying(failures, error))).toEqual([true, true, false])
    },
  )
})
