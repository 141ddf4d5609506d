import { askFor, badge, copyLink, rowOf, visit } from './support/desk'
import { expect, test } from './support/fixtures'

test('an invoice made in error is voided, once, and everybody is told', async ({
  billerPage: desk,
  page: customer,
  arrange,
  sandbox,
  stripe,
  database,
}) => {
  const { id, number } = await arrange.open()
  const voided = async () => (await sandbox.ledger({ path: `/v1/invoices/${id}/void` })).length
  await visit(desk, `/invoices/${id}`)
  const link = await copyLink(desk)

  await test.step('thinking better of it changes nothing', async () => {
    const dialog = await askFor(desk, 'Void')
    await expect(dialog).toHaveAccessibleName(`Void ${number}, $100.00?`)
    await expect(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused()
    await desk.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    expect(await voided()).toBe(0)
  })

  await test.step('confirming it voids the invoice and gives a receipt', async () => {
    const dialog = await askFor(desk, 'Void')
    await dialog.getByRole('button', { name: `Void ${number}` }).click()
    await expect(dialog).toHaveAccessibleName(`${number} is void`)
    await expect(dialog.getByText(/^req_/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(badge(desk, 'void')).toBeVisible()
    expect(await voided()).toBe(1)
    expect((await stripe.invoices.retrieve(id)).status).toBe('void')
  })

  await test.step('the list has it under Void, the audit trail who did it', async () => {
    await visit(desk, '/invoices?tab=void')
    await expect(badge(rowOf(desk, String(number)), 'void')).toBeVisible()
    const { rows } = await database.query(
      `select actor_name, state, before, after from operations where object_id = $1 and name = 'invoice.void'`,
      [id],
    )
    expect(rows).toMatchObject([
      { actor_name: 'Bela Biller', state: 'done', before: { status: 'open' }, after: { status: 'void' } },
    ])
  })

  await test.step('the customer reads that nothing is to be paid', async () => {
    await customer.goto(link)
    await expect(customer.getByText('This invoice was canceled. Nothing is to be paid.')).toBeVisible()
    await expect(customer.getByRole('button', { name: /^Pay/ })).toHaveCount(0)
  })
})
