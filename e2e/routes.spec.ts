import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { APIRequestContext } from '@playwright/test'
import { root } from '../scripts/start/service'
import { unique } from './support/arrange'
import { expect, test } from './support/fixtures'

/** A page that sends strangers to the sign-in, and everybody with a session in. */
const page = { anonymous: 307, viewer: 200, biller: 200 }
/** What the browser reads as JSON. */
const read = { anonymous: 401, viewer: 200, biller: 200 }
const everybody = (status: number) => ({ anonymous: status, viewer: status, biller: status })

/** Every route of the build, and what a GET of it answers to whom. One that is not listed fails the test. */
const routes: Record<string, Record<'anonymous' | 'viewer' | 'biller', number>> = {
  '/': page,
  '/invoices': page,
  '/invoices/new': { ...page, viewer: 404 },
  '/invoices/[invoiceId]': page,
  '/customers': page,
  '/customers/[customerId]': page,
  '/catalog': page,
  '/catalog/[productId]': page,
  '/activity': page,
  '/sync': page,
  '/sign-in': { anonymous: 200, viewer: 307, biller: 307 },
  '/i/[token]': everybody(404),
  '/i/[token]/pay': everybody(303),
  '/i/[token]/pdf': everybody(303),
  '/api/overview': read,
  '/api/invoices': read,
  '/api/invoices/counts': read,
  '/api/invoices/[invoiceId]': read,
  '/api/invoices/[invoiceId]/timeline': read,
  '/api/customers': read,
  '/api/customers/choices': read,
  '/api/customers/[customerId]': read,
  '/api/catalog': read,
  '/api/catalog/prices': read,
  '/api/catalog/[productId]': read,
  '/api/activity': read,
  '/api/sync': read,
  '/api/operations/[operationId]': { anonymous: 401, viewer: 404, biller: 404 },
  '/api/live': read,
  '/api/auth/[...nextauth]': everybody(200),
  '/api/stripe/webhook': everybody(405),
  '/healthz': everybody(200),
  '/readyz': everybody(200),
  '/metrics': everybody(200),
  '/icon.svg': everybody(200),
  '/_not-found': everybody(404),
  '/_global-error': everybody(500),
}

