import NextAuth from 'next-auth'
import { beforeAll, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { createUser } from '@/lib/team/create-user'
import { authOptions } from './config'
import { readSessionCookie, sessionCookie } from './session-cookie'
import { findSession } from './sessions'

useTestDatabase()
useTestSandbox()
process.env.NEXTAUTH_URL = 'http://localhost:3000'

const credentials = { email: 'viewer@duebook.test', password: 'correct horse battery' }

beforeAll(() => createUser({ ...credentials, name: 'Vera', role: 'viewer' }))

type Answer = { status: number; body: Record<string, unknown>; setCookies: string[] }

/** A browser as far as next-auth can tell: it keeps cookies and sends the form's token along. */
class Browser {
  cookies: Record<string, string> = {}

  async send(path: string, body?: Record<string, unknown>): Promise<Answer> {
    const answer: Answer = { status: 200, body: {}, setCookies: [] }
    const response = {
      getHeader: () => answer.setCookies,
      setHeader(name: string, value: string | string[]) {
        if (name === 'Set-Cookie') answer.setCookies = [value].flat()
        return response
      },
      status(code: number) {
        answer.status = code
        return response
      },
      json(value: Record<string, unknown>) {
        answer.body = value
      },
      send(value: Record<string, unknown>) {
        answer.body = value
      },
      end: () => undefined,
    }
    const method = body ? 'POST' : 'GET'
    const request = { method, body, headers: {}, cookies: this.cookies, query: { nextauth: path.split('/') } }
    const handle: (request: unknown, response: unknown) => Promise<unknown> = NextAuth(
      authOptions(await this.sessionId()),
    )
    await handle(request, response)
    for (const cookie of answer.setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value === '') delete this.cookies[name]
      else this.cookies[name] = decodeURIComponent(value)
    }
    return answer
  }

  async post(path: string, form: Record<string, unknown>): Promise<Answer> {
    const { body } = await this.send('csrf')
    return this.send(path, { ...form, csrfToken: body.csrfToken, json: 'true' })
  }

  signIn(form: Record<string, unknown> = credentials): Promise<Answer> {
    return this.post('callback/credentials', form)
  }

  sessionId() {
    return readSessionCookie(this.cookies[sessionCookie().name])
  }

  async actor() {
    const id = await this.sessionId()
    return id === null ? null : findSession(id, { isActivity: true })
  }
}

describe('signing in through next-auth', () => {
  it('sets a cookie that scripts and other sites cannot use and that opens a session', async () => {
    const browser = new Browser()
    const answer = await browser.signIn()
    const cookie = answer.setCookies.find((one) => one.startsWith('next-auth.session-token='))
    expect(cookie).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/)
    expect(await browser.actor()).toMatchObject({ name: 'Vera', role: 'viewer' })
  })

  it('needs the token of our own form', async () => {
    const browser = new Browser()
    await browser.send('callback/credentials', { ...credentials, csrfToken: 'forged' })
    expect(await browser.actor()).toBeNull()
  })

  it('tells the browser nothing of the person or the session', async () => {
    const browser = new Browser()
    await browser.signIn()
    const { body } = await browser.send('session')
    expect(Object.keys(body)).toEqual(['expires'])
  })

  it('takes no role, person or session from the browser', async () => {
    const browser = new Browser()
    await browser.signIn()
    const before = await browser.sessionId()
    const forged = { role: 'admin', sid: 'forged', sub: 'admin', user: { role: 'admin' } }
    await browser.post('session', { data: forged })
    expect(await browser.sessionId()).toBe(before)
    expect(await browser.actor()).toMatchObject({ role: 'viewer' })
  })

  it('is over with signing out, also for a cookie that was copied before', async () => {
    const browser = new Browser()
    await browser.signIn()
    const thief = new Browser()
    thief.cookies = { ...browser.cookies }
    expect(await thief.actor()).not.toBeNull()
    await browser.post('signout', {})
    expect(browser.cookies[sessionCookie().name]).toBeUndefined()
    expect(await thief.actor()).toBeNull()
  })

  it('a second time gives a new session and ends the first', async () => {
    const browser = new Browser()
    await browser.signIn()
    const first = { ...browser.cookies }
    await browser.signIn()
    const old = new Browser()
    old.cookies = first
    expect(await old.actor()).toBeNull()
    expect(await browser.actor()).not.toBeNull()
  })

  it.each([
    { ...credentials, password: 'not the password' },
    { ...credentials, email: 'nobody@duebook.test' },
    { email: { not: '' }, password: { not: '' } },
    {},
  ])('says the same to everybody whom it refuses: %j', async (form) => {
    const answer = await new Browser().signIn(form)
    expect(answer.status).toBe(401)
    expect(answer.body.url).toContain('error=CredentialsSignin')
  })

  it.each(['', 'x', 'eyJhbGciOiJub25lIn0.eyJzaWQiOiJ4In0.', 'a.b.c.d.e', '\u0000'])(
    'takes the cookie %j for none',
    async (token) => {
      expect(await readSessionCookie(token)).toBeNull()
    },
  )

  it('goes nowhere but home, whatever callbackUrl says', async () => {
    for (const callbackUrl of [
      'https://evil.example',
      '//evil.example',
      'javascript:alert(1)',
      { not: '' },
    ]) {
      const answer = await new Browser().signIn({ ...credentials, callbackUrl })
      expect(answer.body.url).toBe('http://localhost:3000')
    }
  })
})
