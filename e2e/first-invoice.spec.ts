import { unique } from './support/arrange'
import { badge, choose, copyLink, countLoads, rowOf, signInByForm, visit } from './support/desk'
import { expect, test } from './support/fixtures'
import { cards, payByCard } from './support/hosted-page'

test('from an empty form to a paid invoice, and every open screen follows', async ({
  page: desk,
  openPageAs,
  stripe,
}) => {
  const [product, customer] = [unique('Anemometer'), unique('Windpark Nord')]

  await test.step('the biller signs in', async () => {
    await visit(desk, '/catalog')
    await signInByForm(desk, 'biller@duebook.test')
    await expect(desk.getByRole('heading', { name: 'Catalog' })).toBeVisible()
  })

  await test.step('and creates a product with a price', async () => {
    await desk.getByRole('button', { name: 'New product' }).click()
    const form = desk.getByRole('dialog', { name: 'New product' })
    await form.getByLabel('Name').fill(product)
    await form.getByLabel('Unit price').fill('1,234.50')
    await form.getByLabel('Currency').selectOption('eur')
    await form.getByRole('button', { name: 'Create product' }).click()
    await expect(desk.getByRole('heading', { name: product, exact: true })).toBeVisible()
    await expect(desk.getByRole('table', { name: `Prices of ${product}` })).toContainText('€1,234.50')
  })

  await test.step('a customer', async () => {
    await desk.getByRole('link', { name: 'Customers', exact: true }).click()
    await desk.getByRole('button', { name: 'New customer' }).click()
    const form = desk.getByRole('dialog', { name: 'New customer' })
    await form.getByLabel('Name').fill(customer)
    await form.getByLabel('E-mail address').fill('ap@windpark.example')
    await form.getByRole('button', { name: 'Create customer' }).click()
    await expect(desk.getByRole('heading', { name: customer, exact: true })).toBeVisible()
  })

  await test.step('and an invoice of a catalog price and a one-off amount', async () => {
    await desk.getByRole('link', { name: 'Invoices', exact: true }).click()
    await expect(desk.getByRole('heading', { name: 'Invoices', level: 1 })).toBeVisible()
    await desk.getByRole('link', { name: 'New invoice' }).click()
    await choose(desk.getByRole('combobox', { name: 'Customer' }), customer)
    await desk.getByLabel('Currency').selectOption('eur')
    const [first, second] = [
      desk.getByRole('group', { name: 'Line 1' }),
      desk.getByRole('group', { name: 'Line 2' }),
    ]
    await choose(first.getByRole('combobox', { name: 'Price from the catalog' }), product)
    await first.getByLabel('Quantity').fill('2')
    await desk.getByRole('button', { name: 'Add line' }).click()
    await second.getByLabel('Description').fill('Mounting on site')
    await second.getByLabel('Unit price').fill('99.95')
    await expect(desk.getByRole('article', { name: 'Draft invoice' })).toContainText('€2,568.95')
  })

  await test.step('which they finalize', async () => {
    await desk.getByRole('button', { name: 'Finalize', exact: true }).click()
    const dialog = desk.getByRole('alertdialog', {
      name: `Finalize the invoice for ${customer}, €2,568.95?`,
    })
    await dialog.getByRole('button', { name: 'Finalize', exact: true }).click()
    await expect(badge(desk.getByRole('main'), 'open').first()).toBeVisible()
  })

  const invoice = await stripe.invoices.retrieve(desk.url().split('/').at(-1) ?? '')
  const number = invoice.number ?? ''
  expect(invoice).toMatchObject({ status: 'open', total: 256_895, currency: 'eur' })
  await expect(desk.getByRole('heading', { name: number, exact: true })).toBeVisible()

  const link = await copyLink(desk)
  const [list, overview] = [await openPageAs('biller'), await openPageAs('admin')]
  await list.goto('/invoices')
  await expect(badge(rowOf(list, number), 'open')).toBeVisible()
  await overview.goto('/')
  const euros = overview.getByRole('region', { name: 'EUR' })
  await expect(euros).toBeVisible()
  const eurosBefore = await euros.textContent()
  const loads = [desk, list, overview].map(countLoads)

  await test.step('the customer follows the link and pays', async () => {
    const page = await openPageAs('nobody')
    await page.goto(link)
    await expect(page.getByRole('heading', { name: `Invoice ${number}` })).toBeVisible()
    await page.getByRole('button', { name: 'Pay €2,568.95' }).click()
    await payByCard(page, cards.pays)
    await expect(page.getByText('This invoice is paid. Thank you.')).toBeVisible()
    await page.goto(link)
    await expect(page.getByText(/^Paid on .* Thank you\.$/)).toBeVisible()
    await expect(page.getByRole('button', { name: /^Pay/ })).toHaveCount(0)
  })

  await test.step('and every open screen of the desk says so by itself', async () => {
    await expect(badge(desk.getByRole('main'), 'paid').first()).toBeVisible()
    await expect(badge(rowOf(list, number), 'paid')).toBeVisible()
    await expect(euros).not.toHaveText(eurosBefore ?? '')
    expect(loads.map((count) => count())).toEqual([0, 0, 0])
  })
})
