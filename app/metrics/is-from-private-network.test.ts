import { describe, expect, it } from 'vitest'
import { isFromPrivateNetwork } from './is-from-private-network'

const from = (forwardedFor: string) => isFromPrivateNetwork(new Headers({ 'x-forwarded-for': forwardedFor }))

describe('isFromPrivateNetwork', () => {
  it.each(['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '172.31.0.9, 192.168.1.1', 'fd00::7'])(
    'lets %s in',
    (address) => expect(from(address)).toBe(true),
  )

  it.each([
    '203.0.113.7',
    '127.0.0.1, 203.0.113.7',
    '172.32.0.1',
    '2001:db8::1',
    '',
    'localhost',
    'fe80::1%eth0',
  ])('keeps %j out', (address) => expect(from(address)).toBe(false))

  it('keeps out what does not say where it comes from', () => {
    expect(isFromPrivateNetwork(new Headers())).toBe(false)
  })
})
