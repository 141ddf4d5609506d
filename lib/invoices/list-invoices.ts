import 'server-only'
import { pool } from '@/lib/db/client'
import { type InvoiceRecord, invoiceRecordColumns, invoiceRowsAt } from '@/lib/db/invoice-row'
import type { Ctx } from '@/lib/domain/context'
import { formatCursor, parseCursor } from '@/lib/domain/cursor'
import type { InvoiceFilters } from '@/lib/domain/invoice-filters'
import type { InvoiceRow, Page } from '@/lib/domain/invoice-view'
import { narrowedBy, parametersOf, tabCondition } from './invoice-conditions'

const pageSize = 50

/**
 * Newest first, fifty a page. `after` is the `nextCursor` of the page before, and anything else begins at the
 * beginning. The row comparison is what lets PostgreSQL start in the middle of the index, at any depth.
 */
export async function listInvoices(ctx: Ctx, filters: InvoiceFilters): Promise<Page<InvoiceRow>> {
  const values: unknown[] = []
  const parameter = parametersOf(values)
  const conditions = [tabCondition(filters.tab, ctx.now, parameter), narrowedBy(filters, parameter)]
  const cursor = parseCursor(filters.after)
  if (cursor) conditions.push(`(created_at, id) < (${parameter(cursor.createdAt)}, ${parameter(cursor.id)})`)
  const { rows } = await pool().query<InvoiceRecord>(
    `select ${invoiceRecordColumns}
     from invoices
     where ${conditions.join(' and ')}
     order by created_at desc, id desc
     limit ${pageSize + 1}`,
    values,
  )
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  return {
    rows: page.map(invoiceRowsAt(ctx.now)),
    nextCursor: rows.length > pageSize && last ? formatCursor(last) : null,
  }
}
