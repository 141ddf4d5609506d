import type { Page } from '@playwright/test'

/** Stripe's test cards, by what happens to them. */
export const cards = { pays: '4242 4242 4242 4242', isDeclined: '4000 0000 0000 0002' }

/** Fills in and sends the card form of Stripe's hosted invoice page. */
export async function payByCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expires').fill('12 / 34')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on card').fill('Carla Customer')
  await page.getByRole('button', { name: /^Pay / }).click()
}
