import { expect, test } from './support/fixtures'

test('the application is alive and ready', async ({ request }) => {
  expect((await request.get('/healthz')).status()).toBe(200)
  expect((await request.get('/readyz')).status()).toBe(200)
})

test('somebody without a session is led to the sign-in page', async ({ page }) => {
  await page.goto('/invoices')
  await expect(page).toHaveURL(/\/sign-in\?next=/)
  await expect(page.getByLabel('E-mail address')).toBeVisible()
})

test('a demo person sees the demo invoices', async ({ viewerPage, database }) => {
  const { rows } = await database.query(
    'select number from invoices where number is not null order by created_at desc limit 1',
  )
  await viewerPage.goto('/invoices')
  await expect(viewerPage.getByText(rows[0].number).first()).toBeVisible()
})
