import type { Ctx } from '@/sandbox/context'
import type { TimerKind } from '@/sandbox/timer-kinds'

/** Something that falls due at a moment. There is one of each kind per object, and setting it anew moves it. */
export type TimerRecord = {
  /** Kind and object in one. */
  id: string
  kind: TimerKind
  /** Id of the object that it concerns. */
  about: string
  /** Unix seconds on the clock it belongs to. */
  at: number
  /** The test clock it belongs to; null for the world's clock. */
  clock: string | null
}

/**
 * Lets a kind of timer fall due for an object, on the clock in whose time `ctx` runs; what then happens is the kind's
 * entry in `timer-kinds.ts`. It survives a restart, and is part of the transaction like any other row.
 * @param at unix seconds, a past moment being now; null takes the timer back
 */
export function setTimer(ctx: Ctx, kind: TimerKind, about: string, at: number | null): void {
  const id = `${kind} ${about}`
  const known = ctx.store.get('timers', id)
  const due = at === null ? null : Math.max(at, ctx.now)
  if (known?.at === due && known?.clock === ctx.testClock) return
  // Dropped first, so that of two timers of one moment the one that was set first comes first.
  if (known) ctx.store.drop('timers', id)
  if (due !== null) ctx.store.put('timers', { id, kind, about, at: due, clock: ctx.testClock })
}
