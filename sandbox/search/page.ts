import { createHash } from 'node:crypto'
import type { Ctx } from '@/sandbox/context'
import { integer, type Params, required, text } from '@/sandbox/http/params'
import { refused } from '@/sandbox/search/query'
import type { TableName, Tables } from '@/sandbox/store/tables'

/** Parameters of every search endpoint. */
export const searchParams = {
  query: required(text(5000)),
  limit: integer({ min: 1, max: 100 }),
  page: text(500),
}

export type SearchResult = {
  object: 'search_result'
  data: object[]
  has_more: boolean
  next_page: string | null
  url: string
  /** Counting looks at every row, so it is left for `expand[]=total_count` to ask for; JSON leaves functions out. */
  total_count(): number
}

type Search<Row> = { url: string; keep(row: Row): boolean; show(row: Row): object }

/**
 * One page of what matches, newest first. `next_page` names the last object shown and is good for the same query only.
 * @throws StripeError 400 for a page token that belongs elsewhere or whose object is gone
 */
export function searchPage<Name extends TableName>(
  ctx: Ctx,
  name: Name,
  { query, limit = 10, page }: Params<typeof searchParams>,
  search: Search<Tables[Name]>,
): SearchResult {
  const table = ctx.store.table(name)
  const mark = createHash('sha256').update(`${name} ${query}`).digest('base64url').slice(0, 12)
  const after = page === undefined ? undefined : readToken(page, mark)
  if (after !== undefined && !table.get(after)) throw staleToken()
  const found: Tables[Name][] = []
  for (const row of table.downFrom(after)) {
    if (search.keep(row) && found.push(row) > limit) break
  }
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const more = found.length > limit && last !== undefined
  return {
    object: 'search_result',
    data: shown.map(search.show),
    has_more: more,
    next_page: more ? writeToken(last.id, mark) : null,
    url: search.url,
    total_count() {
      let count = 0
      for (const row of table.all()) if (search.keep(row)) count++
      return count
    },
  }
}

function writeToken(id: string, mark: string): string {
  return Buffer.from(JSON.stringify([mark, id])).toString('base64url')
}

function readToken(token: string, mark: string): string {
  const [start, end] = [`["${mark}","`, '"]']
  const read = Buffer.from(token, 'base64url').toString()
  if (!read.startsWith(start) || !read.endsWith(end)) throw staleToken()
  return read.slice(start.length, -end.length)
}

function staleToken() {
  return refused('This page token is not valid for this search query. Start again without `page`.', 'page')
}
