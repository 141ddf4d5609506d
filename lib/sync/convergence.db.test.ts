import type Stripe from 'stripe'
import { beforeEach, describe, expect, it } from 'vitest'
import { type Chance, chanceFrom } from '@/e2e/support/chance'
import { divergences } from '@/e2e/support/divergences'
import { beginHistory } from '@/e2e/support/random-history'
import { deliver, settle } from '@/e2e/support/stripe-events'
import { useTestDatabase } from '@/e2e/support/test-database'
import { useTestSandbox } from '@/e2e/support/test-sandbox'
import { db, pool } from '@/lib/db/client'
import { beginPass, takePass } from './pass-store'
import { runPass } from './run-pass'
import { startWorker } from './work'

/*
 * Random histories at Stripe while their events arrive late (up to three days of the sandbox's clock), out of order and
 * twice, while workers fetch. Always the same histories, unless CONVERGENCE_SEED chooses others; CONVERGENCE_STEPS makes
 * them longer.
 */
const firstSeed = Number(process.env.CONVERGENCE_SEED ?? 1)
const steps = Number(process.env.CONVERGENCE_STEPS ?? 120)

useTestDatabase()
const sandbox = useTestSandbox()

beforeEach(async () => {
  await sandbox.control('POST', '/_sandbox/reset')
  await pool().query(
    `truncate stripe_events, sync_objects, sync_status, sync_passes, sync_pass_lists, sync_repairs, transitions, products,
       prices, coupons, promotion_codes, tax_rates, customers, customer_tax_ids, customer_balance_transactions, invoices,
       invoice_lines, invoice_payments, credit_notes, credit_note_lines, charges, refunds`,
  )
  await pool().query('insert into sync_status (id) values (1)')
})

type Waiting = { event: Stripe.Event; step: number }

/** Plays a history to its end beside two workers; each event comes after a delay of up to all steps, some twice or never. */
async function play(chance: Chance, lost: number): Promise<void> {
  // Answers that are old when they arrive.
  const late = { method: 'GET', path: '/v1/invoices/*', effect: 'slow', delayMs: 60, probability: 0.5 }
  await sandbox.control('POST', '/_sandbox/faults', late)
  const workers = await Promise.all([startWorker(), startWorker()])
  try {
    await tellLate(chance, lost)
    await expect
      .poll(() => db().syncObject.count({ where: { nextAttemptAt: { not: null } } }), { timeout: 60_000 })
      .toBe(0)
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
}

async function tellLate(chance: Chance, lost: number): Promise<void> {
  const history = beginHistory(sandbox.stripe, chance)
  const news = newEvents()
  let waiting: Waiting[] = []
  for (let step = 0; step < steps; step += 1) {
    await history.step()
    if (chance.happens(0.1)) await letTimePass(1 + chance.whole(Math.ceil(1_440 / steps)))
    waiting.push(...(await news()).flatMap((event) => fate(event, step, chance, lost)))
    const due = waiting.filter((one) => one.step <= step)
    waiting = waiting.filter((one) => one.step > step)
    await deliver(...shuffle(due, chance))
  }
  await deliver(...shuffle(waiting, chance))
}

/** When an event is delivered: soon or much later, for 30 % a second time as well; or never. */
function fate(event: Stripe.Event, step: number, chance: Chance, lost: number): Waiting[] {
  if (chance.happens(lost)) return []
  const copies = chance.happens(0.3) ? 2 : 1
  return Array.from({ length: copies }, () => ({
    event,
    step: step + chance.whole(chance.happens(0.5) ? 4 : steps),
  }))
}

/** Asks for the events since it was asked before, oldest first. */
function newEvents(): () => Promise<Stripe.Event[]> {
  let cursor: string | undefined
  return async () => {
    const page = cursor === undefined ? {} : { ending_before: cursor }
    const events: Stripe.Event[] = []
    for await (const event of sandbox.stripe.events.list({ limit: 100, ...page })) events.push(event)
    if (cursor === undefined) events.reverse()
    cursor = events.at(-1)?.id ?? cursor
    return events
  }
}

async function letTimePass(hours: number): Promise<void> {
  await sandbox.control('POST', '/_sandbox/clock', { advance_seconds: hours * 3_600 })
}

function shuffle(waiting: Waiting[], chance: Chance): Stripe.Event[] {
  return waiting
    .map(({ event }) => ({ event, place: chance.whole(1_000_000) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ event }) => event)
}

describe(`${steps} steps at random`, () => {
  it.each([firstSeed, firstSeed + 1])(
    'end in the same mirror, before anything sweeps (seed %d)',
    { timeout: 300_000 },
    async (seed) => {
      await play(chanceFrom(seed), 0)
      const { compared, divergent } = await divergences(sandbox.stripe)
      expect(divergent).toEqual([])
      expect(compared).toBeGreaterThan(steps / 10)
    },
  )

  it(`are healed by one comparison when 5 % of the events never come (seed ${firstSeed + 2})`, {
    timeout: 300_000,
  }, async () => {
    await play(chanceFrom(firstSeed + 2), 0.05)
    await beginPass('comparison', 'test')
    const taken = await takePass()
    if (taken === null) throw new Error('nobody else leads it')
    await runPass(taken, { grace: 0 })
    await settle()
    expect((await divergences(sandbox.stripe)).divergent).toEqual([])
  })
})
