import type { Page } from '@playwright/test'
import { moveReasonSentence } from '@/lib/words/moves'
import { visit } from './support/desk'
import { expect, test } from './support/fixtures'

/** Buttons of the page itself that are not off, by name. What they do is read, copy, sort, search. */
async function buttonsOn(page: Page): Promise<string[]> {
  const buttons = page.getByRole('main').getByRole('button', { disabled: false })
  return await buttons.evaluateAll((all) =>
    all.map((button) => button.getAttribute('aria-label') ?? button.textContent ?? ''),
  )
}

test('somebody who may only read finds nothing to write with', async ({
  viewerPage: desk,
  arrange,
  sandbox,
  tolerate,
}) => {
  const price = await arrange.price('Inspection', 5_000)
  const draft = await arrange.draft()
  const open = await arrange.open({ customer: String(draft.customer) })
  const before = (await sandbox.ledger()).length

  for (const path of [
    '/',
    '/invoices',
    '/customers',
    `/customers/${draft.customer}`,
    '/catalog',
    `/catalog/${price.product}`,
    '/sync',
  ]) {
    await visit(desk, path)
    await expect(desk.getByRole('heading', { level: 1 }), path).toBeVisible()
    await expect(desk.getByRole('link', { name: /new invoice|write an invoice/i }), path).toHaveCount(0)
    expect(await buttonsOn(desk), path).not.toContainEqual(
      expect.stringMatching(/new|create|add|archive|restore|save/i),
    )
  }

  for (const [id, primary] of [
    [draft.id, 'Finalize and send'],
    [open.id, 'Send'],
  ] as const) {
    await visit(desk, `/invoices/${id}`)
    for (const name of [primary, 'Copy link']) {
      const button = desk.getByRole('button', { name, exact: true })
      await expect(button).toBeDisabled()
      await expect(button).toHaveAccessibleDescription(moveReasonSentence('role_may_not'))
    }
    expect((await buttonsOn(desk)).filter((name) => !name.startsWith('Copy '))).toEqual(['More actions'])
    await desk.getByRole('button', { name: 'More actions' }).click()
    for (const item of await desk.getByRole('menuitem').all()) {
      await expect(item).toBeDisabled()
      await expect(item).toHaveAccessibleDescription(/\.$/)
    }
  }

  tolerate(/status of 404/)
  expect((await desk.goto('/invoices/new'))?.status()).toBe(404)
  expect((await sandbox.ledger()).length).toBe(before)
})
