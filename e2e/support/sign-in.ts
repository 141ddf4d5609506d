import { type APIRequest, type BrowserContext, expect } from '@playwright/test'

export type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>

/** Signs a person in by the requests that the sign-in page makes, and answers what the browser keeps. */
export async function signIn(request: APIRequest, baseURL: string, email: string): Promise<SignedIn> {
  const context = await request.newContext({ baseURL, extraHTTPHeaders: { origin: baseURL } })
  const { csrfToken } = await (await context.get('/api/auth/csrf')).json()
  const response = await context.post('/api/auth/callback/credentials', {
    form: {
      csrfToken,
      email,
      password: 'duebook-demo',
      callbackUrl: baseURL,
      json: 'true',
    },
  })
  expect(response.ok(), `sign-in of ${email} answered ${response.status()}`).toBe(true)
  const state = await context.storageState()
  await context.dispose()
  return state
}
