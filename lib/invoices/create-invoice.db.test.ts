import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { answerOf, billingIn, errorOf, personOf } from '@/e2e/support/billing'
import { useLossyLine } from '@/e2e/support/lossy-line'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import {
  type CreateInvoiceInput,
  createInvoiceInput,
  type InvoiceLineInput,
} from '@/lib/domain/invoice-input'
import { refresh } from '@/lib/sync/refresh'
import { createInvoice } from './create-invoice'
import { getInvoice } from './get-invoice'
import { invoiceTimeline } from './invoice-timeline'

useTestDatabase()
const sandbox = useTestSandbox()
const stripeLine = useLossyLine(sandbox)
const billing = billingIn(sandbox)
const ctx = personOf('biller')

const line = (unitAmount: string, quantity = '1', description = 'Work'): InvoiceLineInput => ({
  kind: 'amount',
  description,
  unitAmount,
  quantity,
})

function input(customerId: string, changes: Partial<CreateInvoiceInput> = {}): CreateInvoiceInput {
  return createInvoiceInput.parse({
    operationId: randomUUID(),
    customerId,
    currency: 'usd',
    daysUntilDue: 30,
    lines: [line('100')],
    until: 'draft',
    ...changes,
  })
}

const create = async (customerId: string, changes: Partial<CreateInvoiceInput> = {}) =>
  answerOf(await createInvoice(ctx, input(customerId, changes)))
const refused = async (customerId: string, changes: Partial<CreateInvoiceInput> = {}) =>
  errorOf(await createInvoice(ctx, input(customerId, changes)))
const created = () => billing.written(/^POST .v1.invoices$/)
const invoicesOf = (customer: string) => sandbox.stripe.invoices.list({ customer, limit: 100 })
const operation = (id: string) => db().operation.findUniqueOrThrow({ where: { id } })

afterEach(() => billing.calm())

