import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { answerOf, billingIn, errorOf, personOf } from '@/e2e/support/billing'
import { useLossyLine } from '@/e2e/support/lossy-line'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import { type InvoiceMove, type InvoiceStatus, invoiceMoves, invoiceStatuses } from '@/lib/domain/invoice'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import type { MoveReceipt } from '@/lib/domain/invoice-view'
import type { Result } from '@/lib/domain/result'
import { refresh } from '@/lib/sync/refresh'
import { deleteDraft } from './delete-draft'
import { finalizeInvoice } from './finalize-invoice'
import { getInvoice } from './get-invoice'
import { markUncollectible } from './mark-uncollectible'
import { recordPayment } from './record-payment'
import { sendInvoice } from './send-invoice'
import { voidInvoice } from './void-invoice'

useTestDatabase()
const sandbox = useTestSandbox()
const line = useLossyLine(sandbox)
const billing = billingIn(sandbox)
const ctx = personOf('biller')

const useCases: Record<InvoiceMove, (ctx: Ctx, input: InvoiceMoveInput) => Promise<Result<MoveReceipt>>> = {
  finalize: finalizeInvoice,
  send: sendInvoice,
  pay_out_of_band: recordPayment,
  void: voidInvoice,
  mark_uncollectible: markUncollectible,
  delete_draft: deleteDraft,
}

/** Straight to Stripe, past everything that Duebook knows. */
const atStripe: Record<InvoiceMove, (id: string) => Promise<unknown>> = {
  finalize: (id) => sandbox.stripe.invoices.finalizeInvoice(id),
  send: (id) => sandbox.stripe.invoices.sendInvoice(id),
  pay_out_of_band: (id) => sandbox.stripe.invoices.pay(id, { paid_out_of_band: true }),
  void: (id) => sandbox.stripe.invoices.voidInvoice(id),
  mark_uncollectible: (id) => sandbox.stripe.invoices.markUncollectible(id),
  delete_draft: (id) => sandbox.stripe.invoices.del(id),
}

const ways: Record<InvoiceStatus, InvoiceMove[]> = {
  draft: [],
  open: ['finalize'],
  paid: ['finalize', 'pay_out_of_band'],
  void: ['finalize', 'void'],
  uncollectible: ['finalize', 'mark_uncollectible'],
}

async function invoiceIn(status: InvoiceStatus): Promise<string> {
  const id = await billing.draft()
  for (const move of ways[status]) await atStripe[move](id)
  return id
}

const statusOf = async (id: string) => (await sandbox.stripe.invoices.retrieve(id)).status
const operation = (id: string) => db().operation.findUniqueOrThrow({ where: { id } })

/** What the invoice came to, in Stripe's words. */
async function outcome(id: string): Promise<string> {
  try {
    return (await statusOf(id)) ?? 'none'
  } catch {
    return 'gone'
  }
}

afterEach(() => billing.calm())

describe.each(invoiceStatuses)('on an invoice that is %s', (status) => {
  it.each(invoiceMoves)('%s: Duebook and Stripe give the same answer', async (move) => {
    const [ours, theirs] = [await invoiceIn(status), await invoiceIn(status)]
    const accepted = await atStripe[move](theirs).then(
      () => true,
      () => false,
    )
    const answer = await useCases[move](ctx, await billing.moveInput(ours))
    // Paying a draft finalizes it on the way; Duebook wants that said in so many words.
    if (status === 'draft' && move === 'pay_out_of_band') {
      expect(errorOf(answer)).toEqual({ code: 'move_refused', params: { move, reason: 'still_draft' } })
      return
    }
    expect(answer.ok).toBe(accepted)
    expect(await outcome(ours)).toBe(await outcome(theirs))
    const mirrored = await getInvoice(ctx, ours)
    expect(mirrored?.status ?? 'gone').toBe(await outcome(ours))
    if (answer.ok) expect(answer.value.requestId).toMatch(/^req_/)
    else expect(answer.error).toMatchObject({ code: 'move_refused', params: { move } })
  })
})

