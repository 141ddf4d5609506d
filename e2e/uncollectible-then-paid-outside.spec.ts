import { askFor, badge, visit } from './support/desk'
import { expect, test } from './support/fixtures'

test('given up as bad debt, then paid by bank transfer after all', async ({
  billerPage: desk,
  arrange,
  sandbox,
  stripe,
}) => {
  const { id, number } = await arrange.open()
  await visit(desk, `/invoices/${id}`)

  await test.step('the biller gives it up', async () => {
    const dialog = await askFor(desk, 'Mark uncollectible')
    await expect(dialog).toHaveAccessibleName(`Mark ${number}, $100.00, as uncollectible?`)
    await dialog.getByRole('button', { name: 'Mark as uncollectible' }).click()
    await expect(dialog).toHaveAccessibleName(`${number} is marked uncollectible`)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(badge(desk, 'uncollectible')).toBeVisible()
    expect((await stripe.invoices.retrieve(id)).status).toBe('uncollectible')
  })

  await test.step('and records the transfer that came weeks later', async () => {
    await desk.getByRole('button', { name: 'Record payment' }).click()
    const dialog = desk.getByRole('alertdialog', {
      name: `Record ${number}, $100.00, as paid outside Stripe?`,
    })
    await dialog.getByLabel('How was it paid?').fill('Bank transfer of 24 November, reference 4711')
    await dialog.getByRole('button', { name: 'Record $100.00 as paid' }).click()
    const receipt = desk.getByRole('alertdialog', { name: `${number} is paid` })
    await receipt.getByRole('button', { name: 'Done' }).click()
  })

  await test.step('the page says paid, how, and who says so', async () => {
    await expect(badge(desk, 'paid')).toBeVisible()
    const page = desk.getByRole('main')
    await expect(page.getByText('The payment was recorded outside Stripe.')).toBeVisible()
    await expect(page.getByText('Bank transfer of 24 November, reference 4711')).toBeVisible()
    await expect(page.getByText('Recorded as paid outside Stripe')).toBeVisible()
  })
  const [payment, ...others] = await sandbox.ledger({ path: `/v1/invoices/${id}/pay` })
  expect([payment?.status, others]).toEqual([200, []])
  expect((await stripe.invoices.retrieve(id)).status).toBe('paid')
})
