import { expect, type Locator, type Page } from '@playwright/test'
import type { InvoiceBadge } from '@/lib/domain/invoice'
import { badgeWords } from '@/lib/words/badges'

/** Opens a page and waits until it is alive. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await isAlive(page)
}

/** Until React has taken a page over, whose elements it then marks, what is pressed there is lost. */
async function isAlive(page: Page): Promise<void> {
  const marks = () =>
    page.locator('body').evaluate((body) => Object.keys(body).filter((key) => key.startsWith('__react')))
  await expect.poll(marks, { message: 'React in the page' }).not.toEqual([])
}

/** Signs a person in as people do, by the form that the page already shows. */
export async function signInByForm(page: Page, email: string): Promise<void> {
  await isAlive(page)
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password').fill('duebook-demo')
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
}

/** The status badge, which says more when pointed at than its one word, and so is not mistaken for another. */
export const badge = (within: Page | Locator, state: InvoiceBadge) =>
  within.getByTitle(badgeWords(state).explanation)

/** The row of a table that holds `text`. */
export const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

/** Types into a combobox and takes what it finds. */
export async function choose(box: Locator, text: string): Promise<void> {
  await box.fill(text)
  await box.page().getByRole('option').filter({ hasText: text }).click()
  await expect(box).toHaveValue(text)
}

/** Asks for one of an invoice's moves and leaves its dialog open. */
export async function askFor(page: Page, move: string): Promise<Locator> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: move, exact: true }).click()
  return page.getByRole('alertdialog')
}

/** Copies the customer's link of the invoice that the page shows. */
export async function copyLink(page: Page): Promise<string> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.getByRole('button', { name: 'Copy link' }).click()
  await expect(page.getByRole('button', { name: 'Copied', exact: true })).toBeVisible()
  return await page.evaluate(() => navigator.clipboard.readText())
}

/** How often the page was loaded since: a live screen changes without. */
export function countLoads(page: Page): () => number {
  let loads = 0
  page.on('load', () => {
    loads += 1
  })
  return () => loads
}
