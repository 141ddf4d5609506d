import 'server-only'
import { randomUUID } from 'node:crypto'
import { pool } from '@/lib/db/client'
import type { Role } from '@/lib/domain/access'
import type { Ctx } from '@/lib/domain/context'
import type { Result } from '@/lib/domain/result'
import { log } from '@/lib/log/log'
import { leaseTime } from './operation-store'

/** Runs the operation `name` with its stored input, for the person of `ctx`. Throws where it knows neither. */
export type Resume = (name: string, ctx: Ctx, input: unknown) => Promise<Result<unknown>>

export type Reaper = {
  /** Takes nothing new, waits for what is being settled. */
  stop(): Promise<void>
}

const mostAtOnce = 4
const lookEvery = 1_000

/**
 * Settles, without anybody's doing, operations whose outcome is unknown and those whose process died. Any number of
 * processes may run one. Each try is the use case again, which asks Stripe before it does anything.
 */
export function startReaper(resume: Resume): Reaper {
  const running = new Set<Promise<void>>()
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> = Promise.resolve()
  let stopping = false

  function begin(unsettled: Unsettled): void {
    const work = settle(resume, unsettled).then(() => {
      running.delete(work)
    })
    running.add(work)
  }

  async function lookAround(): Promise<void> {
    try {
      for (const unsettled of await claimUnsettled(mostAtOnce - running.size)) begin(unsettled)
    } catch (error) {
      log.warn({ err: error }, 'could not look for unsettled operations')
    }
    if (!stopping) timer = setTimeout(next, lookEvery)
  }
  function next(): void {
    looking = lookAround()
  }

  next()
  return {
    stop: async () => {
      stopping = true
      await looking
      clearTimeout(timer)
      await Promise.all(running)
    },
  }
}

/** Tries once to settle everything that is due, and returns how many operations that were. */
export async function settleDue(resume: Resume): Promise<number> {
  const due = await claimUnsettled(1_000)
  for (const unsettled of due) await settle(resume, unsettled)
  return due.length
}

type Unsettled = {
  id: string
  name: string
  input: unknown
  actor: { id: string; name: string; email: string; role: Role }
}

/**
 * Takes up to `most` operations that nobody is at. A process that died has left its outcome unknown; the raised attempt
 * keeps it from writing, should it only have slept.
 */
async function claimUnsettled(most: number): Promise<Unsettled[]> {
  if (most <= 0) return []
  const { rows } = await pool().query<Unsettled>(
    `with due as (
       select id from operations
       where state in ('running', 'unknown') and leased_until < now()
       order by leased_until limit $1 for update skip locked
     )
     update operations set state = 'unknown', attempts = attempts + 1, leased_until = now() + $2::interval
     from due where operations.id = due.id
     returning operations.id, name, input, jsonb_build_object('id', actor_id, 'name', actor_name, 'role', actor_role,
       'email', coalesce((select email from users where users.id = actor_id), '')) as actor`,
    [most, leaseTime],
  )
  return rows
}

/** Never throws: what could not be settled is due again later. */
async function settle(resume: Resume, { id, name, input, actor }: Unsettled): Promise<void> {
  try {
    // The role is the one with which it was begun: what was allowed then is carried to its end.
    const ctx: Ctx = { actor, now: new Date(), requestId: randomUUID() }
    const result = await resume(name, ctx, input)
    if (result.ok || result.error.code !== 'operation_mismatch') return
    log.error({ operation: id, name }, 'an operation does not recognize its own input')
  } catch (error) {
    log.error({ err: error, operation: id, name }, 'an operation cannot be taken up again')
  }
  await putOff(id).catch((error) => log.warn({ err: error, operation: id }, 'operation not put off'))
}

/** Only another version of Duebook can do something about it. */
async function putOff(id: string): Promise<void> {
  await pool().query(
    `update operations set leased_until = now() + interval '10 minutes' where id = $1 and state = 'unknown'`,
    [id],
  )
}
