import 'server-only'
import { type AuditEntry, appendEntry } from '@/lib/audit/append-entry'
import { pool } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/in-transaction'
import { log } from '@/lib/log/log'
import { stripe } from '@/lib/stripe/client'
import { hasCaused, operationMark } from '@/lib/stripe/find-made'
import { isMissing } from '@/lib/stripe/to-app-error'
import { refreshAfterWrite } from './refresh'

type Kind = 'invoice' | 'customer' | 'product' | 'price'

/** An object that names an operation which does not account for it. */
type Orphan = {
  kind: Kind
  id: string
  createdAt: Date
  isDraft: boolean
  operationId: string
  /** Null: no such operation is recorded here. */
  state: 'done' | 'failed' | null
}

/**
 * Finds objects that carry the mark of an operation which does not account for them, among those mirrored of late, and
 * settles each by one rule:
 * - no such operation is recorded (a database restored from an older backup, another Duebook on the same account): it is
 *   adopted, with an entry that says so. It is nobody's to delete.
 * - the operation made another object, or was answered as not done: a draft, which has billed nobody, is deleted. Anything
 *   else stays, and is a defect in the log. What others copied, mark and all, in Stripe's Dashboard is theirs.
 * Operations that are not settled yet are the reaper's.
 */
export async function adoptOrphans(): Promise<{ adopted: number; removed: number; left: number }> {
  const count = { adopted: 0, removed: 0, left: 0 }
  for (const orphan of await findOrphans()) {
    if (orphan.state === null) count.adopted += await adopt(orphan)
    else if (!(await isOurs(orphan))) continue
    else if (orphan.isDraft) count.removed += await removeDraft(orphan)
    else {
      count.left += 1
      log.error({ orphan }, 'an operation made an object that its record does not know')
    }
  }
  if (count.adopted + count.removed > 0) log.warn(count, 'settled objects that no operation accounts for')
  return count
}

/** An operation that made nothing accounts for nothing: null is no answer here. */
const isItsObject = 'operation.object_id is not distinct from object.id'

/** An operation on a product makes prices besides: of those, only the operation has to be known. */
const tables: Record<Kind, { table: string; isDraft: string; isAccountedFor: string }> = {
  invoice: {
    table: 'invoices',
    isDraft: `object.status = 'draft'`,
    isAccountedFor: isItsObject,
  },
  customer: { table: 'customers', isDraft: 'false', isAccountedFor: isItsObject },
  product: { table: 'products', isDraft: 'false', isAccountedFor: isItsObject },
  price: { table: 'prices', isDraft: 'false', isAccountedFor: 'true' },
}

const uuid = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'

async function findOrphans(): Promise<Orphan[]> {
  const parts = Object.entries(tables).map(
    ([kind, { table, isDraft, isAccountedFor }]) =>
      `select '${kind}' as kind, object.id, object.created_at as "createdAt", ${isDraft} as "isDraft",
         object.mark as "operationId", operation.state
       from (
         select *, raw->'metadata'->>$1 as mark from ${table}
         where mirrored_at > now() - interval '3 hours' and deleted_at is null
       ) as object
       left join operations as operation
         on operation.id = case when object.mark ~ $2 then object.mark::uuid end
       where object.mark ~ $2
         and (operation.id is null or (operation.state in ('done', 'failed') and not (${isAccountedFor})))`,
  )
  const { rows } = await pool().query<Orphan>(parts.join(' union all '), [operationMark, uuid])
  return rows
}

/** Nobody in particular: what the worker does by rule. */
const worker = { id: '00000000-0000-0000-0000-000000000000', name: 'Duebook', role: 'admin' } as const

async function adopt(orphan: Orphan): Promise<number> {
  const { kind, id, createdAt, operationId } = orphan
  const reason = 'Found in Stripe: no record here says who did it.'
  return await inTransaction(async (connection) => {
    const { rowCount } = await connection.query(
      `insert into operations (id, name, actor_id, actor_name, actor_role, input, input_hash, state, object_type,
         object_id, note, stripe_request_ids, leased_until, created_at, finished_at)
       values ($1, $2, $3, $4, $5::role, '{}', '', 'done', $6, $7, $8, '{}', now(), $9, now())
       on conflict (id) do nothing`,
      [operationId, `${kind}.create`, worker.id, worker.name, worker.role, kind, id, reason, createdAt],
    )
    if (rowCount === 1) await appendEntry(connection, entryOf(orphan, `${kind}.create`, reason))
    return rowCount ?? 0
  })
}

function entryOf({ operationId, kind, id }: Orphan, name: string, reason: string): AuditEntry {
  const nothing = { input: {}, before: null, after: null, error: null, stripeRequestIds: [] }
  return { operationId, name, actor: worker, object: { type: kind, id }, reason, outcome: 'done', ...nothing }
}

/** Whether the very request that made it was the operation's. */
function isOurs({ kind, id, createdAt, operationId }: Orphan): Promise<boolean> {
  const madeAfter = Math.floor(createdAt.getTime() / 1_000)
  return hasCaused({ id: operationId, madeAfter }, `${kind}.created`, id)
}

/** Stripe deletes drafts only, so that one that has been finalized meanwhile is safe. */
async function removeDraft(orphan: Orphan): Promise<number> {
  try {
    await stripe().invoices.del(orphan.id)
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const reason = 'Its operation made another invoice, or was answered as not done.'
  await inTransaction((connection) =>
    appendEntry(connection, entryOf(orphan, 'invoice.delete_draft', reason)),
  )
  await refreshAfterWrite('invoice', orphan.id)
  return 1
}
