import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StripeError } from '@/sandbox/http/errors'
import { ObjectsInUse, RateLimits } from '@/sandbox/http/rate-limits'

/** The times at which requests were let through. */
function admitted(limits: RateLimits, path: string, times: readonly number[]): number[] {
  return times.filter((now) => {
    try {
      limits.count(path, now)
      return true
    } catch (error) {
      if (!(error instanceof StripeError)) throw error
      expect(error).toMatchObject({ status: 429, body: { code: 'rate_limit' } })
      return false
    }
  })
}

test('never more than 25 within any second, and none too few', () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 200 })
  fc.assert(
    fc.property(gaps, (waits) => {
      let now = 0
      const times = waits.map((wait) => {
        now += wait
        return now
      })
      const through = admitted(new RateLimits(), '/v1/customers', times)
      const before = (at: number) => through.filter((time) => time > at - 1000 && time <= at).length
      for (const at of through) expect(before(at)).toBeLessThanOrEqual(25)
      for (const at of times.filter((time) => !through.includes(time))) expect(before(at)).toBe(25)
    }),
  )
})

test('twenty searches, five other requests beside them, and again a second later', () => {
  const limits = new RateLimits()
  const at = (now: number, count: number) => Array.from({ length: count }, () => now)
  expect(admitted(limits, '/v1/invoices/search', at(0, 30))).toHaveLength(20)
  expect(admitted(limits, '/v1/invoices', at(500, 30))).toHaveLength(5)
  expect(admitted(limits, '/v1/invoices/search', at(1000, 30))).toHaveLength(20)
})

test('says which limit it was', () => {
  const limits = new RateLimits()
  const reason = (path: string) => {
    try {
      for (;;) limits.count(path, 0)
    } catch (error) {
      return error instanceof StripeError ? error.headers : error
    }
  }
  expect(reason('/v1/invoices/search')).toEqual({ 'stripe-rate-limited-reason': 'endpoint-rate' })
  expect(reason('/v1/invoices')).toEqual({ 'stripe-rate-limited-reason': 'global-rate' })
})

test('an object is in use until it is given back, and what was refused holds nothing', () => {
  const objects = new ObjectsInUse()
  const release = objects.take(['in_1', 'cus_1'])
  expect(() => objects.take(['in_2', 'cus_1'])).toThrow(StripeError)
  objects.take(['in_2'])()
  release()
  objects.take(['in_1', 'in_2', 'cus_1'])
})
