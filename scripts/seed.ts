import { setTimeout as sleep } from 'node:timers/promises'
import { closeDatabase, pool } from '@/lib/db/client'
import { env } from '@/lib/env'
import { stripe } from '@/lib/stripe/client'
import { createDemoPeople } from '@/lib/team/demo-people'
import { sandboxClock } from './seed/sandbox-clock'
import { seedStripe } from './seed/seed-stripe'
import { joinInstallation } from './start/running-instance'

/*
 * Demo people, and three months of a small company's invoices, written into the sandbox through Stripe's API. They reach
 * the mirror as everything does, by webhook, so web and worker must be running; `npm start` runs this on its first start.
 */

const mirrorPatienceMs = 60_000

joinInstallation()
try {
  const { apiBase, livemode } = env().stripe
  if (apiBase === undefined || livemode)
    throw new Error('Demo data goes into a sandbox only: set STRIPE_API_BASE.')
  await createDemoPeople()
  const clock = sandboxClock(apiBase)
  const { invoices } = await clock.whileKeysLast(() =>
    seedStripe({ stripe: stripe(), now: seconds(), moveClock: clock.moveTo }),
  )
  // Making it took a while: the sandbox's present is the real one again.
  await clock.moveTo(seconds())
  console.log(`${invoices} invoices are in the sandbox.`)
  console.log((await isMirrored(invoices)) ? 'The mirror has them.' : 'The mirror has not caught up yet.')
} finally {
  await closeDatabase()
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}

/** Waits until the worker has nothing left to fetch; a slow machine is no reason to fail. */
async function isMirrored(invoices: number): Promise<boolean> {
  for (let waited = 0; waited < mirrorPatienceMs; waited += 200) {
    const { rows } = await pool().query<{ mirrored: number; waiting: number }>(
      `select (select count(*)::int from invoices) as mirrored,
              (select count(*)::int from sync_objects where dirty_seq > done_seq and dead_at is null) as waiting`,
    )
    const [state] = rows
    if (state && state.mirrored >= invoices && state.waiting === 0) return true
    await sleep(200)
  }
  return false
}
