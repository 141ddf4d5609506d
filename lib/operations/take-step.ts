import 'server-only'
import { setTimeout as pause } from 'node:timers/promises'
import { AppFailure } from '@/lib/domain/result'
import { busyFor } from '@/lib/stripe/to-app-error'
import { crashAt } from './crash-at'
import { beginStep, noteMissing, recordStep } from './operation-steps'
import type { Lease } from './operation-store'

/** One write to Stripe, and how to find out later whether it was done. */
export type Step<A extends { id: string }> = {
  call: (options: { idempotencyKey: string }) => Promise<A & Answered>
  /**
   * Looks at Stripe for what an earlier attempt did, by metadata, state or events, never by search; null when it is not
   * there. `isConfirmed`: Stripe has said before that it is done.
   */
  find: (known: { isConfirmed: boolean }) => Promise<A | null>
  /** The type of the object that comes about in this step, when it is the one that the operation is about. */
  makes?: string
}

type Answered = { lastResponse: { requestId: string } }

/** `requestId`: of the write; null when an earlier attempt's doing was found. */
export type Done<A> = { object: A; requestId: string | null }

/** What this attempt knows of its own standing. */
export type Standing = {
  /** Something may have reached Stripe, in this attempt or an earlier one. */
  sent: boolean
  step: string | null
  objectId?: string
  before?: unknown
  after?: unknown
  /** The first look that missed the step under way; null when a call since then may have lost its answer. */
  missedAt: string | null
}

/** Whether it was done is not known yet, and cannot be found out now. `cause`: what kept us from it. */
export class StillUnknown extends Error {
  override name = 'StillUnknown'
}

/** Stripe is asked by a read about what an earlier attempt may have done: a failure of that says nothing about the write. */
export async function look<T>(standing: Standing, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw standing.sent ? new StillUnknown('Stripe could not be asked', { cause: error }) : error
  }
}

/**
 * Takes a step once: what an earlier attempt may have sent is looked for first, and sent again only where it is not found.
 * It goes out under its old key while that can still bring an answer, under a new one when two looks a minute apart did not
 * find it.
 */
export async function takeStep<A extends { id: string }>(
  lease: Lease,
  standing: Standing,
  name: string,
  step: Step<A>,
): Promise<Done<A>> {
  const wasSent = lease.sentSteps.includes(name)
  const isConfirmed = isConfirmedIn(lease, name)
  if (wasSent) {
    const found = await look(standing, () => step.find({ isConfirmed }))
    if (found) {
      const done = { object: found, requestId: null }
      if (!isConfirmed) await confirm(lease, standing, name, step, done)
      else if (step.makes) standing.objectId = found.id
      return done
    }
    if (isConfirmed) throw new AppFailure({ code: 'not_found' })
  } else if (lease.isOld) {
    throw new AppFailure({ code: 'not_done_in_time' })
  }
  const isNewRound = wasSent && (await needsNewKey(lease, standing))
  const round = await beginStep(lease, name, isNewRound)
  standing.sent = true
  crashAt('before_call', name)
  const idempotencyKey = `${lease.id}/${name}${round === 0 ? '' : `/${round}`}`
  const answer = await patiently(() => step.call({ idempotencyKey }))
  crashAt('after_call_before_commit', name)
  const done = { object: answer, requestId: answer.lastResponse.requestId }
  await confirm(lease, standing, name, step, done)
  return done
}

/** Stripe was asked and does not have it. Says whether the next call needs a new key; throws where there must be none yet. */
async function needsNewKey(lease: Lease, standing: Standing): Promise<boolean> {
  const { missedAt, isMissedTwice, isKeySpent, isOld } = await noteMissing(lease)
  standing.missedAt = missedAt
  if (isMissedTwice && isOld) throw new AppFailure({ code: 'not_done_in_time' })
  if (!isMissedTwice && (isOld || isKeySpent)) throw new StillUnknown('not found once')
  if (isMissedTwice) standing.missedAt = null
  return isMissedTwice
}

async function confirm<A extends { id: string }>(
  lease: Lease,
  standing: Standing,
  name: string,
  { makes }: Step<A>,
  { object, requestId }: Done<A>,
): Promise<void> {
  if (makes) standing.objectId = object.id
  await recordStep(lease, name, requestId, makes ? { type: makes, id: object.id } : null)
  standing.step = name
  standing.missedAt = null
}

function isConfirmedIn({ sentSteps, step }: Lease, name: string): boolean {
  return step !== null && sentSteps.includes(name) && sentSteps.indexOf(name) <= sentSteps.indexOf(step)
}

/** How long a person is kept waiting for a Stripe that is busy; after that the operation goes on without them. */
const patience = 10_000

async function patiently<T>(call: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + patience
  for (let longest = 500; ; longest *= 2) {
    try {
      return await call()
    } catch (error) {
      const asked = busyFor(error)
      if (asked === null) throw error
      const wait = Math.max(asked, longest * (0.5 + Math.random() / 2))
      if (performance.now() + wait > deadline) throw error
      await pause(wait)
    }
  }
}
