import 'server-only'
import { may, type Permission } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import type { CreateInvoiceInput } from '@/lib/domain/invoice-input'
import type { CreatedInvoice, MoveReceipt } from '@/lib/domain/invoice-view'
import { type AppError, AppFailure, type ErrorCode, type Result } from '@/lib/domain/result'
import { type OperationRun, runOperation } from '@/lib/operations/run-operation'
import { stripe } from '@/lib/stripe/client'
import { findMadeInvoice, operationMark } from '@/lib/stripe/find-made'
import { readStripeError } from '@/lib/stripe/to-app-error'
import { refreshAfterWrite } from '@/lib/sync/refresh'
import { addLines } from './add-lines'
import { checkInvoiceInput } from './check-invoice-input'
import { findFinalized, findSent } from './find-moved'
import { type Answer, moveReceipt } from './move-receipt'
import { type PlannedLine, planLines } from './planned-lines'

/**
 * Draft, lines, finalization and mail as one operation, as far as `input.until` says. Where Stripe refuses a later step
 * the draft stays, and the answer says where it stopped. Taken up again after a crash or a lost answer, each step that may
 * have been sent is looked for at Stripe; what is found is adopted, the rest is done.
 */
export function createInvoice(ctx: Ctx, input: CreateInvoiceInput): Promise<Result<CreatedInvoice>> {
  return runOperation(ctx, { id: input.operationId, name: 'invoice.create', input }, async (run) => {
    const lines = planLines(input.lines, input.currency)
    // A price that was archived since the first attempt does not undo what that attempt may have done.
    if (!run.isResumed) {
      mayGoSoFar(ctx, input.until)
      await checkInvoiceInput(input, lines)
    }
    const draft = await createDraft(run, input)
    const created = await goOn(run, draft, lines, input.until)
    await refreshAfterWrite('invoice', draft.objectId)
    run.record({ after: { status: created.receipt.said, number: created.receipt.number } })
    return created
  })
}

const alsoNeeded: Record<CreateInvoiceInput['until'], Permission> = {
  draft: 'invoice.create',
  finalized: 'invoice.finalize',
  sent: 'invoice.send',
}

function mayGoSoFar({ actor }: Ctx, until: CreateInvoiceInput['until']): void {
  if (!may(actor.role, alsoNeeded[until])) throw new AppFailure({ code: 'forbidden' })
}

async function createDraft(run: OperationRun, input: CreateInvoiceInput): Promise<MoveReceipt> {
  const done = await run.step<Answer>('create', {
    makes: 'invoice',
    call: (options) =>
      stripe().invoices.create(
        {
          customer: input.customerId,
          currency: input.currency,
          collection_method: 'send_invoice',
          days_until_due: input.daysUntilDue,
          auto_advance: false,
          pending_invoice_items_behavior: 'exclude',
          description: input.memo || undefined,
          metadata: { [operationMark]: run.id },
        },
        options,
      ),
    find: () => findMadeInvoice(run, input.customerId),
  })
  return moveReceipt(done)
}

/** A step after the draft: `take` gets Stripe's last answer and gives the next one. */
type Stage = {
  at: NonNullable<CreatedInvoice['stopped']>['at']
  reached: CreatedInvoice['reached']
  take: (run: OperationRun, last: MoveReceipt) => Promise<MoveReceipt>
}

const stagesUntil: Record<CreateInvoiceInput['until'], number> = { draft: 1, finalized: 2, sent: 3 }

/** Goes on until a stage is refused; an unknown outcome leaves as the exception it is. */
async function goOn(
  run: OperationRun,
  draft: MoveReceipt,
  lines: PlannedLine[],
  until: CreateInvoiceInput['until'],
): Promise<CreatedInvoice> {
  const stages: Stage[] = [
    { at: 'lines', reached: 'created', take: writing(lines) },
    { at: 'finalize', reached: 'finalized', take: finalize },
    { at: 'send', reached: 'sent', take: send },
  ]
  let created: CreatedInvoice = {
    invoiceId: draft.objectId,
    reached: 'created',
    stopped: null,
    receipt: draft,
  }
  for (const { at, reached, take } of stages.slice(0, stagesUntil[until])) {
    try {
      created = { ...created, reached, receipt: await take(run, created.receipt) }
    } catch (error) {
      return { ...created, stopped: { at, error: refusalIn(error) } }
    }
  }
  return created
}

function writing(lines: readonly PlannedLine[]): Stage['take'] {
  return async (run, draft) => {
    await addLines(run, draft.objectId, lines)
    return draft
  }
}

async function finalize(run: OperationRun, { objectId }: MoveReceipt): Promise<MoveReceipt> {
  const done = await run.step<Answer>('finalize', {
    call: (options) => stripe().invoices.finalizeInvoice(objectId, { auto_advance: false }, options),
    find: () => findFinalized(objectId),
  })
  return moveReceipt(done)
}

async function send(run: OperationRun, { objectId, status }: MoveReceipt): Promise<MoveReceipt> {
  // Nothing was due (credit covered it, or it came to zero): Stripe mails no invoice that is already paid.
  if (status === 'paid' && !run.wasSent('send')) {
    throw new AppFailure({ code: 'move_refused', params: { move: 'send', reason: 'already_paid' } })
  }
  const done = await run.step<Answer>('send', {
    call: (options) => stripe().invoices.sendInvoice(objectId, {}, options),
    find: (known) => findSent(run, objectId, known),
  })
  return moveReceipt(done)
}

const givesUp: ReadonlySet<ErrorCode> = new Set(['move_refused', 'not_done_in_time', 'not_found'])

/** The refusal that `error` is; everything else is thrown on. */
function refusalIn(error: unknown): AppError {
  if (error instanceof AppFailure && givesUp.has(error.error.code)) return error.error
  const failure = readStripeError(error)
  if (failure?.outcome !== 'refused') throw error
  return failure.error
}
