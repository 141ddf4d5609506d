import type { Page } from '@playwright/test'
import { badgeWords } from '@/lib/words/badges'
import { badge, countLoads } from './support/desk'
import { expect, test } from './support/fixtures'

/** From the moment in which the event was stored to the one in which a screen shows it. */
const longestMs = 2_000

for (const [what, pathOf] of [
  ['the invoice', (id: string) => `/invoices/${id}`],
  ['the list', () => '/invoices'],
] as const) {
  test(`two people look at ${what} while a payment arrives: both see it within two seconds`, async ({
    openPageAs,
    arrange,
    database,
  }) => {
    const invoice = await arrange.open()
    const number = String(invoice.number)
    const screens: Page[] = []
    for (const who of ['biller', 'viewer'] as const) {
      const page = await openPageAs(who)
      const live = page.waitForResponse('**/api/live')
      await page.goto(pathOf(invoice.id))
      await live
      await expect(badge(page.locator('header, tr', { hasText: number }), 'open')).toBeVisible()
      screens.push(page)
    }
    const loads = screens.map(countLoads)
    const seen = screens.map((page) => whenPaid(page, number))
    await arrange.pay(invoice)
    const seenAt = await Promise.all(seen)

    const { rows } = await database.query(
      `select received_at from stripe_events where type = 'invoice.paid' and object_id = $1`,
      [invoice.id],
    )
    expect(rows).toHaveLength(1)
    const delays = seenAt.map((at) => at - rows[0].received_at.getTime())
    test.info().annotations.push({ type: 'ms from receipt to screen', description: delays.join(', ') })
    for (const delay of delays) expect(delay).toBeLessThan(longestMs)
    expect(loads.map((count) => count())).toEqual([0, 0])
  })
}

/**
 * When the page first shows the invoice as paid. The page itself notes it, at the change of its document and by the
 * machine's clock, which is the database's too: what the test runner takes to ask does not count.
 */
function whenPaid(page: Page, number: string): Promise<number> {
  return page.evaluate(
    ([wanted, explanation]) =>
      new Promise<number>((resolve) => {
        const isPaid = () =>
          [...document.querySelectorAll('header, tr')].some(
            (part) => part.textContent?.includes(wanted) && part.querySelector(`[title="${explanation}"]`),
          )
        const observer = new MutationObserver(() => {
          if (!isPaid()) return
          observer.disconnect()
          resolve(Date.now())
        })
        observer.observe(document.body, { subtree: true, childList: true, attributes: true })
      }),
    [number, badgeWords('paid').explanation] as const,
  )
}
