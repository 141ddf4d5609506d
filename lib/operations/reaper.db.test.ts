import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { answerOf, billingIn, errorOf, personOf } from '@/e2e/support/billing'
import { useLossyLine } from '@/e2e/support/lossy-line'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { resumeOperation } from '@/lib/actions/operations'
import { db, pool } from '@/lib/db/client'
import { type CreateInvoiceInput, createInvoiceInput } from '@/lib/domain/invoice-input'
import { createInvoice } from '@/lib/invoices/create-invoice'
import { settleDue, startReaper } from './reaper'

useTestDatabase()
const sandbox = useTestSandbox()
const stripeLine = useLossyLine(sandbox)
const billing = billingIn(sandbox)
const ctx = personOf('biller')

async function input(changes: Partial<CreateInvoiceInput> = {}): Promise<CreateInvoiceInput> {
  return createInvoiceInput.parse({
    operationId: randomUUID(),
    customerId: await billing.customer(),
    currency: 'usd',
    daysUntilDue: 30,
    lines: [
      { kind: 'amount', description: 'Work', unitAmount: '100', quantity: '1' },
      { kind: 'amount', description: 'Travel', unitAmount: '7', quantity: '3' },
    ],
    until: 'sent',
    ...changes,
  })
}

const operation = (id: string) => db().operation.findUniqueOrThrow({ where: { id } })
const invoicesOf = async (customer: string) =>
  (await sandbox.stripe.invoices.list({ customer, limit: 100 })).data

/** Lets the pauses of all unsettled operations be over. */
const becomeDue = () =>
  pool().query(
    `update operations set leased_until = now() - interval '1 second' where state in ('running', 'unknown')`,
  )

/** As if `seconds` had gone by since everything that was noted of it. */
const grow = (id: string, seconds: number) =>
  pool().query(
    `update operations set created_at = created_at - $2 * interval '1 second',
       missed_at = missed_at - $2 * interval '1 second', leased_until = leased_until - $2 * interval '1 second'
     where id = $1`,
    [id, seconds],
  )

async function settle(): Promise<void> {
  await becomeDue()
  await settleDue(resumeOperation)
}

const created = (id: string) =>
  billing
    .written(/^POST .v1.invoices$/)
    .then((calls) => calls.filter(({ idempotencyKey }) => idempotencyKey?.startsWith(id)))

afterEach(() => billing.calm())

