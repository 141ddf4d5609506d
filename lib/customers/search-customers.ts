import 'server-only'
import { pool } from '@/lib/db/client'
import { containsPattern } from '@/lib/db/contains-pattern'
import type { Ctx } from '@/lib/domain/context'
import type { CustomerChoice } from '@/lib/domain/customer-view'
import { searchText } from '@/lib/domain/search-text'

const mostChoices = 20

/** Whom an invoice may be for, newest first. `search` is looked for in name, e-mail and id. */
export async function searchCustomers(_ctx: Ctx, { search }: { search: string }): Promise<CustomerChoice[]> {
  const text = searchText(search)
  const { rows } = await pool().query<CustomerChoice>(
    `select id, name, email, currency
     from customers
     where deleted_at is null and ($1 = '' or name ilike $2 or email ilike $2 or id = $1)
     order by created_at desc, id desc
     limit $3`,
    [text, containsPattern(text), mostChoices],
  )
  return rows
}
