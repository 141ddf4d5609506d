import 'server-only'
import { announce } from '@/lib/db/changes'
import { isDatabaseUnavailable } from '@/lib/db/is-database-unavailable'
import { may } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import { type AppError, AppFailure, fail, type Result, succeed } from '@/lib/domain/result'
import { log } from '@/lib/log/log'
import { readStripeError } from '@/lib/stripe/to-app-error'
import {
  claimOperation,
  finishOperation,
  forgetOperation,
  type Lease,
  type OperationSpec,
  recordObject,
  recordStep,
} from './operation-store'

export type { OperationSpec } from './operation-store'

/** What a use case does its Stripe calls with. */
export type OperationRun = {
  /** For `metadata.duebook_operation`, so that whatever an operation made can always be found. */
  readonly id: string
  /** Whether an earlier attempt broke off; its last confirmed step is `step`. */
  readonly isResumed: boolean
  readonly step: string | null
  /** The Stripe idempotency key of a step, the same in every attempt. Ask for it right before the call. */
  key(step: string): string
  /** Call after every step that Stripe has confirmed. Throws when another process has taken the operation over. */
  reached(step: string, requestId: string | null): Promise<void>
  /** Names the object, when it came about in this operation. */
  concerns(object: { type: string; id: string }): Promise<void>
  /** For the audit trail; JSON-safe. */
  record(change: { before?: unknown; after?: unknown }): void
}

type Standing = {
  /** Something may have reached Stripe, in this attempt or an earlier one. */
  sent: boolean
  isResumed: boolean
  step: string | null
  objectId?: string
  before?: unknown
  after?: unknown
}

/**
 * Permission, once-only and audit of a write, in one place.
 *
 * The same id with the same input by the same person is the same operation: its stored answer is given again; while it
 * runs the answer is `operation_running`; where a process died or Stripe's answer was lost, `perform` runs again under
 * the same idempotency keys, so that Stripe replays what it has already done. The same id with anything else is
 * `operation_mismatch`. Never throws.
 *
 * `perform` answers with JSON-safe data, or throws `AppFailure` or what Stripe's SDK threw.
 */
export async function runOperation<T>(
  ctx: Ctx,
  spec: OperationSpec,
  perform: (run: OperationRun) => Promise<T>,
): Promise<Result<T>> {
  if (!may(ctx.actor.role, spec.name)) {
    log.warn({ name: spec.name, actor: ctx.actor.id, requestId: ctx.requestId }, 'operation forbidden')
    return fail({ code: 'forbidden' })
  }
  let lease: Lease
  try {
    const claim = await claimOperation(ctx, spec)
    // The stored answer was made by the same operation with the same input: it is a T.
    if (claim.kind === 'answered') return claim.result as Result<T>
    lease = claim.lease
  } catch (error) {
    return fail(localFailure(ctx, error))
  }
  const isResumed = lease.attempt > 1
  const standing: Standing = { sent: isResumed, isResumed, step: lease.step, objectId: spec.object?.id }
  try {
    const value = await perform(startRun(lease, standing))
    const { before, after } = standing
    await finishOperation(lease, { state: 'done', answer: value, before, after })
    await tell(standing)
    return succeed(value)
  } catch (error) {
    const failure = classify(ctx, error, standing)
    log.warn({ operation: lease.id, name: spec.name, requestId: ctx.requestId, ...failure }, 'operation')
    await settle(lease, standing, failure)
    return fail(failure.error)
  }
}

function startRun(lease: Lease, standing: Standing): OperationRun {
  return {
    id: lease.id,
    isResumed: standing.isResumed,
    step: lease.step,
    key(step) {
      standing.sent = true
      return `${lease.id}/${step}`
    },
    async reached(step, requestId) {
      const stillMine = await recordStep(lease, step, requestId)
      if (!stillMine) throw new AppFailure({ code: 'operation_running' })
      standing.step = step
    },
    async concerns(object) {
      standing.objectId = object.id
      await recordObject(lease, object)
    },
    record(change) {
      Object.assign(standing, change)
    },
  }
}

type Failure = { error: AppError; outcome: 'refused' | 'unknown' | 'not_sent' }

function classify(ctx: Ctx, error: unknown, { sent, isResumed }: Standing): Failure {
  if (error instanceof AppFailure) return { error: error.error, outcome: 'refused' }
  const answer = readStripeError(error)
  if (answer?.outcome === 'unknown' && !sent) {
    // It was a read that failed: nothing can have happened.
    return { error: { ...answer.error, code: 'stripe_unreachable' }, outcome: 'not_sent' }
  }
  if (answer?.error.code === 'stripe_credentials' && isResumed) {
    // Stripe looks at the key before it looks for the earlier attempt: of that, this says nothing.
    return { error: { ...answer.error, code: 'outcome_unknown' }, outcome: 'unknown' }
  }
  if (answer) return answer
  const local = localFailure(ctx, error)
  if (sent) return { error: { ...local, code: 'outcome_unknown' }, outcome: 'unknown' }
  return { error: local, outcome: local.code === 'database_unavailable' ? 'not_sent' : 'refused' }
}

function localFailure(ctx: Ctx, error: unknown): AppError {
  log.error({ err: error, requestId: ctx.requestId }, 'operation failed')
  return {
    code: isDatabaseUnavailable(error) ? 'database_unavailable' : 'unexpected',
    reference: ctx.requestId,
  }
}

async function settle(lease: Lease, standing: Standing, { error, outcome }: Failure): Promise<void> {
  const { before, after } = standing
  const nothingDone = outcome === 'not_sent' && lease.attempt === 1 && standing.step === null
  try {
    if (nothingDone) await forgetOperation(lease)
    else {
      const state = outcome === 'refused' ? 'failed' : 'unknown'
      await finishOperation(lease, { state, error, before, after })
    }
  } catch (failure) {
    // The row stays `running`; when its lease ends, the same id takes it up again.
    log.error({ err: failure, operation: lease.id }, 'outcome of operation not stored')
  }
  await tell(standing)
}

/** Lets open pages show the new entry of the object's timeline. Losing this loses nothing. */
async function tell({ objectId }: Standing): Promise<void> {
  if (objectId === undefined) return
  await announce([objectId]).catch((error) => log.warn({ err: error }, 'change not announced'))
}
