import { badge, visit } from './support/desk'
import { expect, test } from './support/fixtures'
import { cards, payByCard } from './support/hosted-page'

test('sent, declined, paid: the desk shows each of it', async ({
  billerPage: desk,
  page: customer,
  arrange,
  sandbox,
  stripe,
}) => {
  const draft = await arrange.draft()
  await visit(desk, `/invoices/${draft.id}`)

  await test.step('the biller finalizes the draft and sends it', async () => {
    await desk.getByRole('button', { name: 'Finalize and send' }).click()
    const dialog = desk.getByRole('alertdialog')
    await expect(dialog).toContainText('$100.00')
    await expect(dialog).toContainText('Stripe mails it to ap@acme.example. An e-mail cannot be recalled.')
    await dialog.getByRole('button', { name: 'Finalize and send' }).click()
    await expect(dialog.getByRole('status')).toContainText('open')
    await expect(dialog.getByText(/^req_/)).toBeVisible()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(badge(desk, 'open')).toBeVisible()
  })

  const mails = (await sandbox.mail()).filter(({ invoice }) => invoice === draft.id)
  expect(mails).toMatchObject([{ to: 'ap@acme.example', kind: 'invoice' }])
  const { hosted_invoice_url: hostedPage } = await stripe.invoices.retrieve(draft.id)
  expect(mails[0]?.text).toContain(hostedPage?.replace('?s=ap', '?s=em'))

  await test.step('the card of the customer is declined', async () => {
    await customer.goto(hostedPage ?? '')
    await payByCard(customer, cards.isDeclined)
    await expect(customer.getByRole('alert')).toContainText('declined')
    await expect(badge(desk, 'payment_failed')).toBeVisible()
    await expect(desk.getByRole('main')).toContainText('Your card was declined.')
    await expect(desk.getByText('A payment did not go through')).toBeVisible()
  })

  await test.step('another card pays', async () => {
    await payByCard(customer, cards.pays)
    await expect(customer.getByText('This invoice is paid. Thank you.')).toBeVisible()
    await expect(badge(desk, 'paid')).toBeVisible()
    await expect(desk.getByText('Your card was declined.')).toHaveCount(0)
  })

  await test.step('and nothing is left to send, with the reason beside it', async () => {
    await desk.getByRole('button', { name: 'More actions' }).click()
    const send = desk.getByRole('menuitem', { name: 'Send again' })
    await expect(send).toBeDisabled()
    await expect(send).toHaveAccessibleDescription('It is already paid.')
  })
  expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ status: 'paid', amount_paid: 10_000 })
})
