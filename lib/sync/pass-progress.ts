import 'server-only'
import { pool } from '@/lib/db/client'
import type { PassKind } from './pass-store'

export type PassProgress = {
  kind: PassKind
  reason: string
  startedAt: Date
  finishedAt: Date | null
  lists: {
    list: string
    /** Objects that were listed, of these those dealt with by the list itself, and those that were healed. */
    counted: number
    done: number
    repaired: number
    isFinished: boolean
  }[]
}

/** The newest pass of each kind with how far it has come, list by list in the order of their beginning. */
export async function readPassProgress(): Promise<PassProgress[]> {
  const { rows } = await pool().query<PassProgress>(
    `select pass.kind, pass.reason, pass.started_at as "startedAt", pass.finished_at as "finishedAt",
       coalesce((
         select jsonb_agg(jsonb_build_object('list', list, 'counted', counted, 'done', done, 'repaired', repaired,
           'isFinished', finished_at is not null) order by started_at)
         from sync_pass_lists where pass_id = pass.id
       ), '[]') as lists
     from (select distinct on (kind) * from sync_passes order by kind, started_at desc) as pass`,
  )
  return rows
}
