import { describe, expect, it } from 'vitest'
import { parseSettings } from './env'

const stripeTest = { STRIPE_SECRET_KEY: 'sk_test_abc', STRIPE_WEBHOOK_SECRET: 'whsec_abc' }
const secret = 'x'.repeat(32)

const errorOf = (raw: Record<string, string>) => {
  const parsed = parseSettings(raw)
  return parsed.ok ? null : parsed.error
}

const settingsOf = (raw: Record<string, string>) => {
  const parsed = parseSettings(raw)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

describe('the environment', () => {
  it('needs nothing: the embedded database and the sandbox stand in', () => {
    expect(settingsOf({})).toMatchObject({
      databaseUrl: undefined,
      stripe: undefined,
      appUrl: 'http://localhost:3000',
      origins: ['http://localhost:3000', 'http://127.0.0.1:3000'],
      billingTimeZone: 'UTC',
      home: '.duebook',
      port: 3000,
    })
  })

  it('counts an empty variable as unset', () => {
    expect(settingsOf({ DATABASE_URL: '', STRIPE_SECRET_KEY: '', PORT: '' })).toMatchObject({ port: 3000 })
  })

  it('accepts several webhook secrets while one is rotated', () => {
    const { stripe } = settingsOf({ ...stripeTest, STRIPE_WEBHOOK_SECRET: 'whsec_new,whsec_old' })
    expect(stripe?.webhookSecrets).toEqual(['whsec_new', 'whsec_old'])
  })

  it.each([
    [{ STRIPE_SECRET_KEY: 'sk_test_abc' }, 'STRIPE_WEBHOOK_SECRET'],
    [{ STRIPE_WEBHOOK_SECRET: 'whsec_abc' }, 'STRIPE_SECRET_KEY'],
    [{ STRIPE_API_BASE: 'http://127.0.0.1:4242' }, 'STRIPE_SECRET_KEY'],
  ])('refuses half of Stripe’s settings: %o', (raw, missing) => {
    expect(errorOf(raw)).toContain(missing)
  })

  it.each(['whsec_', ' ', 'whsec_abc\n', 'whsec_a,', ',whsec_a', 'whsec_a, whsec_b', 'secret'])(
    'refuses %j as webhook secret',
    (bad) => {
      expect(errorOf({ ...stripeTest, STRIPE_WEBHOOK_SECRET: bad })).toContain('STRIPE_WEBHOOK_SECRET')
    },
  )

  it.each(['sk_live_abc', 'rk_live_abc'])('never sends %s to another server', (key) => {
    const raw = { STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: 'whsec_abc', NEXTAUTH_SECRET: secret }
    expect(errorOf({ ...raw, STRIPE_API_BASE: 'http://127.0.0.1:4242' })).toContain('live key')
    expect(settingsOf(raw).stripe?.livemode).toBe(true)
  })

  it('wants https and a secret of its own where people reach it from outside', () => {
    expect(errorOf({ APP_URL: 'http://billing.example.com', NEXTAUTH_SECRET: secret })).toContain('https')
    expect(errorOf({ APP_URL: 'https://billing.example.com' })).toContain('NEXTAUTH_SECRET')
    expect(errorOf({ APP_URL: 'https://billing.example.com', NEXTAUTH_SECRET: 'short' })).toContain('32')
    expect(settingsOf({ APP_URL: 'https://billing.example.com', NEXTAUTH_SECRET: secret }).origins).toEqual([
      'https://billing.example.com',
    ])
  })

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '3000 '],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['BILLING_TIME_ZONE', 'Mars/Olympus'],
    ['STRIPE_API_BASE', 'nowhere'],
  ])('names %s and not its value when it is %j', (name, value) => {
    const error = errorOf({ ...stripeTest, [name]: value })
    expect(error).toContain(name)
    if (value.length > 4) expect(error).not.toContain(value)
  })

  it('ends the process at a named point in tests only, never with a live key', () => {
    expect(settingsOf({}).crashAt).toBeUndefined()
    expect(settingsOf({ CRASH_AT: 'before_call' }).crashAt).toBe('before_call')
    const live = {
      STRIPE_SECRET_KEY: 'sk_live_abc',
      STRIPE_WEBHOOK_SECRET: 'whsec_abc',
      NEXTAUTH_SECRET: secret,
    }
    expect(errorOf({ ...live, CRASH_AT: 'before_call' })).toContain('CRASH_AT')
  })
})
