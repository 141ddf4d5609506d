import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import { canMove, type InvoiceMove, type InvoiceStatus } from '@/lib/domain/invoice'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import type { MoveReceipt } from '@/lib/domain/invoice-view'
import { toMinorUnits } from '@/lib/domain/money'
import { AppFailure, type ErrorCode, type Result } from '@/lib/domain/result'
import { receiptOf } from '@/lib/operations/receipt'
import { type OperationRun, runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { type ParsedInvoice, parseInvoiceStatus } from '@/lib/stripe/parse-invoice'
import { isMissing, readStripeError } from '@/lib/stripe/to-app-error'
import { refreshAfterWrite } from '@/lib/sync/refresh'
import { freshInvoice } from './fresh-invoice'
import { invoiceFacts } from './invoice-facts'

type Options = { idempotencyKey: string }
type Answer = Parameters<typeof receiptOf>[0] & { status?: string | null; number?: string | null }

type Step = {
  /** Stripe keeps no keys for deletions: there the second call finds nothing, which is the answer. */
  call: (id: string, options: Options) => Promise<Answer>
  /** Where the invoice may be once it happened, by what others did since included. */
  after: readonly InvoiceStatus[]
  /** The status that shows that it happened; null where none does: a payment may have come in another way. */
  proof: InvoiceStatus | null
}

const final = ['open', 'paid', 'void', 'uncollectible'] as const

const steps: Record<InvoiceMove, Step> = {
  finalize: {
    call: (id, options) => stripe().invoices.finalizeInvoice(id, { auto_advance: false }, options),
    after: final,
    proof: 'open',
  },
  send: {
    call: (id, options) => stripe().invoices.sendInvoice(id, {}, options),
    after: final,
    proof: null,
  },
  pay_out_of_band: {
    call: (id, options) => stripe().invoices.pay(id, { paid_out_of_band: true }, options),
    after: ['paid'],
    proof: null,
  },
  void: {
    call: (id, options) => stripe().invoices.voidInvoice(id, {}, options),
    after: ['void'],
    proof: 'void',
  },
  mark_uncollectible: {
    call: (id, options) => stripe().invoices.markUncollectible(id, {}, options),
    after: ['uncollectible', 'paid', 'void'],
    proof: 'uncollectible',
  },
  delete_draft: { call: (id) => stripe().invoices.del(id), after: [], proof: null },
}

/**
 * One move of one invoice, as one operation: the invoice is read from Stripe, must allow the move and be what the
 * person saw, and is then moved. Where an earlier attempt may already have moved it, the same idempotency key makes
 * Stripe repeat its answer.
 *
 * Refusals are `move_refused` with the parameters that `lib/words/moves.ts` knows.
 */
export async function moveInvoice(
  ctx: Ctx,
  move: InvoiceMove,
  input: InvoiceMoveInput & { note?: string | undefined },
): Promise<Result<MoveReceipt>> {
  const { operationId, invoiceId, note } = input
  const object = { type: 'invoice', id: invoiceId }
  const spec = { id: operationId, name: `invoice.${move}` as const, input, object, note: note || undefined }
  const result = await runOperation(ctx, spec, async (run) => {
    const before = await freshInvoice(invoiceId)
    if (!before) return withoutInvoice(run, move, invoiceId)
    // That the invoice is not what the person saw may be this operation's own doing.
    const mayHaveHappened = run.isResumed && steps[move].after.includes(before.status)
    if (!mayHaveHappened) guard(before, move, input.seen)
    run.record({ before: summary(before) })
    const receipt = await take(run, move, before)
    run.record({ after: { status: receipt.said, number: receipt.number } })
    return receipt
  })
  if (result.ok || outdated.has(result.error.code)) await refreshAfterWrite('invoice', invoiceId)
  return result
}

/** After these the invoice is not what the screen showed, and the screen shall show what it is. */
const outdated: ReadonlySet<ErrorCode> = new Set(['move_refused', 'not_found', 'stripe_refused'])

/** Stripe has no such invoice. For an attempt to delete it that broke off, that is what was wanted. */
function withoutInvoice(run: OperationRun, move: InvoiceMove, id: string): MoveReceipt {
  if (move === 'delete_draft' && run.isResumed) return deleted(id, null)
  throw new AppFailure({ code: 'not_found' })
}

function guard(invoice: ParsedInvoice, move: InvoiceMove, seen: InvoiceMoveInput['seen']): void {
  const answer = canMove(invoiceFacts(invoice), move)
  if (!answer.allowed) throw refusal(move, answer.reason)
  const amountRemaining = toMinorUnits(invoice.amountRemaining)
  if (invoice.status === seen.status && amountRemaining === seen.amountRemaining) return
  throw new AppFailure({
    code: 'move_refused',
    params: {
      move,
      reason: 'changed',
      status: invoice.status,
      amountRemaining: String(amountRemaining),
      seenStatus: seen.status,
      seenAmountRemaining: String(seen.amountRemaining),
      currency: invoice.currency,
    },
  })
}

const refusal = (move: InvoiceMove, reason: string) =>
  new AppFailure({ code: 'move_refused', params: { move, reason } })

async function take(run: OperationRun, move: InvoiceMove, before: ParsedInvoice): Promise<MoveReceipt> {
  let answer: Answer
  try {
    answer = await steps[move].call(before.id, { idempotencyKey: run.key(move) })
  } catch (error) {
    return settled(run, move, before, error)
  }
  const { requestId } = answer.lastResponse
  await run.reached(move, requestId)
  if (move === 'delete_draft') return deleted(before.id, requestId)
  const status = parseInvoiceStatus(answer.status ?? null)
  return { ...receiptOf(answer, status), number: answer.number ?? null, status }
}

/** What a call that failed comes to, once the invoice has been looked at again. Throws what the person has to know. */
async function settled(
  run: OperationRun,
  move: InvoiceMove,
  { id }: ParsedInvoice,
  error: unknown,
): Promise<MoveReceipt> {
  if (move === 'delete_draft' && isMissing(error)) return deleted(id, null)
  const outcome = readStripeError(error)?.outcome
  // The first unknown outcome is answered as that; asked again, Stripe may have to repeat a server error for ever.
  if (outcome !== 'refused' && !(outcome === 'unknown' && run.isResumed)) throw error
  const now = await freshInvoice(id)
  if (!now) throw error
  const { status, number } = now
  if (run.isResumed && status === steps[move].proof) {
    return { at: new Date().toISOString(), requestId: null, said: status, objectId: id, number, status }
  }
  const answer = canMove(invoiceFacts(now), move)
  throw answer.allowed || outcome === 'unknown' ? error : refusal(move, answer.reason)
}

const deleted = (id: string, requestId: string | null): MoveReceipt => ({
  at: new Date().toISOString(),
  requestId,
  said: 'deleted',
  objectId: id,
  number: null,
  status: 'draft',
})

function summary({ status, number, total, amountRemaining, currency }: ParsedInvoice) {
  return {
    status,
    number,
    total: toMinorUnits(total),
    amountRemaining: toMinorUnits(amountRemaining),
    currency,
  }
}
