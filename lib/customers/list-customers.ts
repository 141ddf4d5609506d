import 'server-only'
import { pool } from '@/lib/db/client'
import { containsPattern } from '@/lib/db/contains-pattern'
import type { Ctx } from '@/lib/domain/context'
import { formatCursor, parseCursor } from '@/lib/domain/cursor'
import type { CustomerRow } from '@/lib/domain/customer-view'
import type { Page } from '@/lib/domain/invoice-view'
import { searchText } from '@/lib/domain/search-text'
import { openAmounts } from './open-amounts'

const pageSize = 50

type Found = { id: string; name: string | null; email: string | null; createdAt: Date }

/**
 * Newest first, fifty a page. `search` is looked for in name, e-mail and id; `after` is the `nextCursor` of the page
 * before, and anything else begins at the beginning.
 */
export async function listCustomers(
  _ctx: Ctx,
  { search, after }: { search: string; after: string | null },
): Promise<Page<CustomerRow>> {
  const text = searchText(search)
  const cursor = parseCursor(after)
  const { rows } = await pool().query<Found>(
    `select id, name, email, created_at as "createdAt"
     from customers
     where deleted_at is null
       and ($1 = '' or name ilike $2 or email ilike $2 or id = $1)
       and ($3::timestamptz is null or (created_at, id) < ($3, $4))
     order by created_at desc, id desc
     limit $5`,
    [text, containsPattern(text), cursor?.createdAt ?? null, cursor?.id ?? null, pageSize + 1],
  )
  const page = rows.slice(0, pageSize)
  const open = await openAmounts(page.map(({ id }) => id))
  const last = page.at(-1)
  return {
    rows: page.map(({ createdAt, ...customer }) => ({
      ...customer,
      createdAt: createdAt.toISOString(),
      open: open.get(customer.id) ?? [],
    })),
    nextCursor: rows.length > pageSize && last ? formatCursor(last) : null,
  }
}
