import { describe, expect, it } from 'vitest'
import { isOwnOrigin } from './own-origin'

const own = ['http://localhost:3000', 'http://127.0.0.1:3000']

describe('isOwnOrigin', () => {
  it.each([
    ['a browser on our page', 'http://localhost:3000', 'same-origin'],
    ['a browser under our other name', 'http://127.0.0.1:3000', 'same-origin'],
    ['a browser too old for Sec-Fetch-Site', 'http://localhost:3000', null],
    ['a browser that leaves Origin out', null, 'same-origin'],
  ])('accepts %s', (_who, origin, fetchSite) => {
    expect(isOwnOrigin({ origin, fetchSite }, own)).toBe(true)
  })

  it.each([
    ['nobody vouching', null, null],
    ['another site, silent about its origin', null, 'cross-site'],
    ['a neighbor on our domain', null, 'same-site'],
    ['an address typed by hand', null, 'none'],
    ['another site', 'https://evil.example', 'cross-site'],
    ['another site in an old browser', 'https://evil.example', null],
    ['our origin, contradicted', 'http://localhost:3000', 'cross-site'],
    ['another origin, contradicted', 'https://evil.example', 'same-origin'],
    ['a sandboxed frame', 'null', 'same-origin'],
    ['another port', 'http://localhost:3001', 'same-origin'],
    ['another scheme', 'https://localhost:3000', 'same-origin'],
    ['a name that begins like ours', 'http://localhost:3000.evil.example', 'same-origin'],
    ['our origin with a path', 'http://localhost:3000/', 'same-origin'],
    ['two origins', 'http://localhost:3000, https://evil.example', 'same-origin'],
    ['no origin at all', '', 'same-origin'],
    ['an unknown word', 'http://localhost:3000', 'same-origin, cross-site'],
  ])('refuses %s', (_who, origin, fetchSite) => {
    expect(isOwnOrigin({ origin, fetchSite }, own)).toBe(false)
  })
})
