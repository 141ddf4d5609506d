import fc from 'fast-check'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { verifySignature } from './verify-signature'

const secret = 'whsec_current'
Object.assign(process.env, {
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/nothing',
  STRIPE_API_BASE: 'http://127.0.0.1:9',
  STRIPE_SECRET_KEY: 'sk_test_signsOnly',
  STRIPE_WEBHOOK_SECRET: `${secret},whsec_previous`,
})
const { webhooks } = new Stripe('sk_test_signsOnly')
const sign = (payload: string, by = secret) => webhooks.generateTestHeaderString({ payload, secret: by })

const text = fc.string({ unit: 'grapheme', minLength: 1 })

test('what the SDK has signed with either secret is accepted, and with another one refused', () => {
  fc.assert(
    fc.property(text, (payload) => {
      const body = Buffer.from(payload)
      expect(verifySignature(body, sign(payload))).toBeNull()
      expect(verifySignature(body, sign(payload, 'whsec_previous'))).toBeNull()
      expect(verifySignature(body, sign(payload, 'whsec_another'))).toBe('bad_signature')
    }),
  )
})

test('one changed bit of the body is refused', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.integer({ min: 0, max: 7 }), (payload, at, bit) => {
      const body = Buffer.from(payload)
      const index = at % body.length
      body[index] = (body[index] ?? 0) ^ (1 << bit)
      expect(verifySignature(body, sign(payload))).toBe('bad_signature')
    }),
  )
})

test('no other header is accepted, and none throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^(t=\d*|v[01]=[0-9a-f]*|,| )*$/)), (header) => {
      expect(verifySignature(Buffer.from('{}'), header)).not.toBeNull()
    }),
  )
})

test('a signature in capitals, cut short or of the fake scheme is refused', () => {
  const header = sign('{}')
  const [time = '', signature = ''] = header.split(',')
  for (const altered of [
    `${time},${signature.toUpperCase()}`,
    header.slice(0, -1),
    `${time},v0${signature.slice(2)}`,
  ]) {
    expect(verifySignature(Buffer.from('{}'), altered)).toBe('bad_signature')
  }
})
