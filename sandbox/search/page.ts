import { createHash } from 'node:crypto'
import { integer, type Params, required, text } from '@/sandbox/http/params'
import type { Doc } from '@/sandbox/search/match'
import { refused } from '@/sandbox/search/query'
import type { Table } from '@/sandbox/store/table'

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

type Search = { url: string; matches(doc: Doc): boolean; show(id: string): object | undefined }

/**
 * One page of what matches, newest first. `next_page` names the last object shown and is good for the same query only.
 * @param docs what search knows; objects that are gone by now show nothing and are left out
 * @throws StripeError 400 for a page token that belongs elsewhere or whose object is gone
 */
export function searchPage(
  docs: Table<Doc>,
  { query, limit = 10, page }: Params<typeof searchParams>,
  { url, matches, show }: Search,
): SearchResult {
  const mark = createHash('sha256').update(`${url} ${query}`).digest('base64url').slice(0, 12)
  const after = page === undefined ? undefined : readToken(page, mark)
  if (after !== undefined && !docs.has(after)) throw staleToken()
  const found: { id: string; object: object }[] = []
  for (const doc of docs.downFrom(after)) {
    const object = matches(doc) ? show(doc.id) : undefined
    if (object && found.push({ id: doc.id, object }) > limit) break
  }
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const more = found.length > limit && last !== undefined
  return {
    object: 'search_result',
    data: shown.map(({ object }) => object),
    has_more: more,
    next_page: more ? writeToken(last.id, mark) : null,
    url,
    total_count() {
      let count = 0
      for (const doc of docs.all()) if (matches(doc)) count++
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
