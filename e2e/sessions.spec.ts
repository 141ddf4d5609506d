import { signInByForm } from './support/desk'
import { expect, test } from './support/fixtures'
import { builtActions, postAction } from './support/server-actions'
import { signIn } from './support/sign-in'

test('a session that has ended leads to the sign-in and back to where one was', async ({
  page: desk,
  arrange,
  database,
  tolerate,
}) => {
  // What a page asks for by itself may come between.
  tolerate(/status of 401/)
  const email = await arrange.person('biller')
  await desk.goto('/sign-in')
  await signInByForm(desk, email)
  await expect(desk.getByRole('heading', { name: 'Overview' })).toBeVisible()

  await database.query(
    `update sessions set expires_at = now() - interval '1 second'
     where user_id = (select id from users where email = $1)`,
    [email],
  )
  await desk.goto('/invoices?tab=paid')
  await expect(desk).toHaveURL(/\/sign-in\?next=%2Finvoices%3Ftab%3Dpaid$/)
  await signInByForm(desk, email)
  await expect(desk).toHaveURL('/invoices?tab=paid')
  await expect(desk.getByRole('heading', { name: 'Invoices' })).toBeVisible()
})

test('a screen left open after its session has ended leaves for the sign-in by itself', async ({
  page: desk,
  arrange,
  database,
  tolerate,
}) => {
  tolerate(/status of 401/)
  const email = await arrange.person('viewer')
  await desk.goto('/sign-in?next=/invoices')
  await signInByForm(desk, email)
  await expect(desk.getByRole('table')).toBeVisible()
  await database.query(
    'update sessions set revoked_at = now() where user_id = (select id from users where email = $1)',
    [email],
  )
  await arrange.open()
  await expect(desk).toHaveURL(/\/sign-in\?next=%2Finvoices$/)
})

test('the way back never leads to another site', async ({ page, arrange, instance, tolerate }) => {
  // Some of these are paths of ours that lead nowhere, and signing out cuts the live connection off.
  tolerate(/status of 40[14]/)
  const email = await arrange.person('viewer')
  for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example', '/%09/evil.example']) {
    await page.context().clearCookies()
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`)
    await signInByForm(page, email)
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Sign in')
    expect(new URL(page.url()).origin, next).toBe(instance.url)
  }
})

test('a wrong password is told apart from nothing, and opens nothing', async ({ page, tolerate }) => {
  tolerate(/status of 401/)
  await page.goto('/sign-in')
  for (const email of ['viewer@duebook.test', 'nobody@duebook.test']) {
    await page.getByLabel('E-mail address').fill(email)
    await page.getByLabel('Password').fill('not the password')
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await expect(page.getByText('E-mail address and password do not match.')).toBeVisible()
    expect(await page.context().cookies()).not.toContainEqual(
      expect.objectContaining({ name: expect.stringContaining('session-token') }),
    )
  }
})

test('a password sent before any script ran is not in the address', async ({ openPageAs }) => {
  const page = await openPageAs('nobody', { javaScriptEnabled: false })
  await page.goto('/sign-in?next=/invoices')
  await page.getByLabel('E-mail address').fill('viewer@duebook.test')
  await page.getByLabel('Password').fill('duebook-demo')
  await Promise.all([
    page.waitForRequest((request) => request.method() === 'POST'),
    page.getByRole('button', { name: 'Sign in', exact: true }).click(),
  ])
  expect(page.url()).not.toContain('duebook-demo')
})

test('cookies are out of reach of scripts and of other sites', async ({ page, arrange }) => {
  await page.goto('/sign-in')
  await signInByForm(page, await arrange.person('biller'))
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  const cookies = await page.context().cookies()
  expect(cookies.map(({ name }) => name)).toContain('next-auth.session-token')
  for (const cookie of cookies) {
    expect(cookie, cookie.name).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  }
  expect(await page.evaluate(() => document.cookie)).toBe('')
})

test('after signing out, a copy of the cookie is worth nothing', async ({
  page,
  arrange,
  browser,
  instance,
}) => {
  await page.goto('/sign-in')
  await signInByForm(page, await arrange.person('biller'))
  await expect(page.getByRole('heading', { name: 'Overview' })).toBeVisible()
  const stolen = await browser.newContext({ storageState: await page.context().storageState() })
  expect((await stolen.request.get(`${instance.url}/api/overview`)).status()).toBe(200)

  await page.getByRole('button', { name: /account menu/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  expect((await stolen.request.get(`${instance.url}/api/overview`)).status()).toBe(401)
  await stolen.close()
})

test('rights end with the next request: disabled, or given another role', async ({
  playwright,
  arrange,
  database,
  instance,
}) => {
  const email = await arrange.person('biller')
  const request = await playwright.request.newContext({
    baseURL: instance.url,
    storageState: await signIn(playwright.request, instance.url, email),
  })
  const create = builtActions().find(({ name }) => name === 'createCustomerAction')
  const tryToWrite = async () => {
    const input = { operationId: crypto.randomUUID(), name: 'x', email: 'no address' }
    const options = { headers: { origin: instance.url } }
    const { result } = await postAction(request, { id: create?.id ?? '' }, [input], options)
    return result?.ok === false ? result.error.code : result
  }
  expect(await tryToWrite()).toBe('invalid_input')

  await test.step('what a browser says about itself changes nothing', async () => {
    await database.query("update users set role = 'viewer' where email = $1", [email])
    const { csrfToken } = await (await request.get('/api/auth/csrf')).json()
    const data = { role: 'admin', user: { role: 'admin' }, sid: 'another' }
    await request.post('/api/auth/session', { data: { csrfToken, data } })
    const valid = { operationId: crypto.randomUUID(), name: 'Promoted' }
    const options = { headers: { origin: instance.url } }
    const { result } = await postAction(request, { id: create?.id ?? '' }, [valid], options)
    expect(result).toMatchObject({ error: { code: 'forbidden' } })
  })

  await database.query('update users set disabled_at = now() where email = $1', [email])
  expect((await request.get('/api/overview')).status()).toBe(401)
  expect(await tryToWrite()).toBe('signed_out')
})
