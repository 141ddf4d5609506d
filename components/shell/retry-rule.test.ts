import { describe, expect, it } from 'vitest'
import { HttpError } from '@/lib/query/fetch-json'
import { isSignedOut, isWorthRetrying } from './retry-rule'

const answered = (status: number) => new HttpError(status, { code: 'unexpected' })

describe('isWorthRetrying', () => {
  it.each([401, 403, 404])('never asks again after %i', (status) => {
    expect(isWorthRetrying(0, answered(status))).toBe(false)
  })

  it.each([answered(429), answered(503), new TypeError('Failed to fetch')])(
    'asks twice more after %s',
    (error) => {
      expect([0, 1, 2].map((failures) => isWorthRetrying(failures, error))).toEqual([true, true, false])
    },
  )
})

describe('isSignedOut', () => {
  it('is true of 401 and of nothing else', () => {
    expect(isSignedOut(answered(401))).toBe(true)
    expect(isSignedOut(answered(403))).toBe(false)
    expect(isSignedOut(new TypeError('Failed to fetch'))).toBe(false)
  })
})