describe('createInvoice', () => {
  it('saves a draft that says which operation made it, and shows it at once', async () => {
    const customer = await billing.customer()
    const asked = input(customer, { memo: 'Thank you' })
    const { invoiceId, reached, stopped, receipt } = answerOf(await createInvoice(ctx, asked))
    expect({ reached, stopped }).toEqual({ reached: 'created', stopped: null })
    expect(receipt).toMatchObject({ said: 'draft', status: 'draft', number: null, objectId: invoiceId })
    expect(receipt.requestId).toMatch(/^req_/)

    const invoice = await sandbox.stripe.invoices.retrieve(invoiceId)
    expect(invoice).toMatchObject({
      collection_method: 'send_invoice',
      auto_advance: false,
      description: 'Thank you',
      total: 10_000,
      metadata: { duebook_operation: asked.operationId },
    })
    expect((invoice.due_date ?? 0) - invoice.created).toBe(30 * 86_400)
    expect(await getInvoice(ctx, invoiceId)).toMatchObject({ badge: 'draft', total: 10_000, currency: 'usd' })
    expect(await operation(asked.operationId)).toMatchObject({
      state: 'done',
      objectId: invoiceId,
      after: { status: 'draft' },
    })
  })

  it('goes as far as asked, one mail at the end', async () => {
    const customer = await billing.customer()
    const finalized = await create(customer, { until: 'finalized' })
    expect(finalized).toMatchObject({ reached: 'finalized', stopped: null, receipt: { status: 'open' } })
    expect(await billing.mails(finalized.invoiceId)).toEqual([])

    const sent = await create(customer, { until: 'sent' })
    expect(sent).toMatchObject({ reached: 'sent', stopped: null, receipt: { status: 'open' } })
    expect(sent.receipt.number).toMatch(/-0002$/)
    expect(await billing.mails(sent.invoiceId)).toEqual([
      expect.objectContaining({ to: 'ap@acme.test', kind: 'invoice' }),
    ])
  })

  it('keeps the order of lines, whatever mixture they are', async () => {
    const { id: priceId } = await billing.price(1_250)
    const lines: InvoiceLineInput[] = [
      line('10', '1', 'one'),
      { kind: 'price', priceId, quantity: '2.5', description: 'two' },
      line('0.99', '3', 'three'),
      line('-5', '2', 'four'),
      line('-1', '1', 'five'),
      { kind: 'price', priceId, quantity: '0.333' },
      line('7', '1.0', 'seven'),
    ]
    const { invoiceId } = await create(await billing.customer(), { lines })
    const invoice = await getInvoice(ctx, invoiceId)
    expect(
      invoice?.lines.map(({ description, quantity, amount }) => [description, quantity, amount]),
    ).toEqual([
      ['one', '1', 1_000],
      ['two', '2.5', 3_125],
      ['three', '3', 297],
      ['four', '2', -1_000],
      ['five', '1', -100],
      ['Consulting', '0.333', 416],
      ['seven', '1', 700],
    ])
    expect(invoice?.lines[2]?.unitAmountDecimal).toBe('99')
    expect(invoice?.lines[1]).toMatchObject({ priceId })
    expect(invoice?.total).toBe(4_438)
    const calls = await billing.written(new RegExp(`${invoiceId}/add_lines$`))
    expect(calls).toHaveLength(2)
  })

  it.each([
    ['jpy', '1050', '3', 3_150],
    ['kwd', '5.12', '1.5', 7_680],
    ['isk', '100', '2', 20_000],
    ['eur', '1.234,56', '1', 123_456],
  ])('bills in %s without losing a digit', async (currency, unitAmount, quantity, total) => {
    const { invoiceId } = await create(await billing.customer(), {
      currency,
      lines: [line(unitAmount, quantity)],
      until: 'finalized',
    })
    expect(await getInvoice(ctx, invoiceId)).toMatchObject({ currency, total, amountRemaining: total })
  })

  it('takes 250 lines in one call', async () => {
    const lines = Array.from({ length: 250 }, (_, index) => line('1', '1', `Line ${index}`))
    const { invoiceId } = await create(await billing.customer(), { lines, until: 'finalized' })
    const invoice = await getInvoice(ctx, invoiceId)
    expect(invoice?.lines).toHaveLength(250)
    expect(invoice?.lines.map(({ description }) => description)).toEqual(
      lines.map(({ description }) => description),
    )
    expect(invoice?.total).toBe(25_000)
    expect(await billing.written(new RegExp(`${invoiceId}/add_lines$`))).toHaveLength(1)
  })

  it('refuses 251 lines before anything is sent', () => {
    const lines = Array.from({ length: 251 }, () => line('1'))
    const parsed = createInvoiceInput.safeParse({ ...input('cus_1'), lines })
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['lines_too_many'])
  })

  it('lets one customer be billed in several currencies, as Stripe does', async () => {
    const customer = await billing.customer()
    await create(customer, { currency: 'eur', until: 'finalized' })
    const { invoiceId } = await create(customer, { currency: 'usd', until: 'finalized' })
    expect((await sandbox.stripe.invoices.retrieve(invoiceId)).currency).toBe('usd')
    expect(await sandbox.stripe.customers.retrieve(customer)).toMatchObject({ currency: 'eur' })
  })
})

