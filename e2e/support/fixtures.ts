import { type Browser, test as base, expect, type Page } from '@playwright/test'
import pg from 'pg'
import Stripe from 'stripe'
import type { Role } from '@/lib/domain/access'
import type { RunningInstance } from '../../scripts/start/running-instance'
import { type Arrange, arrangeIn } from './arrange'
import { type SandboxControl, sandboxControl } from './sandbox-control'
import { type SignedIn, signIn } from './sign-in'

type Fixtures = {
  /** Pages of people who are signed in, each in a browser context of its own. `page` itself belongs to nobody. */
  adminPage: Page
  billerPage: Page
  viewerPage: Page
  /** Another page for a person: a second browser, a phone (`{ viewport }`). `nobody` is not signed in. */
  openPageAs(who: Role | 'nobody', options?: Parameters<Browser['newContext']>[0]): Promise<Page>
  /** Lets the browser log errors that match, where a test brings them about: `/status of 404/`. */
  tolerate(pattern: RegExp): void
  sandbox: SandboxControl
  arrange: Arrange
}

type BrowserErrors = { watch(page: Page): void; tolerate(pattern: RegExp): void }

type WorkerFixtures = {
  instance: RunningInstance
  /** The unmodified SDK on the same account as the application, to arrange with and to look at the truth. */
  stripe: Stripe
  database: pg.Pool
  signedIn(role: Role): Promise<SignedIn>
}

/**
 * Playwright's `test` with the running application. It fails when a page logs an error, throws, breaks its own
 * Content-Security-Policy or asks a server that is neither ours nor Stripe's, whatever else it shows.
 */
export const test = base.extend<Fixtures & { browserErrors: BrowserErrors }, WorkerFixtures>({
  instance: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern.
    async ({}, use) => await use(JSON.parse(process.env.E2E_INSTANCE ?? '')),
    { scope: 'worker' },
  ],
  baseURL: async ({ instance }, use) => await use(instance.url),
  stripe: [
    async ({ instance }, use) => {
      const { STRIPE_SECRET_KEY = '', STRIPE_API_BASE = '' } = instance.environment
      const { hostname, port } = new URL(STRIPE_API_BASE)
      await use(new Stripe(STRIPE_SECRET_KEY, { host: hostname, port, protocol: 'http', telemetry: false }))
    },
    { scope: 'worker' },
  ],
  database: [
    async ({ instance }, use) => {
      const pool = new pg.Pool({ connectionString: instance.environment.DATABASE_URL, max: 2 })
      await use(pool)
      await pool.end()
    },
    { scope: 'worker' },
  ],
  signedIn: [
    async ({ playwright, instance }, use) => {
      const states = new Map<Role, Promise<SignedIn>>()
      await use((role) => {
        const known = states.get(role) ?? signIn(playwright.request, instance.url, `${role}@duebook.test`)
        states.set(role, known)
        return known
      })
    },
    { scope: 'worker' },
  ],
  sandbox: async ({ instance }, use) => {
    const control = sandboxControl(instance.sandboxUrl ?? '')
    await use(control)
    await control.clearFaults()
  },
  arrange: async ({ stripe, database }, use) => await use(arrangeIn(stripe, database)),
  tolerate: async ({ browserErrors }, use) => await use(browserErrors.tolerate),
  browserErrors: [
    async ({ instance }, use) => {
      const errors: string[] = []
      const tolerated: RegExp[] = []
      const ours = [instance.url, instance.sandboxUrl].map((url) => url && new URL(url).origin)
      const isForeign = ({ protocol, origin }: URL) => protocol.startsWith('http') && !ours.includes(origin)
      await use({
        tolerate: (pattern) => tolerated.push(pattern),
        watch: (page) => {
          page.on('console', (message) => {
            if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`)
          })
          page.on('pageerror', (error) => errors.push(String(error)))
          page.on('request', (request) => {
            if (isForeign(new URL(request.url()))) errors.push(`asked ${request.url()}`)
          })
        },
      })
      const unexpected = errors.filter((error) => !tolerated.some((pattern) => pattern.test(error)))
      expect(unexpected, 'errors in the browser').toEqual([])
    },
    { auto: true },
  ],
  page: async ({ page, browserErrors }, use) => {
    browserErrors.watch(page)
    await use(page)
  },
  openPageAs: async ({ browser, baseURL, signedIn, browserErrors }, use) => {
    const contexts: { close(): Promise<void> }[] = []
    await use(async (who, options = {}) => {
      const storageState = who === 'nobody' ? undefined : await signedIn(who)
      const context = await browser.newContext({ baseURL, storageState, ...options })
      contexts.push(context)
      const page = await context.newPage()
      browserErrors.watch(page)
      return page
    })
    for (const context of contexts) await context.close()
  },
  adminPage: async ({ openPageAs }, use) => await use(await openPageAs('admin')),
  billerPage: async ({ openPageAs }, use) => await use(await openPageAs('biller')),
  viewerPage: async ({ openPageAs }, use) => await use(await openPageAs('viewer')),
})

export { expect }
