import 'server-only'
import { pool } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import { operationId } from '@/lib/domain/fields'
import type { OperationStanding } from '@/lib/domain/result'

/**
 * Whether it is known what became of an operation of this person's, whose answer its action then gives; null when they
 * began none of this id, or nothing was done under it.
 */
export async function operationStanding(ctx: Ctx, id: string): Promise<OperationStanding | null> {
  if (!operationId.safeParse(id).success) return null
  const { rows } = await pool().query<{ isSettled: boolean }>(
    `select state in ('done', 'failed') as "isSettled" from operations where id = $1 and actor_id = $2`,
    [id, ctx.actor.id],
  )
  return rows[0] ?? null
}
