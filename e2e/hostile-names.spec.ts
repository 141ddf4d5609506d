import { unique } from './support/arrange'
import { badge, choose, copyLink, rowOf, visit } from './support/desk'
import { expect, test } from './support/fixtures'

const hostile = `<img src=x onerror="window.wasRun=1"></script><script>window.wasRun=1</script>{{7*7}}\${7*7}`

test('what customers and billers write is text, wherever it is shown', async ({
  billerPage: desk,
  page: customer,
  arrange,
}) => {
  const name = unique(`"><svg onload=window.wasRun=1>{{7*7}}`)
  const billed = await arrange.customer({ name, description: hostile })
  const { product } = await arrange.price(`${hostile} product`, 700)
  const { id, number } = await arrange.open(
    {
      customer: billed.id,
      description: `${hostile} memo`,
      footer: 'javascript:window.wasRun=1',
      metadata: { '<b>key</b>': hostile },
    },
    { description: `${hostile} line` },
  )
  const isInert = async (page: typeof desk) => {
    expect(await page.evaluate(() => 'wasRun' in window)).toBe(false)
    await expect(page.locator('img, svg[onload], a[href^="javascript:"]')).toHaveCount(0)
  }

  await visit(desk, '/invoices')
  await expect(rowOf(desk, String(number))).toContainText(name)
  await isInert(desk)

  await visit(desk, `/invoices/${id}`)
  await expect(badge(desk, 'open')).toBeVisible()
  for (const text of [`${hostile} line`, `${hostile} memo`, name]) {
    await expect(desk.getByText(text).first()).toBeVisible()
  }
  await isInert(desk)
  const link = await copyLink(desk)

  await visit(desk, `/customers/${billed.id}`)
  await expect(desk.getByRole('heading', { name })).toBeVisible()
  await expect(desk.getByText(hostile)).toBeVisible()
  await isInert(desk)

  await visit(desk, `/catalog/${product}`)
  await expect(desk.getByRole('heading', { name: `${hostile} product` })).toBeVisible()
  await isInert(desk)

  await visit(desk, '/invoices/new')
  await choose(desk.getByRole('combobox', { name: 'Customer' }), name)
  await expect(desk.getByRole('article', { name: 'Draft invoice' })).toContainText(name)
  await isInert(desk)

  await customer.goto(link)
  for (const text of [`${hostile} line`, `${hostile} memo`, name, 'javascript:window.wasRun=1']) {
    await expect(customer.getByText(text)).toBeVisible()
  }
  await isInert(customer)
})