describe('what is refused before anything is sent', () => {
  it('customers that are unknown, deleted, or cannot be mailed to', async () => {
    const before = (await created()).length
    expect(await refused('cus_unknown')).toEqual({
      code: 'invalid_input',
      fields: { customerId: 'customer_unknown' },
    })
    const gone = await billing.customer()
    await sandbox.stripe.customers.del(gone)
    await refresh('customer', gone)
    expect(await refused(gone)).toMatchObject({ fields: { customerId: 'customer_deleted' } })
    const silent = await billing.customer({ email: '' })
    expect(await refused(silent, { until: 'sent' })).toMatchObject({
      fields: { customerId: 'customer_without_email' },
    })
    expect(await created()).toHaveLength(before)
    expect(await create(silent, { until: 'finalized' })).toMatchObject({ reached: 'finalized' })
  })

  it('prices that an invoice of this currency cannot have', async () => {
    const customer = await billing.customer()
    const before = (await created()).length
    const archived = await billing.price(100)
    await sandbox.stripe.prices.update(archived.id, { active: false })
    await refresh('price', archived.id)
    const discontinued = await billing.price(100)
    await sandbox.stripe.products.update(discontinued.productId, { active: false })
    await refresh('product', discontinued.productId)
    const recurring = await billing.price(100, 'usd', { recurring: { interval: 'month' } })
    const euros = await billing.price(100, 'eur')
    const lines = ['price_unknown', archived.id, discontinued.id, recurring.id, euros.id].map(
      (priceId): InvoiceLineInput => ({ kind: 'price', priceId, quantity: '1' }),
    )
    expect(await refused(customer, { lines })).toEqual({
      code: 'invalid_input',
      fields: {
        'lines.0.priceId': 'price_unknown',
        'lines.1.priceId': 'price_archived',
        'lines.2.priceId': 'price_archived',
        'lines.3.priceId': 'price_recurring',
        'lines.4.priceId': 'price_currency',
      },
    })
    expect(await created()).toHaveLength(before)
  })

  it('totals that nobody can be charged', async () => {
    const customer = await billing.customer()
    const { id: priceId } = await billing.price(99_999_999)
    const price = (quantity: string): InvoiceLineInput => ({ kind: 'price', priceId, quantity })
    expect(await refused(customer, { lines: [price('1.000001')] })).toMatchObject({
      fields: { 'lines.0.quantity': 'amount_too_large', lines: 'total_too_large' },
    })
    expect(await refused(customer, { lines: [price('1'), line('0.01')] })).toMatchObject({
      fields: { lines: 'total_too_large' },
    })
    expect(await refused(customer, { lines: [line('-1')], until: 'sent' })).toMatchObject({
      fields: { lines: 'total_negative' },
    })
    expect(await create(customer, { lines: [line('-1')], until: 'finalized' })).toMatchObject({
      receipt: { status: 'paid' },
    })
  })

  it('people who only read', async () => {
    const asked = input(await billing.customer())
    const before = (await created()).length
    expect(errorOf(await createInvoice(personOf('viewer'), asked))).toEqual({ code: 'forbidden' })
    expect(await created()).toHaveLength(before)
  })
})

