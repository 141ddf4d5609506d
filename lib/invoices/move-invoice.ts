import 'server-only'
import type { Ctx } from '@/lib/domain/context'
import { canMove, type InvoiceMove, type InvoiceStatus } from '@/lib/domain/invoice'
import type { InvoiceMoveInput } from '@/lib/domain/invoice-input'
import type { MoveReceipt } from '@/lib/domain/invoice-view'
import { toMinorUnits } from '@/lib/domain/money'
import { AppFailure, type ErrorCode, type Result } from '@/lib/domain/result'
import { type OperationRun, runOperation } from '@/lib/operations/run-operation'
import type { Step } from '@/lib/operations/take-step'
import { stripe } from '@/lib/stripe/client'
import type { ParsedInvoice } from '@/lib/stripe/parse-invoice'
import { isMissing, readStripeError } from '@/lib/stripe/to-app-error'
import { refreshAfterWrite } from '@/lib/sync/refresh'
import { findFinalized, findMarkedUncollectible, findPaid, findSent, findVoided } from './find-moved'
import { freshInvoice } from './fresh-invoice'
import { invoiceFacts } from './invoice-facts'
import { type Answer, moveReceipt } from './move-receipt'

type Call = Step<Answer>['call']
type Find = (run: OperationRun, id: string, known: { isConfirmed: boolean }) => Promise<Answer | null>

type Move = {
  /** Stripe keeps no keys for deletions: there the second call finds nothing, which is the answer. */
  call: (id: string, options: Parameters<Call>[0]) => ReturnType<Call>
  find: Find
  /** Where the invoice may be once it happened, by what others did since included. */
  after: readonly InvoiceStatus[]
}

const final = ['open', 'paid', 'void', 'uncollectible'] as const

const moves: Record<InvoiceMove, Move> = {
  finalize: {
    call: (id, options) => stripe().invoices.finalizeInvoice(id, { auto_advance: false }, options),
    find: (_run, id) => findFinalized(id),
    after: final,
  },
  send: {
    call: (id, options) => stripe().invoices.sendInvoice(id, {}, options),
    find: findSent,
    after: final,
  },
  pay_out_of_band: {
    call: (id, options) => stripe().invoices.pay(id, { paid_out_of_band: true }, options),
    find: findPaid,
    after: ['paid'],
  },
  void: {
    call: (id, options) => stripe().invoices.voidInvoice(id, {}, options),
    find: (_run, id) => findVoided(id),
    after: ['void'],
  },
  mark_uncollectible: {
    call: (id, options) => stripe().invoices.markUncollectible(id, {}, options),
    find: findMarkedUncollectible,
    after: ['uncollectible', 'paid', 'void'],
  },
  delete_draft: {
    call: (id) => stripe().invoices.del(id),
    // An invoice that is there is not deleted; that it is gone is seen before.
    find: async () => null,
    after: [],
  },
}

/**
 * One move of one invoice, as one operation: the invoice is read from Stripe, must allow the move and be what the
 * person saw, and is then moved. Where an earlier attempt may already have moved it, Stripe is asked for that first.
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
    const before = await run.look(() => freshInvoice(invoiceId))
    if (!before) return withoutInvoice(run, move, invoiceId)
    // That the invoice is not what the person saw may be this operation's own doing.
    const mayHaveHappened = run.wasSent(move) && moves[move].after.includes(before.status)
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
  if (move === 'delete_draft' && run.wasSent(move)) return deleted(id, null)
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

async function take(run: OperationRun, move: InvoiceMove, { id }: ParsedInvoice): Promise<MoveReceipt> {
  const { call, find } = moves[move]
  try {
    const done = await run.step<Answer>(move, {
      call: (options) => call(id, options),
      find: (known) => find(run, id, known),
    })
    return move === 'delete_draft' ? deleted(id, done.requestId) : moveReceipt(done)
  } catch (error) {
    if (move === 'delete_draft' && isMissing(error)) return deleted(id, null)
    throw await explained(move, id, error)
  }
}

/** A refusal of Stripe's, in the terms of the move where the invoice as it is now explains it; anything else as it is. */
async function explained(move: InvoiceMove, id: string, error: unknown): Promise<unknown> {
  if (readStripeError(error)?.outcome !== 'refused') return error
  const now = await freshInvoice(id)
  if (!now) return error
  const answer = canMove(invoiceFacts(now), move)
  return answer.allowed ? error : refusal(move, answer.reason)
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
