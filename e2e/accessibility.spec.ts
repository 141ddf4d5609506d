import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { copyLink } from './support/desk'
import { expect, test } from './support/fixtures'

// Rules other than contrast see no colors, and need not look twice.
const looks = (['light', 'dark'] as const).flatMap((colorScheme) => {
  const rules = colorScheme === 'dark' ? ['color-contrast'] : null
  return [
    { colorScheme, rules, width: 1440, height: 900 },
    { colorScheme, rules, width: 390, height: 844 },
  ]
})

// Looking at every element takes a slow machine a while.
test.describe.configure({ timeout: 180_000 })

for (const path of ['/', '/invoices', '/invoices/new', '/customers', '/catalog', '/sync']) {
  test(`${path} is accessible, light and dark, wide and narrow`, async ({ billerPage: desk }) => {
    await desk.goto(path)
    await isAccessible(desk)
  })
}

test('the pages of one object are', async ({ billerPage: desk, arrange }) => {
  const { product } = await arrange.price('Inspection', 5_000)
  const draft = await arrange.draft()
  for (const path of [`/invoices/${draft.id}`, `/customers/${draft.customer}`, `/catalog/${product}`]) {
    await desk.goto(path)
    await isAccessible(desk)
  }
})

test('an open invoice and what its customer sees are', async ({
  billerPage: desk,
  page: customer,
  arrange,
}) => {
  const { id } = await arrange.open()
  await desk.goto(`/invoices/${id}`)
  await isAccessible(desk)
  await customer.goto(await copyLink(desk))
  await isAccessible(customer)
})

test('the sign-in is', async ({ page }) => {
  await page.goto('/sign-in')
  await isAccessible(page)
})

/** In every look: no serious fault, and nothing that sticks out sideways. */
async function isAccessible(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.locator('[aria-busy=true]')).toHaveCount(0)
  for (const { colorScheme, rules, width, height } of looks) {
    const look = `${new URL(page.url()).pathname}, ${colorScheme}, ${width} px`
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height })
    const axe = new AxeBuilder({ page })
    const { violations } = await (rules === null ? axe : axe.withRules(rules)).analyze()
    const serious = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => ({ id, where: nodes.map(({ target }) => target.join(' ')) }))
    expect(serious, look).toEqual([])
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overhang, `${look} scrolls sideways`).toBe(0)
  }
}
