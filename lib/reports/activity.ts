import 'server-only'
import type { StoredEntry } from '@/lib/audit/append-entry'
import { db, pool } from '@/lib/db/client'
import type { ActivityFilters } from '@/lib/domain/activity-filters'
import type { ActivityPage, ActivityRow, Person } from '@/lib/domain/activity-view'
import type { Ctx } from '@/lib/domain/context'

const pageSize = 50

/** What people did, newest first, fifty a page, as the audit trail has it. */
export async function listActivity(_ctx: Ctx, filters: ActivityFilters): Promise<ActivityPage> {
  const { rows } = await pool().query<{ text: string }>(
    `select text from audit_entries
     where ($1 = '' or object_id = $1 or operation_id::text = $1)
       and ($2::uuid is null or actor_id = $2)
       and ($3::text is null or name like $3 || '.%')
       and ($4::text is null or text::jsonb ->> 'outcome' = $4)
       and ($5::bigint is null or seq < $5)
     order by seq desc
     limit $6`,
    [filters.search, filters.by, filters.on, filters.outcome, filters.after, pageSize + 1],
  )
  const page = rows.slice(0, pageSize).map(({ text }) => rowOf(JSON.parse(text)))
  return { rows: page, nextCursor: rows.length > pageSize ? String(page.at(-1)?.seq) : null }
}

function rowOf(entry: StoredEntry): ActivityRow {
  const { seq, at, outcome, object, reason, error } = entry
  return {
    seq,
    at,
    what: entry.name,
    outcome,
    by: entry.actor.name,
    object,
    reason,
    error: error && { code: error.code, message: error.stripe?.message ?? null },
    requestIds: entry.stripeRequestIds,
  }
}

/** Everybody who may have done something, by name; those who may no longer sign in too. */
export async function listPeople(_ctx: Ctx): Promise<Person[]> {
  return db().user.findMany({ select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
}
