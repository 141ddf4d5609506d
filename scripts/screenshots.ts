import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import pg from 'pg'
import { startOwnInstance } from './start/own-instance'
import type { RunningInstance } from './start/running-instance'
import { root } from './start/service'
import { provideChromium } from './test/chromium'

/*
 * `npm run screenshots` takes the pictures of README and docs anew: of a Duebook of its own with nothing but demo data.
 */

const folder = join(root, 'docs/screenshots')
const viewport = { width: 1440, height: 900 }

mkdirSync(folder, { recursive: true })
const { instance, stop } = await startOwnInstance()
const browser = await chromium.launch({ executablePath: provideChromium() })
try {
  for (const colorScheme of ['light', 'dark'] as const) await takeAll(browser, instance, colorScheme)
} finally {
  await browser.close()
  await stop()
}

async function takeAll(
  browser: Browser,
  { url, environment }: RunningInstance,
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const context = await browser.newContext({ baseURL: url, viewport, colorScheme, locale: 'en-US' })
  const page = await context.newPage()
  await page.goto('/sign-in')
  await page.getByRole('button', { name: 'Sign in as biller@duebook.test' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  const take = (name: string) => takeOne(page, `${name}-${colorScheme}`)
  for (const [name, path] of [
    ['overview', '/'],
    ['invoices', '/invoices'],
    ['invoice', `/invoices/${await longestOpenInvoice(environment.DATABASE_URL)}`],
  ] as const) {
    // The live connection opens once React has taken the page over, which also turns times into "in 6 days".
    const live = page.waitForResponse('**/api/live')
    await page.goto(path)
    await live
    await take(name)
  }
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.goto((await page.getByText(/^http.*\/i\/[\w-]{43}$/).textContent()) ?? '')
  await take('customer-page')
  await context.close()
}

async function takeOne(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('[aria-busy=true]').waitFor({ state: 'detached' })
  await page.evaluate(() => document.fonts.ready)
  await page.evaluate(() => new Promise((isIdle) => requestIdleCallback(isIdle)))
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' })
}

async function longestOpenInvoice(databaseUrl: string | undefined): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      "select id from invoices where status = 'open' and due_at > now() order by line_count desc, created_at limit 1",
    )
    return rows[0]?.id ?? ''
  } finally {
    await client.end()
  }
}
