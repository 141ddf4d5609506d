import 'server-only'
import { pool } from '@/lib/db/client'
import type { CustomerRow } from '@/lib/domain/customer-view'
import { toMinorUnits } from '@/lib/domain/money'

/** What is open now, per customer and currency. */
export async function openAmounts(customerIds: string[]): Promise<Map<string, CustomerRow['open']>> {
  const { rows } = await pool().query<{ id: string; currency: string; amount: string; count: number }>(
    `select customer_id as id, currency, sum(amount_remaining)::text as amount, count(*)::int as count
     from invoices
     where customer_id = any($1) and status = 'open' and deleted_at is null
     group by customer_id, currency
     order by currency`,
    [customerIds],
  )
  const amounts = new Map<string, CustomerRow['open']>()
  for (const { id, currency, amount, count } of rows) {
    const own = amounts.get(id) ?? []
    own.push({ currency, amount: toMinorUnits(BigInt(amount)), count })
    amounts.set(id, own)
  }
  return amounts
}
