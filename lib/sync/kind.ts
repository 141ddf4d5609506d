import 'server-only'
import type { Queryable } from '@/lib/db/changes'
import type { MirroredType, SyncTarget } from '@/lib/domain/sync-types'
import type { Look, Sight } from './look'
import { orMissing } from './or-missing'
import { columnName, entomb, type Row, replaceParts, upsertMirrored } from './upsert'

type IdRow = Row & { id: string }

/** An object of Stripe's as rows. */
export type Parsed = {
  row: IdRow
  /** All rows of each table that holds parts of it; what is not among them any more is deleted. */
  parts?: Record<string, IdRow[]>
  /** What open browsers should look at again. */
  topics: string[]
  /** What else the change brings about, after the rows are written and in the same transaction. */
  afterwards?(connection: Queryable): Promise<void>
}

/** It has no business in this mirror, for this reason. */
export type NotOurs = { notOurs: string }

type Deleted = { id: string; deleted: true }

/** How objects of one type come from Stripe into the mirror. */
type Recipe<T extends { id: string; created: number }> = {
  type: MirroredType
  table: string
  /** The tables that hold parts of it, and the column in which these name it. */
  parts?: { tables: string[]; owner: string }
  /** What browsers look at again when an object is gone. */
  topics: string[]
  retrieve(id: string): Promise<T | Deleted>
  list(page: PageOf): Promise<{ data: T[]; has_more: boolean }>
  /** Fetches what `object` does not embed. Of what a list showed, only what belongs to the mirror is worth a question. */
  parse(object: T, from: 'itself' | 'list'): Promise<Parsed | NotOurs>
  /** Whether the object of a list says all that one fetched by itself says. */
  isWholeInLists?(object: T): boolean
}

export type PageOf = {
  limit: number
  starting_after?: string
  created?: { lte: number }
  /** For invoices only. */
  status?: 'draft' | 'open'
}

/** An object in a list: `look` makes of it what a look at the object would, or null where the list says too little. */
export type Listed = { id: string; created: number; look(): Promise<Sight> | null }
export type Page = { listed: Listed[]; hasMore: boolean }

export type Kind = {
  table: string
  parts: { tables: string[]; owner: string }
  look: Look
  list(page: PageOf): Promise<Page>
}

export function defineKind<T extends { id: string; created: number }>(recipe: Recipe<T>): Kind {
  const { type, table, parts: { tables, owner } = { tables: [], owner: 'id' } } = recipe

  async function see(object: T, from: 'itself' | 'list'): Promise<Sight> {
    const parsed = await recipe.parse(object, from)
    if ('notOurs' in parsed) {
      const write = (connection: Queryable) =>
        ignoreEvents(connection, { type, id: object.id }, parsed.notOurs)
      return { gone: true, topics: [], write }
    }
    return {
      gone: false,
      topics: parsed.topics,
      write: async (connection) => {
        await upsertMirrored(connection, table, parsed.row)
        for (const [part, rows] of Object.entries(parsed.parts ?? {})) {
          await replaceParts(connection, { table: part, owner, ownerId: parsed.row.id, rows })
        }
        await parsed.afterwards?.(connection)
      },
    }
  }

  return {
    table,
    parts: { tables, owner: columnName(owner) },
    look: async (id) => {
      const object = await orMissing(recipe.retrieve(id))
      if (object !== null && isThere(object)) return await see(object, 'itself')
      return {
        gone: true,
        topics: [...recipe.topics, id],
        write: (connection) => entomb(connection, table, id),
      }
    },
    list: async (page) => {
      const { data, has_more: hasMore } = await recipe.list(page)
      const isWhole = (object: T) => recipe.isWholeInLists?.(object) ?? true
      const listed = data.map((object) => ({
        id: object.id,
        created: object.created,
        look: () => (isWhole(object) ? see(object, 'list') : null),
      }))
      return { listed, hasMore }
    },
  }
}

function isThere<T extends object>(object: T | Deleted): object is T {
  return !('deleted' in object) || object.deleted !== true
}

async function ignoreEvents(connection: Queryable, { type, id }: SyncTarget, reason: string): Promise<void> {
  await connection.query(
    `update stripe_events set state = 'ignored', reason = $3
     where object_type = $1 and object_id = $2 and state in ('received', 'applied')`,
    [type, id, reason],
  )
}
