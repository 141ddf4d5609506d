import { unique } from './support/arrange'
import { visit } from './support/desk'
import { expect, test } from './support/fixtures'

test('a price is added, and what is archived is offered on invoices no more', async ({
  billerPage: desk,
  arrange,
}) => {
  const name = unique('Calibration')
  const { product } = await arrange.price(name, 19_900)
  await visit(desk, `/catalog/${product}`)
  const prices = desk.getByRole('table', { name: `Prices of ${name}` })
  const offered = async () => {
    const editor = await desk.context().newPage()
    await visit(editor, '/invoices/new')
    await editor.getByRole('combobox', { name: 'Price from the catalog' }).fill(name)
    await expect(editor.locator('[aria-busy=true]')).toHaveCount(0)
    const options = editor.getByRole('listbox').getByRole('option')
    const nothing = editor.getByText('No price in USD matches.')
    await expect(options.first().or(nothing)).toBeVisible()
    const texts = await options.allTextContents()
    await editor.close()
    return texts
  }

  await desk.getByRole('button', { name: 'Add a price' }).click()
  const form = desk.getByRole('dialog', { name: 'Add a price' })
  await form.getByLabel('Unit price').fill('179.00')
  await form.getByLabel('Note').fill('for partners')
  await form.getByRole('button', { name: 'Add price' }).click()
  await expect(prices).toContainText('$179.00')
  expect(await offered()).toHaveLength(2)

  const partners = prices.getByRole('row').filter({ hasText: 'for partners' })
  await partners.getByRole('button', { name: 'Archive $179.00' }).click()
  await desk.getByRole('button', { name: 'Archive price' }).click()
  await expect(partners).toContainText('Archived')
  expect(await offered()).toEqual([expect.stringContaining('$199.00')])

  await desk.getByRole('button', { name: 'Archive', exact: true }).click()
  const dialog = desk.getByRole('alertdialog', { name: `Archive ${name}?` })
  await dialog.getByRole('button', { name: 'Archive product' }).click()
  await desk.getByRole('button', { name: 'Done' }).click()
  await expect(desk.getByRole('button', { name: 'Restore' })).toBeVisible()
  expect(await offered()).toEqual([])
})
