import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { answerOf, billingIn, personOf } from '@/e2e/support/billing'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { createPrice } from '@/lib/catalog/create-price'
import { createProduct } from '@/lib/catalog/create-product'
import { createCustomer } from '@/lib/customers/create-customer'
import { db } from '@/lib/db/client'
import { createInvoiceInput } from '@/lib/domain/invoice-input'
import { createInvoice } from '@/lib/invoices/create-invoice'
import { adoptOrphans } from './adopt-orphans'
import { refresh } from './refresh'

useTestDatabase()
const sandbox = useTestSandbox()
const billing = billingIn(sandbox)
const ctx = personOf('biller')

const none = { adopted: 0, removed: 0, left: 0 }
const operation = (id: string) => db().operation.findUnique({ where: { id } })

async function createdInvoice() {
  const input = createInvoiceInput.parse({
    operationId: randomUUID(),
    customerId: await billing.customer(),
    currency: 'usd',
    daysUntilDue: 30,
    lines: [{ kind: 'amount', description: 'Work', unitAmount: '1', quantity: '1' }],
    until: 'draft',
  })
  const { invoiceId } = answerOf(await createInvoice(ctx, input))
  return { ...input, invoiceId }
}

/** What a second creation under the same operation would have left. */
async function twinOf(
  { operationId, customerId }: { operationId: string; customerId: string },
  idempotencyKey = `${operationId}/create/1`,
) {
  const { id } = await sandbox.stripe.invoices.create(
    {
      customer: customerId,
      collection_method: 'send_invoice',
      days_until_due: 30,
      metadata: { duebook_operation: operationId },
    },
    { idempotencyKey },
  )
  await sandbox.stripe.invoices.addLines(id, { lines: [{ amount: 100 }] })
  await refresh('invoice', id)
  return id
}

it('what operations made is accounted for, prices beside products too', async () => {
  const price = { currency: 'usd', amount: '1' }
  const operationId = randomUUID()
  const { productId } = answerOf(await createProduct(ctx, { operationId, name: 'Work', price }))
  answerOf(await createPrice(ctx, { operationId: randomUUID(), productId, ...price, isDefault: true }))
  answerOf(await createCustomer(ctx, { operationId: randomUUID(), name: 'Acme' }))
  await createdInvoice()
  expect(await adoptOrphans()).toEqual(none)
})

it('objects of an operation that is not recorded are adopted, once, and never removed', async () => {
  const made = await createdInvoice()
  await db().operation.delete({ where: { id: made.operationId } })
  expect(await adoptOrphans()).toEqual({ ...none, adopted: 1 })
  expect(await adoptOrphans()).toEqual(none)
  expect(await operation(made.operationId)).toMatchObject({
    name: 'invoice.create',
    state: 'done',
    objectId: made.invoiceId,
    note: expect.stringContaining('no record'),
  })
  expect((await sandbox.stripe.invoices.retrieve(made.invoiceId)).status).toBe('draft')
})

it('a second draft of one operation is deleted, and the first one stays', async () => {
  const made = await createdInvoice()
  const twin = await twinOf(made)
  expect(await adoptOrphans()).toEqual({ ...none, removed: 1 })
  await expect(sandbox.stripe.invoices.retrieve(twin)).rejects.toThrow(/No such invoice/)
  expect((await sandbox.stripe.invoices.retrieve(made.invoiceId)).status).toBe('draft')
  expect(await adoptOrphans()).toEqual(none)
})

it('what has billed somebody is left, and that of an unsettled operation is not touched', async () => {
  const made = await createdInvoice()
  const twin = await twinOf(made)
  await sandbox.stripe.invoices.finalizeInvoice(twin)
  await refresh('invoice', twin)
  expect(await adoptOrphans()).toEqual({ ...none, left: 1 })
  await db().operation.update({ where: { id: made.operationId }, data: { state: 'unknown' } })
  expect(await adoptOrphans()).toEqual(none)
  expect((await sandbox.stripe.invoices.retrieve(twin)).status).toBe('open')
})

it('a draft that somebody copied in the Dashboard, mark and all, is theirs', async () => {
  const copy = await twinOf(await createdInvoice(), randomUUID())
  expect(await adoptOrphans()).toEqual(none)
  expect((await sandbox.stripe.invoices.retrieve(copy)).status).toBe('draft')
})

it('marks that name no operation are somebody else’s business', async () => {
  const { id } = await sandbox.stripe.customers.create({ metadata: { duebook_operation: 'not an id' } })
  await refresh('customer', id)
  expect(await adoptOrphans()).toEqual(none)
})