describe('before anything is sent', () => {
  it('CC2: an amount that has changed since it was looked at is refused, with both amounts', async () => {
    const id = await billing.draft()
    const input = await billing.moveInput(id)
    await sandbox.stripe.invoices.addLines(id, { lines: [{ amount: 80_000 }] })
    expect(errorOf(await finalizeInvoice(ctx, input))).toEqual({
      code: 'move_refused',
      params: {
        move: 'finalize',
        reason: 'changed',
        status: 'draft',
        seenStatus: 'draft',
        amountRemaining: '90000',
        seenAmountRemaining: '10000',
        currency: 'usd',
      },
    })
    expect(await statusOf(id)).toBe('draft')
    expect((await getInvoice(ctx, id))?.total).toBe(90_000)
    expect(await billing.written(new RegExp(`${id}/finalize$`))).toEqual([])
  })

  it('a status that has changed is named by what it is now', async () => {
    const id = await invoiceIn('open')
    const input = await billing.moveInput(id)
    await billing.payByCard(id)
    expect(errorOf(await voidInvoice(ctx, input))).toEqual({
      code: 'move_refused',
      params: { move: 'void', reason: 'already_paid' },
    })
    expect(await getInvoice(ctx, id)).toMatchObject({ status: 'paid' })
  })

  it('a status that would allow it too, but is not the one seen, is refused', async () => {
    const id = await invoiceIn('open')
    const input = await billing.moveInput(id)
    await atStripe.mark_uncollectible(id)
    expect(errorOf(await voidInvoice(ctx, input)).params).toMatchObject({
      reason: 'changed',
      seenStatus: 'open',
      status: 'uncollectible',
    })
  })

  it('what the facts forbid has its reason', async () => {
    const reasonOf = async (move: InvoiceMove, id: string) =>
      errorOf(await useCases[move](ctx, await billing.moveInput(id))).params?.reason
    expect(await reasonOf('finalize', await billing.draft({}, null))).toBe('no_lines')
    const silent = await billing.draft({ customer: await billing.customer({ email: '' }) })
    expect(await reasonOf('send', silent)).toBe('no_email')
    const automatic = await billing.draft({ collection_method: 'charge_automatically' })
    expect(await reasonOf('send', automatic)).toBe('charged_automatically')
  })

  it('unknown invoices are not found, and roles that only read may not', async () => {
    const input = {
      operationId: randomUUID(),
      invoiceId: 'in_unknown',
      seen: { status: 'open', amountRemaining: 1 },
    }
    expect(errorOf(await voidInvoice(ctx, input as InvoiceMoveInput)).code).toBe('not_found')
    const id = await invoiceIn('open')
    expect(errorOf(await voidInvoice(personOf('viewer'), await billing.moveInput(id))).code).toBe('forbidden')
    expect(await statusOf(id)).toBe('open')
  })

  it('Stripe that cannot be reached for the look is no unknown outcome', async () => {
    const id = await invoiceIn('open')
    const input = await billing.moveInput(id)
    const fault = { method: 'GET', path: '/v1/invoices/*', effect: 'reset_before' }
    await sandbox.control('POST', '/_sandbox/faults', fault)
    expect(errorOf(await voidInvoice(ctx, input)).code).toBe('stripe_unreachable')
    await billing.calm()
    expect(answerOf(await voidInvoice(ctx, input))).toMatchObject({ status: 'void' })
  })
})

