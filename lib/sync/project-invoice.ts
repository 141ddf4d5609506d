import 'server-only'
import type { Queryable } from '@/lib/db/changes'
import { fetchInvoice } from '@/lib/stripe/fetch-invoice'
import type { ParsedInvoice } from '@/lib/stripe/parse-invoice'
import type { Sight } from './look'
import { orMissing } from './or-missing'
import { entomb, type Row, upsert, upsertMirrored } from './upsert'

const nouns = ['invoices', 'overview', 'customers']

export async function lookAtInvoice(id: string): Promise<Sight> {
  const parsed = await orMissing(fetchInvoice(id))
  if (parsed === null) {
    return { gone: true, topics: [...nouns, id], write: (connection) => entomb(connection, 'invoices', id) }
  }
  return {
    gone: false,
    topics: [...nouns, id, parsed.customerId],
    write: (connection) => projectInvoice(connection, parsed),
  }
}

async function projectInvoice(connection: Queryable, parsed: ParsedInvoice): Promise<void> {
  const { lines, payments, ...invoice } = parsed
  await upsertMirrored(connection, 'invoices', invoice)
  await replaceParts(connection, 'invoice_lines', invoice.id, lines)
  await replaceParts(connection, 'invoice_payments', invoice.id, payments)
  // Stripe keeps no such field on the object. Events are kept for a while only, so an older answer stands.
  await connection.query(
    `update invoices set sent_at = greatest(sent_at, (
       select max(created_at) from stripe_events
       where object_type = 'invoice' and object_id = $1 and type = 'invoice.sent' and state <> 'quarantined'
     )) where id = $1`,
    [invoice.id],
  )
}

async function replaceParts(
  connection: Queryable,
  table: 'invoice_lines' | 'invoice_payments',
  invoiceId: string,
  parts: (Row & { id: string })[],
): Promise<void> {
  await connection.query(`delete from ${table} where invoice_id = $1 and id <> all ($2)`, [
    invoiceId,
    parts.map((part) => part.id),
  ])
  await upsert(
    connection,
    table,
    parts.map((part) => ({ ...part, invoiceId })),
  )
}
