import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { unique } from './support/arrange'
import { copyLink, visit } from './support/desk'
import { expect, test } from './support/fixtures'
import { builtActions } from './support/server-actions'

test('the same link until it is revoked, then another one', async ({
  billerPage: desk,
  page: customer,
  arrange,
}) => {
  const { id, number, customer_name: name } = await arrange.open()
  await visit(desk, `/invoices/${id}`)
  const link = await copyLink(desk)
  await desk.reload()
  expect(await copyLink(desk)).toBe(link)

  await customer.goto(link)
  await expect(customer.getByRole('heading', { name: `Invoice ${number}` })).toBeVisible()

  await desk.getByRole('button', { name: 'Revoke' }).click()
  await desk.getByRole('alertdialog').getByRole('button', { name: 'Revoke link' }).click()
  await expect(desk.getByRole('button', { name: 'Revoke' })).toHaveCount(0)

  await test.step('the revoked one says that, and nothing about the invoice', async () => {
    await customer.reload()
    await expect(customer.getByRole('heading', { name: 'This link is no longer available' })).toBeVisible()
    const page = await customer.content()
    for (const secret of [String(number), String(name), '100.00', id]) expect(page).not.toContain(secret)
    const pay = await customer.request.post(`${link}/pay`, { maxRedirects: 0 })
    expect(pay.headers().location).toBe(new URL(link).pathname)
  })

  const next = await copyLink(desk)
  expect(next).not.toBe(link)
  await customer.goto(next)
  await expect(customer.getByRole('heading', { name: `Invoice ${number}` })).toBeVisible()
})

test('a link that nobody made is unknown, whatever it looks like', async ({ page, request, tolerate }) => {
  tolerate(/status of 404/)
  const id = '019abcde-0000-7000-8000-000000000000'
  for (const token of ['x', 'x'.repeat(43), 'x'.repeat(5_000), id, '%00', "'or'1'='1", '{"not":""}']) {
    const response = await request.get(`/i/${encodeURIComponent(token)}`)
    expect(response.status(), token).toBe(404)
    expect(await response.text()).toContain('There is no invoice at this link')
  }
  await page.goto('/i/unknown')
  await expect(page.getByRole('heading', { name: 'There is no invoice at this link' })).toBeVisible()
})

test('a draft is nobody’s business yet', async ({ billerPage: desk, page: customer, arrange }) => {
  const draft = await arrange.draft({}, { description: unique('Secret work') })
  await visit(desk, `/invoices/${draft.id}`)
  await customer.goto(await copyLink(desk))
  await expect(customer.getByRole('heading', { name: 'Your invoice is not ready yet' })).toBeVisible()
  expect(await customer.content()).not.toMatch(/Secret work|100\.00/)
})

test('Pay leads to a fresh page of Stripe’s, and neither place learns or keeps the link', async ({
  billerPage: desk,
  page: customer,
  arrange,
  database,
  instance,
}) => {
  const { id } = await arrange.open()
  await visit(desk, `/invoices/${id}`)
  const link = await copyLink(desk)
  const token = link.split('/').at(-1) ?? ''
  expect(token).toMatch(/^[\w-]{43}$/)

  for (const method of ['GET', 'HEAD']) {
    await customer.request.fetch(`${link}/pay`, { method, maxRedirects: 0 })
  }
  await customer.goto(link)
  const arriving = customer.waitForRequest((request) => request.url().startsWith(String(instance.sandboxUrl)))
  await customer.getByRole('button', { name: /^Pay / }).click()
  expect((await arriving).headers()).not.toHaveProperty('referer')
  await expect(customer).toHaveURL(new RegExp(`^${instance.sandboxUrl}/i/`))

  const { rows } = await database.query(
    `select count(*)::int as found from share_links s where s::text like '%' || $1 || '%'
     union all select count(*)::int from operations o where o::text like '%' || $1 || '%'`,
    [token],
  )
  expect(rows).toEqual([{ found: 0 }, { found: 0 }])
  const logs = join(instance.environment.DUEBOOK_HOME ?? '', 'logs')
  for (const file of readdirSync(logs)) expect(readFileSync(join(logs, file), 'utf8')).not.toContain(token)
})

test('the page is for the customer’s eyes only, and carries none of the desk', async ({
  billerPage: desk,
  page: customer,
  arrange,
}) => {
  const metadata = { note: 'internal remark' }
  const { id, customer: customerId } = await arrange.open({ metadata, description: 'Thank you.' })
  const deskScripts = scriptsOf(desk)
  await visit(desk, `/invoices/${id}`)
  const link = await copyLink(desk)

  const scripts = scriptsOf(customer)
  const response = await customer.goto(link)
  expect(response?.headers()).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  })
  expect(response?.headers()['cache-control']).toContain('no-store')
  expect(response?.headers()).not.toHaveProperty('set-cookie')
  await expect(customer.getByText('Thank you.')).toBeVisible()

  const page = (await response?.text()) ?? ''
  for (const secret of [id, String(customerId), 'internal remark', 'Bela Biller', 'ap@acme.example']) {
    expect(page, secret).not.toContain(secret)
  }
  // React Server Components repeat the page's data, and must not know more than the page.
  const flight = await customer.request.get(link, { headers: { rsc: '1' } })
  expect(await flight.text()).not.toMatch(new RegExp(`${id}|${customerId}|internal remark`))

  const ids = builtActions().map((action) => action.id)
  const deskCode = async (bodies: Promise<string>[]) =>
    (await Promise.all(bodies)).join('\n').match(new RegExp(ids.join('|'), 'g')) ?? []
  expect(await deskCode(deskScripts)).not.toEqual([])
  expect(scripts.length).toBeGreaterThan(0)
  expect(await deskCode(scripts)).toEqual([])
})

/** Collects the scripts that a page loads from now on. */
function scriptsOf(page: import('@playwright/test').Page): Promise<string>[] {
  const bodies: Promise<string>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') bodies.push(response.text())
  })
  return bodies
}
