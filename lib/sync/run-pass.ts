import 'server-only'
import { announce } from '@/lib/db/changes'
import { pool } from '@/lib/db/client'
import { type MirroredType, mirroredTypes } from '@/lib/domain/sync-types'
import { instant } from '@/lib/stripe/read'
import { isUnknownCursor } from '@/lib/stripe/to-app-error'
import type { Page } from './kind'
import { kinds } from './kinds'
import { comparePage, healAll, noteListed, takeOver } from './pass-page'
import { advance, finishList, finishPass, keepPass, type ListState, type Pass, readList } from './pass-store'

type List = { name: string; type: MirroredType; status?: 'draft' | 'open' }

const everything: List[] = mirroredTypes.map((type) => ({ name: type, type }))
/** What people wait for. */
const unsettled: List[] = [
  { name: 'invoice:draft', type: 'invoice', status: 'draft' },
  { name: 'invoice:open', type: 'invoice', status: 'open' },
]

const pageSize = 100
/** Differences are looked at again after this time, because the webhook of a change of just now may be under way. */
const usualGrace = 5_000

type Options = { shouldStop?: () => boolean; grace?: number }

/**
 * Walks through Stripe's lists from where the pass stands. Wherever it is broken off, whoever takes it up goes on behind the
 * last page that was dealt with. Throws what Stripe or the database threw, or `PassLost`.
 */
export async function runPass(
  pass: Pass,
  { shouldStop = () => false, grace = usualGrace }: Options = {},
): Promise<'finished' | 'left'> {
  for (const list of pass.kind === 'hourly' ? unsettled : everything) {
    const state = await readList(pass, list.name)
    if (state.isFinished) continue
    if (!(await walk(pass, list, state, { shouldStop, grace }))) return 'left'
    await finishList(pass, list.name, pass.kind === 'backfill' ? 0 : await healUnseen(pass, list))
    await announce(['sync'])
  }
  await finishPass(pass)
  await announce(['sync'])
  return 'finished'
}

/** False when it was stopped before the end of the list. */
async function walk(
  pass: Pass,
  list: List,
  state: ListState,
  { shouldStop, grace }: Required<Options>,
): Promise<boolean> {
  let position: Pick<ListState, 'cursor' | 'cursorAt'> = state
  for (;;) {
    if (shouldStop()) return false
    await keepPass(pool(), pass)
    const askedAt = await databaseTime()
    const { listed, hasMore } = await nextPage(list, position)
    const last = listed.at(-1)
    if (last === undefined) return true
    await noteListed(list.type, listed)
    const seen = { type: list.type, listed, askedAt }
    const { done, repaired } =
      pass.kind === 'backfill'
        ? { done: await takeOver(seen), repaired: 0 }
        : await comparePage(seen, pass.kind, grace)
    position = { cursor: last.id, cursorAt: instant(last.created) }
    await advance(pass, list.name, {
      cursor: last.id,
      cursorAt: instant(last.created),
      counted: listed.length,
      done,
      repaired,
    })
    await announce(['sync'])
    if (!hasMore) return true
  }
}

/** The object at the cursor may have been deleted meanwhile: then everything as old as it was is listed. */
async function nextPage(
  { type, status }: List,
  { cursor, cursorAt }: Pick<ListState, 'cursor' | 'cursorAt'>,
): Promise<Page> {
  const page = { limit: pageSize, ...(status && { status }) }
  if (cursor === null || cursorAt === null) return await kinds[type].list(page)
  try {
    return await kinds[type].list({ ...page, starting_after: cursor })
  } catch (error) {
    if (!isUnknownCursor(error, 'starting_after')) throw error
    return await kinds[type].list({ ...page, created: { lte: cursorAt.getTime() / 1_000 } })
  }
}

/** What the mirror still has and the list no longer showed: deleted, or (of those narrowed to a status) moved on. */
async function healUnseen(pass: Pass, { type, status }: List): Promise<number> {
  const { rows } = await pool().query<{ id: string }>(
    `select id from ${kinds[type].table} as object
     where deleted_at is null ${status ? `and status = '${status}'` : ''} and not exists (
       select from sync_objects where type = $1 and id = object.id and greatest(listed_at, refreshed_at) >= $2
     )`,
    [type, pass.startedAt],
  )
  return await healAll(
    rows.map(({ id }) => ({ type, id })),
    pass.kind,
  )
}

async function databaseTime(): Promise<Date> {
  const { rows } = await pool().query<{ at: Date }>('select clock_timestamp() as at')
  if (rows[0] === undefined) throw new Error('the database tells no time')
  return rows[0].at
}
