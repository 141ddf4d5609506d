import type Stripe from 'stripe'
import { expect, test } from 'vitest'
import { refusalOf, useSandbox } from '@/sandbox/contract/account'
import { customer, draft, openInvoice } from '@/sandbox/contract/scenes'

const sandbox = useSandbox()
const make = (params: object = {}) =>
  sandbox.control<Stripe.InvoiceRenderingTemplate>('POST', 'templates', params)
const restyle = (id: string, change: object) => sandbox.control('POST', `templates/${id}`, change)

test('templates are made by a control, read by version, archived and brought back', async () => {
  const { stripe } = sandbox
  const made = await make({ nickname: 'Formal', memo: 'With thanks' })
  expect(made).toMatchObject({
    object: 'invoice_rendering_template',
    nickname: 'Formal',
    status: 'active',
    version: 1,
  })
  expect(made.id).toMatch(/^inrtem_/)
  await restyle(made.id, { memo: 'Thank you' })
  const retrieve = (params?: Stripe.InvoiceRenderingTemplateRetrieveParams) =>
    stripe.invoiceRenderingTemplates.retrieve(made.id, params)
  expect(await retrieve()).toMatchObject({ version: 2 })
  expect(await retrieve({ version: 1 })).toMatchObject({ version: 1 })
  expect(await refusalOf(retrieve({ version: 3 }))).toMatchObject({ status: 404, code: 'resource_missing' })
  const listed = async (status: 'active' | 'archived') =>
    (await stripe.invoiceRenderingTemplates.list({ status })).data.some(({ id }) => id === made.id)
  expect(await stripe.invoiceRenderingTemplates.archive(made.id)).toMatchObject({ status: 'archived' })
  expect([await listed('active'), await listed('archived')]).toEqual([false, true])
  await stripe.invoiceRenderingTemplates.unarchive(made.id)
  expect([await listed('active'), await listed('archived')]).toEqual([true, false])
})

test('an invoice takes its own template, else its customer’s, and keeps the version it became final with', async () => {
  const { stripe } = sandbox
  const [own, customers] = [await make(), await make()]
  const buyer = await customer(stripe, {
    invoice_settings: { rendering_options: { template: customers.id } },
  })
  expect((await draft(stripe, { customer: buyer.id })).rendering).toMatchObject({ template: customers.id })
  const made = await draft(stripe, { customer: buyer.id, rendering: { template: own.id } })
  expect(made.rendering).toMatchObject({ template: own.id, template_version: null })
  await restyle(own.id, { footer: 'Second' })
  const final = await stripe.invoices.finalizeInvoice(made.id)
  expect(final.rendering).toMatchObject({ template: own.id, template_version: 2 })
  await restyle(own.id, { footer: 'Third' })
  expect((await stripe.invoices.retrieve(made.id)).rendering).toMatchObject({ template_version: 2 })
  const pinned = await openInvoice(stripe, { rendering: { template: own.id, template_version: 1 } })
  expect(pinned.rendering).toMatchObject({ template_version: 1 })
})

test('what the invoice does not say itself is printed from its template', async () => {
  const { stripe } = sandbox
  const { id } = await make({ memo: 'Template memo', footer: 'Template footer' })
  const invoice = await openInvoice(stripe, { rendering: { template: id }, footer: 'Own footer' })
  expect(invoice).toMatchObject({ description: null, footer: 'Own footer' })
  const page = await sandbox.send('GET', new URL(String(invoice.hosted_invoice_url)).pathname)
  expect(page.text).toContain('Template memo')
  expect(page.text).toContain('Own footer')
  expect(page.text).not.toContain('Template footer')
})

test('an archived template is good for nothing new, not even for a draft that has it', async () => {
  const { stripe } = sandbox
  const { id } = await make()
  const made = await draft(stripe, { rendering: { template: id } })
  const older = await openInvoice(stripe, { rendering: { template: id } })
  await stripe.invoiceRenderingTemplates.archive(id)
  const refused = { status: 400, param: 'rendering[template]' }
  expect(await refusalOf(draft(stripe, { rendering: { template: id } }))).toMatchObject(refused)
  expect(
    await refusalOf(customer(stripe, { invoice_settings: { rendering_options: { template: id } } })),
  ).toMatchObject({ status: 400, param: 'invoice_settings[rendering_options][template]' })
  expect(await refusalOf(stripe.invoices.finalizeInvoice(made.id))).toMatchObject(refused)
  expect((await stripe.invoices.retrieve(older.id)).rendering).toMatchObject({ template: id })
  await stripe.invoiceRenderingTemplates.unarchive(id)
  expect(await stripe.invoices.finalizeInvoice(made.id)).toMatchObject({ status: 'open' })
})

test('automatic finalization fails with an archived template and says why', async () => {
  const { stripe } = sandbox
  const { id } = await make()
  const made = await draft(stripe, { rendering: { template: id }, auto_advance: true })
  await stripe.invoiceRenderingTemplates.archive(id)
  await sandbox.control('POST', 'clock', { advance_seconds: 3700 })
  expect(await stripe.invoices.retrieve(made.id)).toMatchObject({
    status: 'draft',
    last_finalization_error: { type: 'invalid_request_error' },
  })
  const { data } = await stripe.events.list({ type: 'invoice.finalization_failed', limit: 1 })
  expect(data).toMatchObject([{ data: { object: { id: made.id } } }])
})

test.each([
  [{ template: 'inrtem_nobody' }, { code: 'resource_missing', param: 'rendering[template]' }],
  [{ template_version: 1 }, { param: 'rendering[template_version]' }],
])('a draft with %j is refused', async (rendering, expected) => {
  expect(await refusalOf(draft(sandbox.stripe, { rendering }))).toMatchObject({ status: 400, ...expected })
})

test('a version that the template never had is refused, and a final invoice keeps its template', async () => {
  const { stripe } = sandbox
  const { id } = await make()
  expect(await refusalOf(draft(stripe, { rendering: { template: id, template_version: 2 } }))).toMatchObject({
    status: 400,
    param: 'rendering[template_version]',
  })
  const open = await openInvoice(stripe)
  expect(await refusalOf(stripe.invoices.update(open.id, { rendering: { template: id } }))).toMatchObject({
    status: 400,
    param: 'rendering',
  })
})
