import 'server-only'
import { isDeepStrictEqual } from 'node:util'
import type { Queryable } from '@/lib/db/changes'
import { comparable, type Json } from '@/lib/domain/silent-fields'
import type { MirroredType, SyncTarget } from '@/lib/domain/sync-types'
import { kinds } from './kinds'
import type { Sight } from './look'

/** A field of which the mirror held something else than Stripe: a column, one of `raw`, or a part by its table and id. */
export type Difference = { field: string; ours: Json; theirs: Json }

type Snapshot = Map<string, Json>

/**
 * Writes what was seen of an object and tells what that changed. Both states are read back from the database, so that they
 * are compared as it holds them and not as our parsers or somebody's hand wrote them.
 */
export async function writeAndCompare(
  connection: Queryable,
  target: { type: MirroredType; id: string },
  sight: Sight,
): Promise<Difference[]> {
  const before = await snapshot(connection, target)
  await sight.write(connection)
  const after = await snapshot(connection, target)
  if (before === null) return after === null ? [] : [{ field: 'object', ours: null, theirs: target.id }]
  const fields = [...new Set([...before.keys(), ...(after ?? before).keys()])]
  return fields.flatMap((field) => {
    const [ours, theirs] = [before.get(field) ?? null, after?.get(field) ?? null]
    return isDeepStrictEqual(ours, theirs) ? [] : [{ field, ours, theirs }]
  })
}

/** Keeps what was found, for people to look at and for the metrics: each is a defect. */
export async function recordRepair(
  connection: Queryable,
  target: SyncTarget,
  found: { by: string; healedBy: string; differences: Difference[] },
): Promise<void> {
  await connection.query(
    'insert into sync_repairs (type, object_id, found_by, healed_by, differences) values ($1, $2, $3, $4, $5)',
    [target.type, target.id, found.by, found.healedBy, JSON.stringify(found.differences)],
  )
}

/** How differences of an object were healed, in a word. */
export function healing(differences: Difference[]): 'added' | 'rewritten' | 'entombed' {
  if (differences.some(({ field }) => field === 'object')) return 'added'
  return differences.some(({ field, ours }) => field === 'deleted_at' && ours === null)
    ? 'entombed'
    : 'rewritten'
}

/** What the mirror holds of an object; null when it holds nothing. `mirrored_at` says when, and not what. */
async function snapshot(
  connection: Queryable,
  { type, id }: { type: MirroredType; id: string },
): Promise<Snapshot | null> {
  const { table, parts } = kinds[type]
  const { rows } = await connection.query(
    `select to_jsonb(object) - 'raw' - 'mirrored_at' as columns, raw from ${table} as object where id = $1`,
    [id],
  )
  if (rows[0] === undefined) return null
  const held: Snapshot = new Map(Object.entries(comparable(type, rows[0].columns)))
  for (const [field, value] of Object.entries(comparable(type, rows[0].raw))) held.set(`raw.${field}`, value)
  for (const part of parts.tables) {
    const { rows: found } = await connection.query(
      `select id, to_jsonb(part) as columns from ${part} as part where ${parts.owner} = $1`,
      [id],
    )
    for (const { id: partId, columns } of found) held.set(`${part} ${partId}`, comparable(type, columns))
  }
  return held
}
