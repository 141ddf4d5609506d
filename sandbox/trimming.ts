import type { Ctx } from '@/sandbox/context'
import { dropGoods } from '@/sandbox/resources/preview-goods'
import { settingsOf } from '@/sandbox/settings'
import { inTimeOfClock } from '@/sandbox/time-of'
import { setTimer } from '@/sandbox/timers'

const hour = 3600

/** How long Stripe keeps events, in seconds. */
export const eventLifetime = 30 * 24 * hour

type Trimmed = 'answers' | 'events' | 'previews'

/** How long rows are kept, in seconds on the world's clock, as Stripe keeps them. */
function lifetime(ctx: Ctx, table: Trimmed): number {
  if (table === 'answers') return settingsOf(ctx.store).sandbox.idempotency_hours * hour
  return table === 'events' ? eventLifetime : 72 * hour
}

/** Whether a row's time is over, though it may not have been dropped yet. */
export function isExpired(ctx: Ctx, table: Trimmed, { written }: { written: number }): boolean {
  return written + lifetime(ctx, table) <= ctx.worldNow
}

/** To be called for each new row of a table that would only grow: one timer drops what is too old. */
export function trimLater(ctx: Ctx, table: Trimmed): void {
  if (!ctx.store.get('timers', `trim ${table}`)) setTrimming(ctx, table, ctx.worldNow + lifetime(ctx, table))
}

/** The timer: drops the rows that are too old. It comes once an hour at most, because readers look at the age too. */
export function trim(ctx: Ctx, about: string): void {
  const table = about as Trimmed
  const expired: string[] = []
  for (const row of ctx.store.table(table).all()) {
    if (!isExpired(ctx, table, row)) {
      setTrimming(ctx, table, Math.max(row.written + lifetime(ctx, table), ctx.worldNow + hour))
      break
    }
    expired.push(row.id)
  }
  for (const id of expired) {
    if (table === 'previews') dropGoods(ctx, ctx.store.get(table, id)?.goods ?? [])
    if (table === 'events') {
      for (const row of ctx.store.table('undelivered').by('event', id)) ctx.store.drop('undelivered', row.id)
    }
    ctx.store.drop(table, id)
  }
}

function setTrimming(ctx: Ctx, table: Trimmed, at: number): void {
  setTimer(inTimeOfClock(ctx, null), 'trim', table, at)
}
