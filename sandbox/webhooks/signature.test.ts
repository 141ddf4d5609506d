import fc from 'fast-check'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import { signatureHeader } from '@/sandbox/webhooks/signature'

const { webhooks } = new Stripe('sk_test_signature')
const now = () => Math.floor(Date.now() / 1000)

function accepts(payload: string, header: string, secret: string): boolean {
  try {
    webhooks.constructEvent(payload, header, secret)
    return true
  } catch {
    return false
  }
}

test('is the header that the SDK makes for tests, and a part that nobody verifies', () => {
  const header = signatureHeader('{"id":"evt_1"}', ['whsec_one'], 1_700_000_000)
  const sdk = webhooks.generateTestHeaderString({
    payload: '{"id":"evt_1"}',
    secret: 'whsec_one',
    timestamp: 1_700_000_000,
  })
  expect(header.split(',v0=')).toEqual([sdk, expect.stringMatching(/^[0-9a-f]{64}$/)])
})

test('the SDK accepts either secret while one is rolled, and no other', () => {
  const payload = '{"id":"evt_1","object":"event"}'
  const header = signatureHeader(payload, ['whsec_old', 'whsec_new'], now())
  expect(accepts(payload, header, 'whsec_old')).toBe(true)
  expect(accepts(payload, header, 'whsec_new')).toBe(true)
  expect(accepts(payload, header, 'whsec_other')).toBe(false)
  expect(accepts(payload, signatureHeader(payload, [], now()), 'whsec_old')).toBe(false)
})

test('holds for any text and for no changed text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => {
      const payload = JSON.stringify({ object: 'event', name })
      const header = signatureHeader(payload, ['whsec_one'], now())
      expect(accepts(payload, header, 'whsec_one')).toBe(true)
      expect(accepts(`${payload} `, header, 'whsec_one')).toBe(false)
    }),
  )
})