describe('an invoice of which nobody learned what became', () => {
  it('CR6: is settled by itself once Stripe answers again', async () => {
    const asked = await input()
    await billing.misfortune('/v1/invoices*', 'reset_before')
    await sandbox.control('POST', '/_sandbox/faults', {
      method: 'GET',
      path: '/v1/*',
      effect: 'reset_before',
    })
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('outcome_unknown')
    const reaper = startReaper(resumeOperation)
    await expect.poll(async () => (await operation(asked.operationId)).attempts).toBeGreaterThan(2)
    expect(['running', 'unknown']).toContain((await operation(asked.operationId)).state)
    await billing.calm()
    await expect
      .poll(async () => (await operation(asked.operationId)).state, { timeout: 20_000 })
      .toBe('done')
    await reaper.stop()
    const [invoice, ...others] = await invoicesOf(asked.customerId)
    expect(others).toEqual([])
    expect(invoice).toMatchObject({ status: 'open', total: 12_100 })
    expect(await billing.mails(invoice?.id ?? '')).toHaveLength(1)
    expect(answerOf(await createInvoice(ctx, asked))).toMatchObject({
      reached: 'sent',
      invoiceId: invoice?.id,
    })
  })

  it('CR7: made, with a server error for an answer that Stripe repeats, is found', async () => {
    const asked = await input()
    await billing.misfortune('/v1/invoices', 'status_after', { status: 500, count: 1 })
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('outcome_unknown')
    await settle()
    expect(await operation(asked.operationId)).toMatchObject({ state: 'done', error: null })
    const [invoice, ...others] = await invoicesOf(asked.customerId)
    expect(others).toEqual([])
    expect(invoice).toMatchObject({ status: 'open', total: 12_100 })
    expect(await created(asked.operationId)).toHaveLength(1)
  })

  it('CR8: not made, with a server error that Stripe repeats, gets a new key after two looks a minute apart', async () => {
    const asked = await input()
    const { operationId: id } = asked
    const fault = { method: 'POST', path: '/v1/invoices', key: `${id}/create`, effect: 'status_before' }
    await sandbox.control('POST', '/_sandbox/faults', fault)
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('outcome_unknown')
    for (const seconds of [0, 20, 20, 15]) {
      await grow(id, seconds)
      await settle()
      expect(await operation(id)).toMatchObject({ state: 'unknown', keyRound: 0 })
    }
    await grow(id, 20)
    await settle()
    expect(await operation(id)).toMatchObject({ state: 'done', keyRound: 1 })
    expect(await invoicesOf(asked.customerId)).toHaveLength(1)
    expect((await created(id)).map(({ idempotencyKey }) => idempotencyKey)).toEqual([`${id}/create/1`])
  })

  it('CR8: a call whose answer was lost begins the minute anew', async () => {
    const asked = await input()
    const { operationId: id } = asked
    await billing.misfortune('/v1/invoices', 'status_before', { count: 2 })
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('outcome_unknown')
    await settle()
    expect((await operation(id)).missedAt).not.toBeNull()
    await grow(id, 59)
    await billing.misfortune('/v1/invoices', 'reset_before', { count: 3 })
    await settle()
    expect(await operation(id)).toMatchObject({ state: 'unknown', missedAt: null, keyRound: 0 })
    await settle()
    expect(await operation(id)).toMatchObject({ state: 'done', keyRound: 0 })
  })

  it('CR9: a day later is found, and not made a second time', async () => {
    const asked = await input({
      until: 'draft',
      lines: [{ kind: 'amount', description: 'Work', unitAmount: '1', quantity: '1' }],
    })
    stripeLine.lose(/add_lines$/)
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('outcome_unknown')
    stripeLine.mend()
    await sandbox.control('POST', '/_sandbox/clock', { advance_seconds: 25 * 3_600 })
    await grow(asked.operationId, 25 * 3_600)
    await settle()
    expect(await operation(asked.operationId)).toMatchObject({ state: 'done' })
    expect(await invoicesOf(asked.customerId)).toHaveLength(1)
    expect((await created(asked.operationId)).filter(({ replayed }) => !replayed)).toHaveLength(1)
  })

  it('CR9: a day later and not there, is given up only after a second look', async () => {
    const asked = await input()
    const { operationId: id } = asked
    await billing.misfortune('/v1/invoices', 'reset_before')
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('outcome_unknown')
    await billing.calm()
    await grow(id, 25 * 3_600)
    await settle()
    expect(await operation(id)).toMatchObject({ state: 'unknown' })
    await grow(id, 60)
    await settle()
    expect(await operation(id)).toMatchObject({ state: 'failed', error: { code: 'not_done_in_time' } })
    expect(await invoicesOf(asked.customerId)).toEqual([])
  })

  it('is settled once by any number of reapers', async () => {
    const inputs = await Promise.all(Array.from({ length: 12 }, () => input()))
    stripeLine.lose(/^POST .v1.invoices$/)
    await Promise.all(inputs.map((asked) => createInvoice(ctx, asked)))
    stripeLine.mend()
    await becomeDue()
    await Promise.all([1, 2, 3].map(() => settleDue(resumeOperation)))
    await settle()
    for (const { operationId, customerId } of inputs) {
      expect(await operation(operationId)).toMatchObject({ state: 'done' })
      const [invoice, ...others] = await invoicesOf(customerId)
      expect(others).toEqual([])
      expect(await billing.mails(invoice?.id ?? '')).toHaveLength(1)
    }
  })

  it('and that Stripe refuses afterwards has failed, with Stripe’s reason', async () => {
    const asked = await input()
    await billing.misfortune('/v1/invoices', 'reset_before')
    expect(errorOf(await createInvoice(ctx, asked)).code).toBe('outcome_unknown')
    await billing.calm()
    await sandbox.stripe.customers.del(asked.customerId)
    await settle()
    expect(await operation(asked.operationId)).toMatchObject({
      state: 'failed',
      error: { code: 'stripe_refused', stripe: { message: expect.stringContaining(asked.customerId) } },
    })
  })
})

it('an operation that this version cannot read is put off and not lost', async () => {
  const asked = await input()
  await billing.misfortune('/v1/invoices', 'reset_before')
  await createInvoice(ctx, asked)
  await billing.calm()
  await pool().query(`update operations set name = 'invoice.fold' where id = $1`, [asked.operationId])
  await settle()
  const { state, leasedUntil } = await operation(asked.operationId)
  expect(state).toBe('unknown')
  expect(leasedUntil.getTime()).toBeGreaterThan(Date.now() + 500_000)
})
