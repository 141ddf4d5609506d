import type { Ctx } from '@/sandbox/context'
import { byParam } from '@/sandbox/context'
import { exclusiveParameters, noSuch } from '@/sandbox/http/errors'
import { integer, type Params, text } from '@/sandbox/http/params'
import type { Match } from '@/sandbox/store/table'
import type { TableName, Tables } from '@/sandbox/store/tables'
import { isOnTestClock } from '@/sandbox/time-of'
import type { WireList } from '@/sandbox/wire'

/** Parameters of every list endpoint. */
export const pageParams = {
  limit: integer({ min: 1, max: 100 }),
  starting_after: text(255),
  ending_before: text(255),
}

type PageParams = Params<typeof pageParams>

type Listing<Name extends TableName, Item> = {
  url: string
  keep?(row: Tables[Name]): boolean
  show(row: Tables[Name]): Item
  /** Whose rows are asked for, by indexed fields; undefined values ask for nothing. */
  among?: Match<Tables[Name]>
  /** What the rows have in other indexed fields. */
  having?: Match<Tables[Name]>
}

/**
 * One page of a table, newest first. `ending_before` pages backwards, but its page too is newest first.
 * @throws StripeError for both cursors at once or an unknown one
 */
export function listPage<Name extends TableName, Item>(
  ctx: Ctx,
  name: Name,
  page: PageParams,
  listing: Listing<Name, Item>,
): WireList<Item> {
  const { limit = 10, starting_after: after, ending_before: before } = page
  if (after !== undefined && before !== undefined)
    throw exclusiveParameters('starting_after', 'ending_before')
  if (after !== undefined) byParam(ctx, name, after, 'starting_after')
  if (before !== undefined) byParam(ctx, name, before, 'ending_before')
  const table = ctx.store.table(name)
  const { keep = () => true, among, having } = listing
  const match: Match<Tables[Name]> = Object.assign({}, having, among)
  const rows = before === undefined ? table.downFrom(after, match) : table.upFrom(before, match)
  // What lives on a test clock is shown to those who ask for its customer or its clock.
  const isOwners = Object.values(among ?? {}).some((value) => value !== undefined)
  const { taken, more } = take(rows, limit, (row) => keep(row) && (isOwners || !isOnTestClock(ctx, row)))
  if (before !== undefined) taken.reverse()
  return { object: 'list', data: taken.map(listing.show), has_more: more, url: listing.url }
}

function take<T>(rows: Iterable<T>, limit: number, keep: (row: T) => boolean): { taken: T[]; more: boolean } {
  const taken: T[] = []
  for (const row of rows) {
    if (!keep(row)) continue
    if (taken.length === limit) return { taken, more: true }
    taken.push(row)
  }
  return { taken, more: false }
}

/** The page of a list that is not a table of its own, in the order given. */
export function slicePage<T extends { id: string }>(
  items: readonly T[],
  page: PageParams,
  url: string,
): WireList<T> {
  const { limit = 10, starting_after: after, ending_before: before } = page
  if (after !== undefined && before !== undefined)
    throw exclusiveParameters('starting_after', 'ending_before')
  const placeOf = (id: string, param: string) => {
    const place = items.findIndex((item) => item.id === id)
    if (place < 0) throw noSuch('object', id, param, 400)
    return place
  }
  if (before !== undefined) {
    const end = placeOf(before, 'ending_before')
    const start = Math.max(end - limit, 0)
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url }
  }
  const start = after === undefined ? 0 : placeOf(after, 'starting_after') + 1
  return {
    object: 'list',
    data: items.slice(start, start + limit),
    has_more: start + limit < items.length,
    url,
  }
}
