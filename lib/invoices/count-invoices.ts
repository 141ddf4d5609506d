import 'server-only'
import { pool } from '@/lib/db/client'
import type { Ctx } from '@/lib/domain/context'
import type { InvoiceFilters } from '@/lib/domain/invoice-filters'
import { type InvoiceCounts, invoiceTabs } from '@/lib/domain/invoice-view'
import { narrowedBy, parametersOf, tabCondition } from './invoice-conditions'

/** How many rows each tab of the list has, in one query over the same conditions as the list's. */
export async function countInvoices(
  ctx: Ctx,
  filters: Pick<InvoiceFilters, 'search' | 'customerId'>,
): Promise<InvoiceCounts> {
  const values: unknown[] = []
  const parameter = parametersOf(values)
  const counts = invoiceTabs.map(
    (tab) => `'${tab}', count(*) filter (where ${tabCondition(tab, ctx.now, parameter)})`,
  )
  const { rows } = await pool().query<{ counts: InvoiceCounts }>(
    `select json_build_object(${counts.join(', ')}) as counts
     from invoices
     where ${narrowedBy(filters, parameter)}`,
    values,
  )
  const [row] = rows
  if (!row) throw new Error('an aggregate answers with one row')
  return row.counts
}
