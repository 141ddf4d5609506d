import 'server-only'
import { announce } from '@/lib/db/changes'
import { may } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import { fail, type Result, succeed } from '@/lib/domain/result'
import { log } from '@/lib/log/log'
import { classify, type Failure, localError } from './classify-failure'
import { crashAt } from './crash-at'
import { renewLease } from './operation-steps'
import {
  claimOperation,
  finishOperation,
  forgetOperation,
  type Lease,
  type OperationSpec,
} from './operation-store'
import { type Done, look, type Standing, type Step, takeStep } from './take-step'

export type { OperationSpec } from './operation-store'

/** What a use case does its Stripe calls with. */
export type OperationRun = {
  /** For `metadata.duebook_operation`, so that whatever an operation made can always be found. */
  readonly id: string
  /** Unix seconds. What this operation made is younger, also by a clock of Stripe's that is somewhat slow. */
  readonly madeAfter: number
  /** Whether an earlier attempt may have sent something. */
  readonly isResumed: boolean
  /** Whether an earlier attempt may have sent this step. */
  wasSent(step: string): boolean
  /** Does a step once, whatever earlier attempts did; see `takeStep`. Names are unique within an operation. */
  step<A extends { id: string }>(name: string, step: Step<A>): Promise<Done<A>>
  /** Reads at Stripe. Once something was sent, a failure of that leaves the outcome unknown. */
  look<T>(read: () => Promise<T>): Promise<T>
  /** For the audit trail; JSON-safe. */
  record(change: { before?: unknown; after?: unknown }): void
}

/** Clocks differ, and listing a little more than needed costs little. */
const clockMargin = 3_600

const renewEvery = 10_000

/**
 * Permission, once-only and audit of a write, in one place.
 *
 * The same id with the same input by the same person is the same operation: its stored answer is given again; while it
 * runs the answer is `operation_running`; where a process died or Stripe's answer was lost, `perform` runs again, and each
 * step looks at Stripe for what was done before it does it. The same id with anything else is `operation_mismatch`.
 * Never throws.
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
    return fail(localError(ctx, error))
  }
  crashAt('after_intent')
  const isResumed = lease.sentSteps.length > 0
  const { step, missedAt } = lease
  const standing: Standing = { sent: isResumed, step, objectId: spec.object?.id, missedAt }
  const heartbeat = setInterval(() => renewLease(lease).catch(unrenewed), renewEvery)
  try {
    const value = await perform(startRun(lease, standing))
    const { before, after } = standing
    await finishOperation(lease, { state: 'done', answer: value, before, after })
    crashAt('after_commit_before_reply')
    await tell(lease, standing)
    return succeed(value)
  } catch (error) {
    const failure = classify(ctx, error, standing, isResumed)
    log.warn({ operation: lease.id, name: spec.name, requestId: ctx.requestId, ...failure }, 'operation')
    await settle(lease, standing, failure)
    return fail(failure.error)
  } finally {
    clearInterval(heartbeat)
  }
}

function startRun(lease: Lease, standing: Standing): OperationRun {
  return {
    id: lease.id,
    madeAfter: Math.floor(lease.createdAt.getTime() / 1_000) - clockMargin,
    isResumed: lease.sentSteps.length > 0,
    wasSent: (step) => lease.sentSteps.includes(step),
    step: (name, step) => takeStep(lease, standing, name, step),
    look: (read) => look(standing, read),
    record: (change) => void Object.assign(standing, change),
  }
}

async function settle(lease: Lease, standing: Standing, failure: Failure): Promise<void> {
  const { before, after, missedAt } = standing
  const { error, outcome, isKeySpent, isAnswered } = failure
  try {
    if (outcome === 'not_sent' && lease.attempt === 1) await forgetOperation(lease)
    else {
      const state = outcome === 'refused' ? 'failed' : 'unknown'
      const key = { isKeySpent, missedAt: isAnswered ? missedAt : null }
      await finishOperation(lease, { state, error, before, after, ...key })
    }
  } catch (unwritten) {
    // The row stays `running`; when its lease ends, it is taken up again.
    log.error({ err: unwritten, operation: lease.id }, 'outcome of operation not stored')
  }
  await tell(lease, standing)
}

const unrenewed = (error: unknown) => log.warn({ err: error }, 'lease of an operation not renewed')

/** Lets open pages show how the operation stands and the object's new entry. Losing this loses nothing. */
async function tell({ id }: Lease, { objectId }: Standing): Promise<void> {
  const topics = objectId === undefined ? [id] : [id, objectId]
  await announce(topics).catch((error) => log.warn({ err: error }, 'change not announced'))
}
