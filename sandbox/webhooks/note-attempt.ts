import type { Ctx } from '@/sandbox/context'
import { noteHeard } from '@/sandbox/resources/invoice-schedule'
import { settingsOf } from '@/sandbox/settings'
import { appendNumbered } from '@/sandbox/store/append-numbered'
import type { Store } from '@/sandbox/store/store'
import { inTimeOfClock } from '@/sandbox/time-of'
import { setTimer } from '@/sandbox/timers'
import { forget, type UndeliveredRecord } from '@/sandbox/webhooks/undelivered'

/** One request to one endpoint and what came of it. The latest thousand are kept. */
export type AttemptRecord = {
  id: string
  seq: number
  eventId: string
  endpointId: string
  url: string
  /** 1 for the first automatic try; null when it was resent by hand. */
  attempt: number | null
  /** Null when no answer came, and then `error` says why. */
  status: number | null
  error: string | null
  /** The beginning of the answer's body. */
  response: string
  durationMs: number
  /** Unix seconds on the world's clock. */
  at: number
  /** When it is tried again; null when it is not. */
  nextTry: number | null
  /** The version that the payload was said to be in. */
  apiVersion: string
}

/** Attempts that are kept; older ones are forgotten. */
const mostAttempts = 1000

/** What went out, of one event or to one endpoint when they are given, oldest first. */
export function attemptsOf(store: Store, only: { event?: string; endpoint?: string } = {}): AttemptRecord[] {
  return [...store.table('attempts').all()].filter(
    ({ eventId, endpointId }) =>
      (only.event ?? eventId) === eventId && (only.endpoint ?? endpointId) === endpointId,
  )
}

export type Attempt = Omit<AttemptRecord, 'id' | 'seq' | 'at' | 'nextTry'>

/**
 * Keeps what came of a request to an endpoint. Any 2xx is success; everything else is tried again after the waits of
 * the settings, counted from when the failed try was due. What was resent by hand changes nothing about that: Stripe
 * goes on until an automatic try succeeds.
 */
export function noteAttempt(ctx: Ctx, attempt: Attempt): void {
  const row = ctx.store.get('undelivered', `${attempt.eventId} ${attempt.endpointId}`)
  const counts = row?.state === 'sending' && row.attempt === attempt.attempt
  const isHeard = attempt.status !== null && attempt.status >= 200 && attempt.status < 300
  if (row && counts && isHeard) forget(ctx, row)
  const nextTry = row && counts && !isHeard ? retryLater(ctx, row) : null
  appendNumbered(ctx.store, 'attempts', mostAttempts, { ...attempt, at: ctx.worldNow, nextTry })
  if (counts && isHeard) noteHeard(ctx, attempt.eventId)
}

function retryLater(ctx: Ctx, row: UndeliveredRecord): number | null {
  const wait = settingsOf(ctx.store).sandbox.webhook_retry_seconds[row.attempt - 1]
  if (wait === undefined) {
    ctx.store.put('undelivered', { ...row, state: 'given_up' })
    return null
  }
  const due = row.due + wait
  ctx.store.put('undelivered', { ...row, state: 'waiting', due })
  setTimer(inTimeOfClock(ctx, null), 'webhook.retry', row.id, due)
  return Math.max(due, ctx.worldNow)
}
