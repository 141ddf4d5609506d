import { describe, expect, it } from 'vitest'
import { leaveTo } from './leave'

const token = 'a'.repeat(43)
const stripes = 'https://invoice.stripe.com/i/acct_1/test_1?s=ap'

describe('leaveTo', () => {
  it.each([
    ['on to Stripe', { redirect: stripes }, stripes],
    ['back to the page that says why', { refused: 'void' } as const, `/i/${token}`],
    [
      'back to the page that says to try again',
      { unavailable: true } as const,
      `/i/${token}?notice=stripe_unavailable`,
    ],
    ['back to the page that knows no such link', null, `/i/${token}`],
  ])('leads %s, and leaves no trace of the token', (_, page, location) => {
    const { status, headers } = leaveTo(token, page)
    expect(status).toBe(303)
    expect(Object.fromEntries(headers)).toEqual({
      location,
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'cache-control': 'private, no-store',
    })
  })

  it('stays on this site whatever stands in the place of a token', () => {
    for (const text of ['/evil.example', '//evil.example', 'a\r\nset-cookie: x=1', '..', '?x', 'é']) {
      const location = leaveTo(text, null).headers.get('location') ?? ''
      expect(location, text).toMatch(/^\/i\/[^/\r\n?]+$/)
    }
  })
})
