import type { Locator } from '@playwright/test'
import { type FieldReason, fieldSentence } from '@/lib/words/fields'
import { unique } from './support/arrange'
import { choose, visit } from './support/desk'
import { expect, test } from './support/fixtures'

/** What people may type as an amount, in which currency, and what the page answers beside it. */
const misread: [currency: string, amount: string, reason: FieldReason][] = [
  ['usd', '1e3', 'amount_not_a_number'],
  ['usd', 'NaN', 'amount_not_a_number'],
  ['usd', '0x10', 'amount_not_a_number'],
  ['usd', '1,234', 'amount_ambiguous'],
  ['usd', '1.234', 'amount_ambiguous'],
  ['usd', '-0', 'amount_not_a_number'],
  ['usd', '-1', 'amount_negative'],
  ['usd', '1.005', 'amount_ambiguous'],
  ['usd', '1234567.89', 'amount_too_large'],
  ['jpy', '10.5', 'amount_too_precise'],
]

test('amounts that can be misread are refused beside the field, and nothing that was typed is lost', async ({
  billerPage: desk,
  sandbox,
}) => {
  const name = unique('Sensor')
  const products = async () => (await sandbox.ledger({ path: '/v1/products' })).length
  const before = await products()
  await visit(desk, '/catalog')
  await desk.getByRole('button', { name: 'New product' }).click()
  const form = desk.getByRole('dialog', { name: 'New product' })
  await form.getByLabel('Name').fill(name)
  await form.getByLabel('Description').fill('Measures wind.\nAnd rain.')
  const amount = form.getByLabel('Unit price')

  for (const [currency, typed, reason] of misread) {
    await form.getByLabel('Currency').selectOption(currency)
    await amount.fill(typed)
    await form.getByRole('button', { name: 'Create product' }).click()
    await isRefused(amount, reason)
    await expect(amount).toHaveValue(typed)
    await expect(form.getByLabel('Name')).toHaveValue(name)
    await expect(form.getByLabel('Description')).toHaveValue('Measures wind.\nAnd rain.')
  }
  expect(await products()).toBe(before)

  await form.getByLabel('Currency').selectOption('eur')
  await amount.fill('1.234,56')
  await form.getByRole('button', { name: 'Create product' }).click()
  await expect(desk.getByRole('table', { name: `Prices of ${name}` })).toContainText('€1,234.56')
})

test('an invoice with mistakes stays as it was written, and says where they are', async ({
  billerPage: desk,
  arrange,
  sandbox,
}) => {
  const { name } = await arrange.customer()
  const before = (await sandbox.ledger()).length
  await visit(desk, '/invoices/new')
  await desk.getByLabel('Memo').fill('Order 4711')
  await desk.getByLabel('Currency').selectOption('jpy')
  const line = desk.getByRole('group', { name: 'Line 1' })
  const [description, quantity, amount] = [
    line.getByLabel('Description'),
    line.getByLabel('Quantity'),
    line.getByLabel('Unit price'),
  ]
  await amount.fill('10.5')
  await quantity.fill('1e3')
  await desk.getByRole('button', { name: 'Finalize and send' }).click()

  const customer = desk.getByRole('combobox', { name: 'Customer' })
  await isRefused(customer, 'id')
  await isRefused(description, 'required')
  await isRefused(quantity, 'quantity')
  await isRefused(amount, 'amount_too_precise')
  await expect(desk.getByRole('alertdialog')).toHaveCount(0)

  await choose(customer, String(name))
  await description.fill('Sensor')
  await quantity.fill('3')
  await amount.fill('1050')
  await desk.getByRole('button', { name: 'Save draft' }).click()
  await expect(desk).toHaveURL(/\/invoices\/in_/)
  await expect(desk.getByRole('main')).toContainText('¥3,150')
  await expect(desk.getByRole('main')).toContainText('Order 4711')
  const written = (await sandbox.ledger()).slice(before)
  expect(written.filter(({ path }) => path === '/v1/invoices')).toHaveLength(1)
})

/** Invalid, and described by the sentence: a screen reader reads it with the field, an eye finds it beneath. */
async function isRefused(field: Locator, reason: FieldReason): Promise<void> {
  const sentence = fieldSentence(reason)
  await expect(field).toHaveAttribute('aria-invalid', 'true')
  await expect(field).toHaveAccessibleDescription(new RegExp(`${sentence.replace(/[.?*+^$()]/g, '\\$&')}$`))
  await expect(field.page().getByText(sentence)).toBeVisible()
}