describe('a move happens once', () => {
  it('is recorded with what was before and after, by whom, and why', async () => {
    const id = await invoiceIn('open')
    const input = { ...(await billing.moveInput(id)), note: 'wire 4711' }
    const receipt = answerOf(await recordPayment(ctx, input))
    expect(receipt).toMatchObject({ status: 'paid', said: 'paid', objectId: id })
    expect(receipt.number).toMatch(/-0001$/)
    expect(await operation(input.operationId)).toMatchObject({
      name: 'invoice.pay_out_of_band',
      state: 'done',
      objectType: 'invoice',
      objectId: id,
      note: 'wire 4711',
      actorName: 'Bela',
      before: { status: 'open', amountRemaining: 10_000, currency: 'usd' },
      after: { status: 'paid' },
      stripeRequestIds: [receipt.requestId],
    })
  })

  it.each([
    ['finalize', 'draft', 'finalize'],
    ['send', 'draft', 'send'],
    ['send', 'open', 'send'],
    ['void', 'open', 'void'],
    ['mark_uncollectible', 'open', 'mark_uncollectible'],
    ['pay_out_of_band', 'open', 'pay'],
  ] as const)(
    'CR12: %s on %s, done but its answer lost, is a success when asked again',
    async (move, from, verb) => {
      const id = await invoiceIn(from)
      const input = await billing.moveInput(id)
      line.lose(new RegExp(`^POST /v1/invoices/${id}/${verb}$`))
      expect(errorOf(await useCases[move](ctx, input)).code).toBe('outcome_unknown')
      line.mend()
      const status = await statusOf(id)
      expect(answerOf(await useCases[move](ctx, input))).toMatchObject({ status, objectId: id })
      const calls = await billing.written(new RegExp(`${id}/${verb}$`))
      const own = calls.filter(({ idempotencyKey }) => idempotencyKey?.startsWith(input.operationId))
      expect(own.filter(({ replayed }) => !replayed)).toHaveLength(1)
      expect(await operation(input.operationId)).toMatchObject({ state: 'done', attempts: 2 })
    },
  )

  it('CR13: an invoice whose sending lost its answer was mailed once', async () => {
    const id = await billing.draft()
    const input = await billing.moveInput(id)
    line.lose(/send$/)
    expect(errorOf(await sendInvoice(ctx, input)).code).toBe('outcome_unknown')
    line.mend()
    answerOf(await sendInvoice(ctx, input))
    answerOf(await sendInvoice(ctx, input))
    expect(await billing.mails(id)).toHaveLength(1)
  })

  it('taken up again, it does not become another person’s move: what was not done is judged anew', async () => {
    const id = await invoiceIn('open')
    const input = await billing.moveInput(id)
    await billing.misfortune(`/v1/invoices/${id}/pay`, 'reset_before')
    expect(errorOf(await recordPayment(ctx, input)).code).toBe('outcome_unknown')
    await billing.calm()
    await billing.payByCard(id)
    expect(errorOf(await recordPayment(ctx, input))).toEqual({
      code: 'move_refused',
      params: { move: 'pay_out_of_band', reason: 'already_paid' },
    })
  })

  it('taken up again, it does not reach an invoice that others have moved elsewhere', async () => {
    const id = await invoiceIn('open')
    const input = await billing.moveInput(id)
    await billing.misfortune(`/v1/invoices/${id}/void`, 'reset_before')
    expect(errorOf(await voidInvoice(ctx, input)).code).toBe('outcome_unknown')
    await billing.calm()
    await atStripe.mark_uncollectible(id)
    expect(errorOf(await voidInvoice(ctx, input)).params).toMatchObject({ reason: 'changed' })
    expect(await statusOf(id)).toBe('uncollectible')
  })

  it('a server error that Stripe repeats for ever is settled by looking at the invoice', async () => {
    const id = await invoiceIn('open')
    const input = await billing.moveInput(id)
    await billing.misfortune(`/v1/invoices/${id}/void`, 'status_after', { status: 500 })
    expect(errorOf(await voidInvoice(ctx, input)).code).toBe('outcome_unknown')
    await billing.calm()
    expect(answerOf(await voidInvoice(ctx, input))).toMatchObject({ status: 'void' })
  })

  it('CR14: a draft whose deletion lost its answer is deleted', async () => {
    const id = await billing.draft()
    await refresh('invoice', id)
    const input = await billing.moveInput(id)
    const fault = { method: 'DELETE', path: `/v1/invoices/${id}`, effect: 'reset_after', count: 1 }
    await sandbox.control('POST', '/_sandbox/faults', fault)
    expect(answerOf(await deleteDraft(ctx, input))).toMatchObject({ said: 'deleted', objectId: id })
    expect(await getInvoice(ctx, id)).toBeNull()
    expect(answerOf(await deleteDraft(ctx, input))).toMatchObject({ said: 'deleted' })
  })

  it('CR14: also when nobody learned of it and the operation is taken up again', async () => {
    const id = await billing.draft()
    const input = await billing.moveInput(id)
    line.lose(new RegExp(`^DELETE /v1/invoices/${id}$`))
    expect(errorOf(await deleteDraft(ctx, input)).code).toBe('outcome_unknown')
    line.mend()
    expect(answerOf(await deleteDraft(ctx, input))).toMatchObject({ said: 'deleted' })
  })

  it('CC4: of two people who finalize at once, one does, and both see it open', async () => {
    const id = await billing.draft()
    const inputs = [await billing.moveInput(id), await billing.moveInput(id)]
    const answers = await Promise.all(inputs.map((input) => finalizeInvoice(ctx, input)))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    for (const answer of answers) {
      if (!answer.ok) expect(answer.error.params).toEqual({ move: 'finalize', reason: 'already_finalized' })
    }
    expect(await getInvoice(ctx, id)).toMatchObject({ status: 'open' })
  })

  it('CC3: voiding while the customer pays: one wins, and the screen shows which', async () => {
    const id = await invoiceIn('open')
    const input = await billing.moveInput(id)
    const [answer] = await Promise.all([voidInvoice(ctx, input), billing.payByCard(id).catch(() => null)])
    const status = await statusOf(id)
    expect(answer.ok).toBe(status === 'void')
    if (!answer.ok) expect(answer.error.params).toEqual({ move: 'void', reason: 'already_paid' })
    expect((await getInvoice(ctx, id))?.status).toBe(status)
  })

  it('an operation id that was used for another invoice is refused', async () => {
    const [one, other] = [await invoiceIn('open'), await invoiceIn('open')]
    const input = await billing.moveInput(one)
    answerOf(await voidInvoice(ctx, input))
    expect(errorOf(await voidInvoice(ctx, { ...input, invoiceId: other })).code).toBe('operation_mismatch')
    expect(await statusOf(other)).toBe('open')
  })
})
