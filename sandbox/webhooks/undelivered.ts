import type { Ctx } from '@/sandbox/context'
import { inTimeOfClock } from '@/sandbox/time-of'
import { setTimer } from '@/sandbox/timers'

/** An event that an endpoint has not answered with 2xx yet. */
export type UndeliveredRecord = {
  /** Event and endpoint in one. */
  id: string
  event: string
  endpoint: string
  /** `sending` is under way, and begins anew after a restart; `waiting` has a timer. */
  state: 'sending' | 'waiting' | 'given_up'
  /** Number of the try that is under way or was the last one, from 1. */
  attempt: number
  /** Unix seconds on the world's clock: when that try, or in `waiting` the next one, was or is due. */
  due: number
}

/** The first try of a new event for one endpoint: putting the row sends it. */
export function deliver(ctx: Ctx, event: string, endpoint: string): void {
  const id = `${event} ${endpoint}`
  ctx.store.put('undelivered', { id, event, endpoint, state: 'sending', attempt: 1, due: ctx.worldNow })
}

/** The timer of a next try. An endpoint that was disabled in the meantime gets none any more. */
export function redeliver(ctx: Ctx, id: string): void {
  const row = ctx.store.get('undelivered', id)
  if (row?.state !== 'waiting') return
  const isEnabled = ctx.store.get('webhookEndpoints', row.endpoint)?.status === 'enabled'
  const next = isEnabled
    ? ({ state: 'sending', attempt: row.attempt + 1 } as const)
    : { state: 'given_up' as const }
  ctx.store.put('undelivered', { ...row, ...next })
}

/** For an event that was delivered, or has nobody to go to any more. */
export function forget(ctx: Ctx, { id }: UndeliveredRecord): void {
  ctx.store.drop('undelivered', id)
  setTimer(inTimeOfClock(ctx, null), 'webhook.retry', id, null)
}
