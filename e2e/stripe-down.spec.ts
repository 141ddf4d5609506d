import { badge, rowOf, visit } from './support/desk'
import { expect, test } from './support/fixtures'

for (const [what, fault] of [
  ['cuts every connection', { effect: 'reset_before' }],
  ['answers 500 to everything', { effect: 'status_before', status: 500 }],
] as const) {
  test(`while Stripe ${what}, reading works and writing says honestly that it must wait`, async ({
    billerPage: desk,
    arrange,
    sandbox,
    stripe,
  }) => {
    const open = await arrange.open()
    const draft = await arrange.draft({ customer: String(open.customer) })
    await visit(desk, `/invoices/${draft.id}`)
    await sandbox.plant({ path: '/v1/*', ...fault })

    await test.step('a draft cannot be finalized, and the dialog does not pretend otherwise', async () => {
      await desk.getByRole('button', { name: 'Finalize and send' }).click()
      const dialog = desk.getByRole('alertdialog')
      await dialog.getByRole('button', { name: 'Finalize and send' }).click()
      await expect(dialog.getByText(/^Stripe cannot be reached right now/)).toBeVisible({ timeout: 30_000 })
      await expect(dialog.getByRole('button', { name: 'Try again' })).toBeEnabled()
    })

    await test.step('the lists and pages show what was known last', async () => {
      const list = await desk.context().newPage()
      await list.goto('/invoices')
      await expect(badge(rowOf(list, String(open.number)), 'open')).toBeVisible()
      await list.goto(`/invoices/${open.id}`)
      await expect(badge(list, 'open')).toBeVisible()
      await list.goto('/')
      await expect(list.getByRole('region', { name: 'USD' })).toBeVisible()
      await list.close()
    })

    await test.step('when Stripe is back, the same press does it, once', async () => {
      await sandbox.clearFaults()
      const dialog = desk.getByRole('alertdialog')
      await dialog.getByRole('button', { name: 'Try again' }).click()
      await expect(dialog.getByRole('status')).toContainText('open')
      expect((await stripe.invoices.retrieve(draft.id)).status).toBe('open')
      expect((await sandbox.mail()).filter(({ invoice }) => invoice === draft.id)).toHaveLength(1)
    })
  })
}
