import { askFor, badge, visit } from './support/desk'
import { expect, test } from './support/fixtures'

test('a draft is deleted, and whoever has it open is told', async ({
  billerPage: desk,
  adminPage: colleague,
  arrange,
  sandbox,
  tolerate,
}) => {
  const draft = await arrange.draft()
  for (const page of [desk, colleague]) {
    await visit(page, `/invoices/${draft.id}`)
    await expect(badge(page, 'draft')).toBeVisible()
  }
  // The open page asks for it once more, and it is gone.
  tolerate(/status of 404/)
  const dialog = await askFor(desk, 'Delete draft')
  await dialog.getByRole('button', { name: 'Delete draft' }).click()
  await expect(dialog).toHaveAccessibleName('The draft is deleted')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(desk).toHaveURL('/invoices')

  await expect(colleague.getByText('This draft was deleted')).toBeVisible()
  await expect(colleague.getByRole('button', { name: 'More actions' })).toHaveCount(0)
  const deletions = (await sandbox.ledger({ path: `/v1/invoices/${draft.id}` })).filter(
    ({ method }) => method === 'DELETE',
  )
  expect(deletions).toHaveLength(1)
})
