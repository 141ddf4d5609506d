import { beforeAll, describe, expect, it } from 'vitest'
import { authOptions } from './config'
import { sessionCookie } from './session-cookie'

beforeAll(() => {
  process.env.DATABASE_URL = 'postgresql://user:password@127.0.0.1:5432/none'
  process.env.STRIPE_SECRET_KEY = 'sk_test_none'
  process.env.STRIPE_WEBHOOK_SECRET = 'whsec_none'
  process.env.APP_URL = 'https://billing.example.com'
})

describe('cookies of a site that is reached from outside', () => {
  it('travel over https only, and no script or other site can use the one that signs people in', () => {
    expect(sessionCookie()).toEqual({
      name: '__Secure-next-auth.session-token',
      options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true },
    })
  })

  it('are the same to next-auth, its own ones included', () => {
    expect(authOptions(null)).toMatchObject({
      useSecureCookies: true,
      cookies: { sessionToken: sessionCookie() },
    })
  })
})