describe('an invoice is made once', () => {
  it('CR1: a double click and a late resubmission get the same answer', async () => {
    const customer = await billing.customer()
    const asked = input(customer, { until: 'sent', lines: [line('1'), line('2'), line('3', '2')] })
    const [first, second] = await Promise.all([createInvoice(ctx, asked), createInvoice(ctx, asked)])
    const done = [first, second].filter(({ ok }) => ok)
    expect(done.length).toBeGreaterThanOrEqual(1)
    for (const answer of [first, second]) if (!answer.ok) expect(answer.error.code).toBe('operation_running')
    const third = answerOf(await createInvoice(ctx, asked))
    expect(done[0]).toEqual({ ok: true, value: third })
    expect((await invoicesOf(customer)).data).toHaveLength(1)
    expect(await billing.mails(third.invoiceId)).toHaveLength(1)
  })

  it('CR2: 64 at the same time make one', async () => {
    const customer = await billing.customer()
    const asked = input(customer, { until: 'sent' })
    const answers = await Promise.all(Array.from({ length: 64 }, () => createInvoice(ctx, asked)))
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(1)
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('operation_running')
    const { data } = await invoicesOf(customer)
    expect(data).toHaveLength(1)
    const keys = (await created()).filter(({ idempotencyKey }) =>
      idempotencyKey?.startsWith(asked.operationId),
    )
    expect(keys).toHaveLength(1)
    expect(await billing.mails(data[0]?.id ?? '')).toHaveLength(1)
  })

  it('CR3: the same id with other content is refused, and nothing is sent', async () => {
    const customer = await billing.customer()
    const asked = input(customer)
    await createInvoice(ctx, asked)
    const before = (await created()).length
    const other = { ...asked, lines: [line('101')] }
    expect(errorOf(await createInvoice(ctx, other))).toEqual({ code: 'operation_mismatch' })
    expect(await created()).toHaveLength(before)
  })

  it('CR5: an answer that is lost on the way is asked for again under the same key', async () => {
    const customer = await billing.customer()
    await billing.misfortune('/v1/invoices', 'reset_after', { count: 1 })
    const { invoiceId } = await create(customer)
    const { data } = await invoicesOf(customer)
    expect(data.map(({ id }) => id)).toEqual([invoiceId])
  })

  it.each([
    '/v1/invoices',
    '/v1/invoices/[^/]+/add_lines',
    '/v1/invoiceitems',
    '/v1/invoices/[^/]+/finalize',
    '/v1/invoices/[^/]+/send',
  ])('CR10: broken off at %s, the same operation does the rest and nothing twice', async (path) => {
    const customer = await billing.customer()
    const lines = [line('1'), line('2', '2'), line('3'), line('4'), line('5', '3')]
    const asked = input(customer, { until: 'sent', lines })
    stripeLine.lose(new RegExp(`^POST ${path}$`))
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('outcome_unknown')
    expect(await operation(asked.operationId)).toMatchObject({ state: 'unknown' })
    stripeLine.mend()

    const { invoiceId, reached, stopped } = answerOf(await createInvoice(ctx, asked))
    expect({ reached, stopped }).toEqual({ reached: 'sent', stopped: null })
    expect((await invoicesOf(customer)).data.map(({ id }) => id)).toEqual([invoiceId])
    const invoice = await getInvoice(ctx, invoiceId)
    expect(invoice?.lines.map(({ amount }) => amount)).toEqual([100, 400, 300, 400, 1_500])
    expect(invoice).toMatchObject({ status: 'open', total: 2_700 })
    expect(await billing.mails(invoiceId)).toHaveLength(1)
    const executed = (await billing.written(/^POST/)).filter(
      ({ idempotencyKey, replayed }) => !replayed && idempotencyKey?.startsWith(asked.operationId),
    )
    expect(executed.map(({ idempotencyKey }) => idempotencyKey?.replace(/^[^/]+./, ''))).toEqual([
      'create',
      'lines/0',
      'lines/1',
      'lines/2',
      'lines/3',
      'finalize',
      'send',
    ])
  })

  it('a mishap before Stripe has done anything leaves nothing behind, and the same id may be used again', async () => {
    const customer = await billing.customer()
    const asked = input(customer)
    await billing.misfortune('/v1/invoices', 'status_before', { status: 429 })
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('stripe_busy')
    await billing.calm()
    expect((await invoicesOf(customer)).data).toEqual([])
    expect(answerOf(await createInvoice(ctx, asked)).reached).toBe('created')
    expect((await invoicesOf(customer)).data).toHaveLength(1)
  })
})

describe('a step that Stripe refuses', () => {
  it.each([
    ['lines', 0, 'created', 'draft'],
    ['finalize', 1, 'created', 'draft'],
    ['send', 2, 'finalized', 'open'],
  ])('%s: says how far the invoice got, and keeps saying it', async (at, spared, reached, status) => {
    const customer = await billing.customer()
    const asked = input(customer, { until: 'sent' })
    const steps = '/v1/invoices/*'
    if (spared > 0) await billing.misfortune(steps, 'slow', { count: spared, delayMs: 0 })
    await billing.misfortune(steps, 'status_before', { count: 1, status: 400 })
    const created = answerOf(await createInvoice(ctx, asked))
    expect(created).toMatchObject({
      reached,
      receipt: { status },
      stopped: { at, error: { code: 'stripe_refused' } },
    })
    expect(await createInvoice(ctx, asked)).toEqual({ ok: true, value: created })
    expect(await getInvoice(ctx, created.invoiceId)).toMatchObject({ status })
    expect((await invoicesOf(customer)).data).toHaveLength(1)
    const creation = (await invoiceTimeline(ctx, created.invoiceId)).find(
      ({ what }) => what === 'invoice.create',
    )
    expect(creation).toMatchObject({ outcome: 'done', note: created.stopped?.error.stripe?.message })
  })

  it('nothing is due: it is paid at once, and there is nothing to mail', async () => {
    const created = await create(await billing.customer(), { until: 'sent', lines: [line('0')] })
    expect(created).toMatchObject({
      reached: 'finalized',
      receipt: { status: 'paid' },
      stopped: { at: 'send', error: { code: 'move_refused', params: { reason: 'already_paid' } } },
    })
    expect(await billing.mails(created.invoiceId)).toEqual([])
  })
})
