import { beforeAll, describe, expect, it } from 'vitest'
import { hashOf, isToken, newSeed, tokenOf } from './share-token'

beforeAll(() => {
  process.env.DATABASE_URL = 'postgresql://user:password@127.0.0.1:5432/none'
  process.env.STRIPE_SECRET_KEY = 'sk_test_none'
  process.env.STRIPE_WEBHOOK_SECRET = 'whsec_none'
})

describe('a token', () => {
  it('has 256 bits, written so that an address can hold them', () => {
    const tokens = Array.from({ length: 200 }, () => tokenOf(newSeed()))
    expect(new Set(tokens).size).toBe(200)
    for (const token of tokens) {
      expect(isToken(token)).toBe(true)
      expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    }
  })

  it('follows from its seed, and neither the seed nor the hash is it', () => {
    const seed = newSeed()
    const token = tokenOf(seed)
    expect(tokenOf(seed)).toBe(token)
    expect(token).not.toBe(seed)
    expect(hashOf(token)).toMatch(/^[0-9a-f]{64}$/)
    expect(hashOf(token)).not.toBe(hashOf(seed))
  })

  it.each([
    '',
    'a'.repeat(42),
    'a'.repeat(44),
    `${'a'.repeat(42)}=`,
    `${'a'.repeat(42)}\n`,
    `${'a'.repeat(42)}/`,
    '00000000-0000-4000-8000-000000000000',
  ])('is not %j', (text) => {
    expect(isToken(text)).toBe(false)
  })
})
