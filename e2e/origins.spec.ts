import { randomUUID } from 'node:crypto'
import { expect, test } from './support/fixtures'
import { builtActions, postAction } from './support/server-actions'
import { tracesIn } from './support/traces'

const createCustomer = builtActions().find(({ name }) => name === 'createCustomerAction') ?? { id: '' }
const input = () => ({ operationId: randomUUID(), name: 'Forged' })

test('an action that another site sends with our cookies does nothing', async ({
  billerPage,
  sandbox,
  database,
  instance,
}) => {
  const { request } = billerPage.context()
  const { host } = new URL(instance.url)
  const send = (headers: Record<string, string>) =>
    postAction(request, createCustomer, [input()], { headers })
  const before = await tracesIn(sandbox, database)
  const attempts: Record<string, string>[] = [
    {},
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: instance.url, 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
    { origin: 'not an origin' },
    { origin: 'https://evil.example' },
    { origin: `https://${host}` },
    { origin: 'http://localhost:1' },
    { origin: `${instance.url}.evil.example` },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
    { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    { origin: 'https://evil.example', host: 'evil.example' },
    { origin: 'https://evil.example', 'x-action-forwarded': '1' },
  ]
  for (const headers of attempts) {
    const { status, result } = await send(headers)
    const isRefused = result === null ? status >= 400 : !result.ok && result.error.code === 'bad_origin'
    expect(isRefused, `${JSON.stringify(headers)}: ${status} ${JSON.stringify(result)}`).toBe(true)
  }
  expect(await tracesIn(sandbox, database)).toEqual(before)

  // The same request from a page of our own goes through, so that the refusals above mean something.
  expect((await send({ origin: instance.url })).result).toMatchObject({ ok: true })
})

test('a form of another site reaches neither an action nor a route', async ({
  billerPage,
  sandbox,
  database,
}) => {
  const { request } = billerPage.context()
  const before = await tracesIn(sandbox, database)
  const evil: Record<string, string> = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  for (const path of ['/', '/invoices', '/customers', '/sign-in']) {
    for (const field of [`$ACTION_ID_${createCustomer.id}`, '$ACTION_REF_1', '1']) {
      const multipart = { [field]: '', '1': JSON.stringify([input()]), '0': '["$K1"]' }
      for (const headers of [evil, { origin: 'null' }, {}]) {
        const response = await request.post(path, { multipart, headers, maxRedirects: 0 })
        expect((await response.body()).toString('utf8')).not.toContain('"ok":true')
      }
    }
  }
  for (const path of ['/api/invoices', '/api/customers', '/api/catalog']) {
    const headers = { ...evil, 'content-type': 'text/plain' }
    expect((await request.post(path, { data: JSON.stringify(input()), headers })).status()).toBe(405)
  }
  expect(await tracesIn(sandbox, database)).toEqual(before)
})

test('signing in and out cannot be forged without the token of the form', async ({
  playwright,
  instance,
}) => {
  const request = await playwright.request.newContext({ baseURL: instance.url })
  const form = { email: 'biller@duebook.test', password: 'duebook-demo', csrfToken: 'forged', json: 'true' }
  await request.post('/api/auth/callback/credentials', { form, headers: { origin: 'https://evil.example' } })
  expect((await request.get('/api/overview')).status()).toBe(401)
})