test('every route answers each principal as declared, and no route is undeclared', async ({
  playwright,
  openPageAs,
  arrange,
  instance,
}) => {
  const built = readFileSync(join(root, '.next/app-path-routes-manifest.json'), 'utf8')
  expect(Object.values(JSON.parse(built)).sort()).toEqual(Object.keys(routes).sort())

  const name = unique('Secret customer')
  const { id: customerId } = await arrange.customer({ name })
  const draft = await arrange.draft({ customer: customerId })
  const { product } = await arrange.price(unique('Secret product'), 100)
  const address = (route: string) =>
    route
      .replace('[invoiceId]', draft.id)
      .replace('[customerId]', customerId)
      .replace('[productId]', String(product))
      .replace('[operationId]', '00000000-0000-4000-8000-000000000000')
      .replace('[token]', 'x'.repeat(43))
      .replace('[...nextauth]', 'csrf')
  const principals: Record<'anonymous' | 'viewer' | 'biller', APIRequestContext> = {
    anonymous: await playwright.request.newContext({ baseURL: instance.url }),
    viewer: (await openPageAs('viewer')).context().request,
    biller: (await openPageAs('biller')).context().request,
  }

  for (const [route, answers] of Object.entries(routes)) {
    for (const [who, request] of Object.entries(principals)) {
      const status = await statusOf(request, address(route))
      expect(status, `${route} for ${who}`).toBe(answers[who as keyof typeof principals])
    }
  }

  await test.step('in whatever way a stranger asks, no page tells of anything', async () => {
    const { anonymous } = principals
    const ways: [prefix: string, suffix: string, headers: Record<string, string>][] = [
      ['', '', { rsc: '1' }],
      ['', '?_rsc=1', { rsc: '1', 'next-router-prefetch': '1' }],
      ['', '', { rsc: '1', 'next-router-segment-prefetch': '/_tree' }],
      ['', '/', {}],
      ['/', '', {}],
      ['', '/.', {}],
      ['', '.rsc', {}],
      ['', '?nxtPinvoiceId=x', {}],
      ['', '', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
      ['', '', { 'x-matched-path': '/sign-in', 'x-nextjs-data': '1', 'next-resume': '1' }],
    ]
    for (const path of [`/invoices/${draft.id}`, '/invoices', `/customers/${customerId}`, '/']) {
      for (const [prefix, suffix, headers] of ways) {
        const response = await anonymous.get(`${instance.url}${prefix}${path}${suffix}`, { headers })
        const text = await response.text()
        expect(text, `${prefix}${path}${suffix} ${JSON.stringify(headers)}`).not.toContain(name)
      }
    }
  })
})

test('what reads is not written to', async ({ openPageAs }) => {
  const { request } = (await openPageAs('admin')).context()
  for (const path of Object.keys(routes).filter((route) => /^\/api\/(?!auth|stripe)[^[]*$/.test(route))) {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const response = await request.fetch(path, {
        method,
        headers: { 'content-type': 'text/plain' },
        data: 'x',
      })
      expect(response.status(), `${method} ${path}`).toBe(405)
    }
  }
})

test('an id that nobody has leads to a page that says so', async ({ viewerPage: desk, tolerate }) => {
  tolerate(/status of 404/)
  for (const path of ['/invoices/in_nobodyHasThis', '/customers/cus_nobodyHasThis', '/catalog/prod_nobody']) {
    expect((await desk.goto(path))?.status(), path).toBe(404)
    await expect(desk.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
    await expect(desk.getByRole('navigation', { name: 'Main' })).toBeVisible()
  }
  for (const odd of ['/invoices/..%2f..%2fetc', '/invoices/in_x%2Fvoid', `/invoices/${'x'.repeat(4_000)}`]) {
    expect((await desk.goto(odd))?.status(), odd).toBe(404)
  }
  expect((await desk.goto('/nowhere'))?.status()).toBe(404)
  await expect(desk.getByRole('heading', { name: 'Page not found' })).toBeVisible()
})

test('a webhook without a signature is refused, by the route itself, and leaves nothing', async ({
  openPageAs,
  playwright,
  database,
  instance,
}) => {
  const count = async () => (await database.query('select count(*)::int as n from stripe_events')).rows[0].n
  const anonymous = await playwright.request.newContext({ baseURL: instance.url })
  const signedIn = (await openPageAs('admin')).context().request
  const body = JSON.stringify({ id: 'evt_forged', object: 'event', type: 'invoice.paid', livemode: false })
  const before = await count()
  for (const request of [anonymous, signedIn]) {
    const attempts: Record<string, string>[] = [
      {},
      { 'stripe-signature': 't=1,v1=00' },
      { origin: instance.url },
    ]
    for (const headers of attempts) {
      const response = await request.post('/api/stripe/webhook', { data: body, headers, maxRedirects: 0 })
      expect(response.status()).toBe(400)
    }
  }
  const { rows } = await database.query("select 1 from stripe_events where id = 'evt_forged'")
  expect(rows).toEqual([])
  expect(await count()).toBeGreaterThanOrEqual(before)
})

test('figures for monitoring stay in the private network', async ({ request }) => {
  expect(await (await request.get('/metrics')).text()).toContain('# HELP')
  const outside = await request.get('/metrics', { headers: { 'x-forwarded-for': '203.0.113.7' } })
  expect(outside.status()).toBe(404)
})

/** The status line; of a stream that never ends, too. */
async function statusOf(request: APIRequestContext, path: string): Promise<number> {
  if (path !== '/api/live') return (await request.get(path, { maxRedirects: 0 })).status()
  const { cookies } = await request.storageState()
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const { url } = await request.get('/healthz').then((response) => ({ url: response.url() }))
  const response = await fetch(new URL(path, url), { headers: { cookie } })
  await response.body?.cancel()
  return response.status
}
