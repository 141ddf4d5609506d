import type { Page } from '@playwright/test'
import { choose, visit } from './support/desk'
import { expect, test } from './support/fixtures'
import { postAction } from './support/server-actions'

/** Writes an invoice up to the question whether to finalize and send it. */
async function writeInvoice(desk: Page, customer: string): Promise<void> {
  await visit(desk, '/invoices/new')
  await choose(desk.getByRole('combobox', { name: 'Customer' }), customer)
  const line = desk.getByRole('group', { name: 'Line 1' })
  await line.getByLabel('Description').fill('Consulting')
  await line.getByLabel('Unit price').fill('250')
}

test('a double click on "Finalize and send" makes one invoice and one mail', async ({
  billerPage: desk,
  arrange,
  sandbox,
  stripe,
}) => {
  const customer = await arrange.customer()
  await writeInvoice(desk, String(customer.name))
  const created = async () => (await sandbox.ledger({ path: '/v1/invoices' })).length
  const before = await created()

  await desk.getByRole('button', { name: 'Finalize and send' }).dblclick()
  await desk.getByRole('alertdialog').getByRole('button', { name: 'Finalize and send' }).dblclick()
  await expect(desk).toHaveURL(/\/invoices\/in_/)

  expect(await created()).toBe(before + 1)
  const { data } = await stripe.invoices.list({ customer: customer.id })
  expect(data).toMatchObject([{ status: 'open', total: 25_000 }])
  const mails = (await sandbox.mail()).filter(({ invoice }) => invoice === data[0]?.id)
  expect(mails).toHaveLength(1)
})

test('the same form sent again, from other tabs and at once, gets the same invoice', async ({
  billerPage: desk,
  instance,
  arrange,
  stripe,
  database,
}) => {
  const customer = await arrange.customer()
  await writeInvoice(desk, String(customer.name))
  const sending = desk.waitForRequest((request) => 'next-action' in request.headers())
  await desk.getByRole('button', { name: 'Finalize and send' }).click()
  await desk.getByRole('alertdialog').getByRole('button', { name: 'Finalize and send' }).click()
  const sent = await sending
  await expect(desk).toHaveURL(/\/invoices\/in_/)
  const invoiceId = desk.url().split('/').at(-1)

  const action = { id: sent.headers()['next-action'] ?? '' }
  const [input] = JSON.parse(sent.postData() ?? '')
  const again = (values: object) =>
    postAction(desk.context().request, action, [values], { headers: { origin: instance.url } })

  const answers = await Promise.all(Array.from({ length: 8 }, () => again(input)))
  for (const { result } of answers) expect(result).toMatchObject({ ok: true, value: { invoiceId } })

  const other = await again({ ...input, memo: 'Another one' })
  expect(other.result).toMatchObject({ ok: false, error: { code: 'operation_mismatch' } })

  expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1)
  const { rows } = await database.query('select state, attempts from operations where id = $1', [
    input.operationId,
  ])
  expect(rows).toEqual([{ state: 'done', attempts: 1 }])
})

test('of eight first tries at once one makes the invoice, and the page that lost its answer finds it', async ({
  billerPage: desk,
  instance,
  arrange,
  sandbox,
  stripe,
  tolerate,
}) => {
  const customer = await arrange.customer()
  await writeInvoice(desk, String(customer.name))
  await desk.getByRole('button', { name: 'Finalize and send' }).click()
  const dialog = desk.getByRole('alertdialog')

  // The page's own request breaks off, and eight others carry what it said.
  await desk.route('**/invoices/new', (route) => route.abort())
  tolerate(/net::ERR_FAILED/)
  const sending = desk.waitForRequest((request) => 'next-action' in request.headers())
  await dialog.getByRole('button', { name: 'Finalize and send' }).click()
  const sent = await sending
  const action = { id: sent.headers()['next-action'] ?? '' }
  const args = JSON.parse(sent.postData() ?? '')
  const { request } = desk.context()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => postAction(request, action, args, { headers: { origin: instance.url } })),
  )

  const { data } = await stripe.invoices.list({ customer: customer.id })
  expect(data).toMatchObject([{ status: 'open', total: 25_000 }])
  const results = answers.map(({ result }) => result)
  expect(results).toContainEqual(expect.objectContaining({ ok: true }))
  for (const result of results) {
    expect(result).toMatchObject(
      result?.ok ? { value: { invoiceId: data[0]?.id } } : { error: { code: 'operation_running' } },
    )
  }

  // It asks by itself what became of it.
  await desk.unroute('**/invoices/new')
  await expect(desk).toHaveURL(`/invoices/${data[0]?.id}`)
  expect((await stripe.invoices.list({ customer: customer.id })).data).toHaveLength(1)
  expect((await sandbox.mail()).filter(({ invoice }) => invoice === data[0]?.id)).toHaveLength(1)
})
