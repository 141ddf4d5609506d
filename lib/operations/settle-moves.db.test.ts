import { afterEach, describe, expect, it } from 'vitest'
import { billingIn, errorOf, personOf } from '@/e2e/support/billing'
import { useLossyLine } from '@/e2e/support/lossy-line'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { resumeOperation } from '@/lib/actions/operations'
import { db, pool } from '@/lib/db/client'
import type { InvoiceMove, InvoiceStatus } from '@/lib/domain/invoice'
import { stripe } from '@/lib/stripe/client'
import { settleDue } from './reaper'

useTestDatabase()
const sandbox = useTestSandbox()
const stripeLine = useLossyLine(sandbox)
const billing = billingIn(sandbox)
const ctx = personOf('biller')

async function invoiceIn(status: 'draft' | 'open'): Promise<string> {
  const id = await billing.draft()
  if (status === 'open') await sandbox.stripe.invoices.finalizeInvoice(id)
  return id
}

const begin = async (move: InvoiceMove, input: unknown) =>
  errorOf(await resumeOperation(`invoice.${move}`, ctx, input)).code
const operation = (id: string) => db().operation.findUniqueOrThrow({ where: { id } })

async function settle(): Promise<void> {
  await pool().query(
    `update operations set leased_until = now() - interval '1 second' where state in ('running', 'unknown')`,
  )
  await settleDue(resumeOperation)
}

const moves = [
  ['finalize', 'draft', 'finalize', 'open'],
  ['send', 'draft', 'send', 'open'],
  ['send', 'open', 'send', 'open'],
  ['void', 'open', 'void', 'void'],
  ['mark_uncollectible', 'open', 'mark_uncollectible', 'uncollectible'],
  ['pay_out_of_band', 'open', 'pay', 'paid'],
] as const satisfies [InvoiceMove, 'draft' | 'open', string, InvoiceStatus][]

/** Writes to this invoice by this operation that Stripe executed, and those that it only repeated. */
async function callsOf(operationId: string, invoiceId: string) {
  const calls = await billing.written(new RegExp(`^POST .v1.invoices.${invoiceId}`))
  const own = calls.filter(({ idempotencyKey }) => idempotencyKey?.startsWith(operationId))
  return { executed: own.filter(({ replayed }) => !replayed).length, all: own.length }
}

afterEach(() => billing.calm())

describe.each(moves)('%s of one that is %s, of which nobody learned what became', (move, from, verb, to) => {
  it('CR12, CR13: is found to be done by looking, and not sent again', async () => {
    const id = await invoiceIn(from)
    const input = await billing.moveInput(id)
    stripeLine.lose(new RegExp(`^POST /v1/invoices/${id}/${verb}$`))
    expect(await begin(move, input)).toBe('outcome_unknown')
    stripeLine.mend()
    const before = await callsOf(input.operationId, id)
    await settle()
    expect(await operation(input.operationId)).toMatchObject({ state: 'done', after: { status: to } })
    expect(await callsOf(input.operationId, id)).toEqual(before)
    expect(before.executed).toBe(1)
    expect(await billing.mails(id)).toHaveLength(move === 'send' ? 1 : 0)
  })

  it('CR7: is found also where Stripe repeats a server error for ever', async () => {
    const id = await invoiceIn(from)
    const input = await billing.moveInput(id)
    await billing.misfortune(`/v1/invoices/${id}/${verb}`, 'status_after', { status: 500 })
    expect(await begin(move, input)).toBe('outcome_unknown')
    await billing.calm()
    await settle()
    expect(await operation(input.operationId)).toMatchObject({ state: 'done', after: { status: to } })
  })

  it('is done once when it never arrived', async () => {
    const id = await invoiceIn(from)
    const input = await billing.moveInput(id)
    await billing.misfortune(`/v1/invoices/${id}/${verb}`, 'reset_before')
    expect(await begin(move, input)).toBe('outcome_unknown')
    await billing.calm()
    await settle()
    expect(await operation(input.operationId)).toMatchObject({ state: 'done', after: { status: to } })
    expect(await callsOf(input.operationId, id)).toEqual({ executed: 1, all: 1 })
    expect(await billing.mails(id)).toHaveLength(move === 'send' ? 1 : 0)
  })
})

it('CR14: a draft whose deletion nobody learned of is deleted', async () => {
  const id = await invoiceIn('draft')
  const input = await billing.moveInput(id)
  stripeLine.lose(new RegExp(`^DELETE /v1/invoices/${id}$`))
  expect(await begin('delete_draft', input)).toBe('outcome_unknown')
  stripeLine.mend()
  await settle()
  expect(await operation(input.operationId)).toMatchObject({ state: 'done', answer: { said: 'deleted' } })
})

it('what somebody else did meanwhile is not taken for its doing', async () => {
  const id = await invoiceIn('open')
  const input = await billing.moveInput(id)
  await billing.misfortune(`/v1/invoices/${id}/pay`, 'reset_before')
  expect(await begin('pay_out_of_band', input)).toBe('outcome_unknown')
  await billing.calm()
  await billing.payByCard(id)
  await settle()
  expect(await operation(input.operationId)).toMatchObject({
    state: 'failed',
    error: { code: 'move_refused', params: { move: 'pay_out_of_band', reason: 'already_paid' } },
  })
})

it('a mark that somebody has lifted since by voiding is still its doing', async () => {
  const id = await invoiceIn('open')
  const input = await billing.moveInput(id)
  stripeLine.lose(/mark_uncollectible$/)
  expect(await begin('mark_uncollectible', input)).toBe('outcome_unknown')
  stripeLine.mend()
  await stripe().invoices.voidInvoice(id)
  await settle()
  expect(await operation(input.operationId)).toMatchObject({ state: 'done' })
  expect((await sandbox.stripe.invoices.retrieve(id)).status).toBe('void')
})

it.each([
  ['product.archive', (id: string) => ({ productId: id })],
  ['price.archive', (_: string, price: string) => ({ priceId: price })],
] as const)('%s, done without an answer, is found to be done', async (name, inputOf) => {
  const price = await billing.price(100)
  const { operationId } = await billing.moveInput(await billing.draft())
  const input = { operationId, ...inputOf(price.productId, price.id) }
  stripeLine.lose(/^POST .v1.(products|prices)/)
  expect(errorOf(await resumeOperation(name, ctx, input)).code).toBe('outcome_unknown')
  stripeLine.mend()
  await settle()
  expect(await operation(operationId)).toMatchObject({ state: 'done', after: { active: false } })
})

it('CR17: a key that Stripe does not accept ends it at once, and says nothing of the key', async () => {
  const input = await billing.moveInput(await invoiceIn('open'))
  await sandbox.control('POST', '/_sandbox/faults', { path: '/v1/*', effect: 'status_before', status: 401 })
  expect(await begin('void', input)).toBe('stripe_credentials')
  const { state, error } = await operation(input.operationId)
  expect(state).toBe('failed')
  expect(JSON.stringify(error)).not.toContain('sk_test')
})
