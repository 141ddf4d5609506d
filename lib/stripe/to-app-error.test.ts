import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { isMissing, isUnreachable, readStripeError } from './to-app-error'

const errorOf = (statusCode: number, fields: Record<string, string> = {}) =>
  Stripe.errors.generateV1Error({
    type: 'invalid_request_error',
    message: 'Stripe says no.',
    statusCode,
    headers: {},
    requestId: 'req_1',
    ...fields,
  } as Parameters<typeof Stripe.errors.generateV1Error>[0])

describe('readStripeError', () => {
  it.each([
    [400, {}, 'stripe_refused', 'refused'],
    [404, { code: 'resource_missing' }, 'stripe_refused', 'refused'],
    [402, { type: 'card_error' }, 'stripe_declined', 'refused'],
    [401, {}, 'stripe_credentials', 'refused'],
    [403, {}, 'stripe_credentials', 'refused'],
    [429, {}, 'stripe_busy', 'not_sent'],
    [429, { code: 'lock_timeout' }, 'stripe_busy', 'not_sent'],
    [400, { code: 'rate_limit' }, 'stripe_busy', 'not_sent'],
    [409, { code: 'idempotency_key_in_use' }, 'stripe_busy', 'unknown'],
    [500, { type: 'api_error' }, 'outcome_unknown', 'unknown'],
    [503, {}, 'outcome_unknown', 'unknown'],
    [424, {}, 'stripe_refused', 'refused'],
  ] as const)('%i %o is %s, %s', (status, fields, code, outcome) => {
    const read = readStripeError(errorOf(status, fields))
    expect(read).toMatchObject({ outcome, error: { code, stripe: { requestId: 'req_1' } } })
  })

  it('does not know what became of a request without an answer', () => {
    const error = new Stripe.errors.StripeConnectionError({ message: 'hung up', type: 'api_error' })
    expect(readStripeError(error)).toMatchObject({ outcome: 'unknown', error: { code: 'outcome_unknown' } })
    expect(isUnreachable(error)).toBe(true)
  })

  it('repeats nothing that Stripe says about a key', () => {
    const error = errorOf(401, { message: 'Invalid API Key provided: sk_test_****5678' })
    expect(JSON.stringify(readStripeError(error))).not.toContain('sk_test')
  })

  it.each([new Error('no'), null, undefined, 'text', { statusCode: 500 }])('leaves %o to others', (error) => {
    expect(readStripeError(error)).toBeNull()
    expect(isUnreachable(error)).toBe(false)
    expect(isMissing(error)).toBe(false)
  })
})

describe('isMissing', () => {
  it('is about the object asked for, not about a parameter that names another', () => {
    expect(isMissing(errorOf(404, { code: 'resource_missing' }))).toBe(true)
    expect(isMissing(errorOf(400, { code: 'resource_missing' }))).toBe(false)
    expect(isMissing(errorOf(404))).toBe(false)
  })
})
