import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { pool } from '@/lib/db/client'
import { log } from '@/lib/log/log'
import { noteBeginning } from './beginning'
import { refuseForeignAccount } from './foreign-account'
import { beginPass, leavePass, type PassKind, PassLost, takePass } from './pass-store'
import { runPass } from './run-pass'
import { describeTrouble } from './trouble'

export type Sweeper = {
  /** Ends behind the page that is being dealt with; the next process goes on from there. */
  stop(): Promise<void>
}

const lookEvery = 5_000

/**
 * Takes an existing account over and compares the mirror with Stripe from then on: drafts and open invoices every hour,
 * everything every night. Any number may run; one of them leads.
 */
export function startSweeper(): Sweeper {
  const stopping = new AbortController()
  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await sweep(() => stopping.signal.aborted)
      } catch (error) {
        log.warn(
          { err: error, reason: describeTrouble(error).reason },
          'a sweep broke off and will be gone on with',
        )
      }
      await untilNextLook(stopping.signal)
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await loop
    },
  }
}

/** Comes back at once when it is stopped, which is all that the pause is rejected for. */
async function untilNextLook(signal: AbortSignal): Promise<void> {
  await pause(lookEvery, undefined, { signal }).catch((error) => {
    if (!signal.aborted) throw error
  })
}

/** Begins what is due and goes on with what is unfinished, until nothing is. */
export async function sweep(shouldStop: () => boolean = () => false, grace?: number): Promise<void> {
  await beginDue()
  for (let pass = await takePass(); pass !== null && !shouldStop(); pass = await takePass()) {
    try {
      await refuseForeignAccount()
      const outcome = await runPass(pass, { shouldStop, ...(grace !== undefined && { grace }) })
      log.info({ kind: pass.kind, pass: pass.id, outcome }, 'a pass through the lists of Stripe')
    } catch (error) {
      if (!(error instanceof PassLost)) await leavePass(pass)
      throw error
    }
    if (shouldStop()) await leavePass(pass)
  }
}

/** A comparison is due at two in the morning (UTC), and counts as done for the night in which the account was taken over. */
const due: Record<Exclude<PassKind, 'backfill'>, string> = {
  hourly: `max(started_at) filter (where kind in ('hourly', 'backfill')) < now() - interval '1 hour'`,
  comparison: `max(started_at) filter (where kind in ('comparison', 'backfill'))
    < date_trunc('day', now() - interval '2 hours') + interval '2 hours'`,
}

async function beginDue(): Promise<void> {
  const { rows } = await pool().query(
    `select count(*) filter (where kind = 'backfill') > 0 as "hasBegun",
       count(*) filter (where kind = 'backfill' and finished_at is null) > 0 as "isTakingOver",
       ${due.hourly} as hourly, ${due.comparison} as comparison
     from sync_passes`,
  )
  const state = rows[0]
  if (!state.hasBegun) {
    await noteBeginning()
    await beginPass('backfill', 'first start')
  } else if (!state.isTakingOver) {
    if (state.comparison) await beginPass('comparison', 'nightly')
    else if (state.hourly) await beginPass('hourly', 'hourly')
  }
}
