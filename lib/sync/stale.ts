import 'server-only'
import type { Queryable } from '@/lib/db/changes'
import type { MirroredType } from '@/lib/domain/sync-types'
import { markAllDirty } from './leases'
import { wakeWorkers } from './wake'

/* What one object's change does to others, of which Stripe may send no event of their own. */

type CustomerFacts = { id: string; name: string | null; email: string | null; phone: string | null }

/** Drafts follow their customer until they are finalized: those that show something else are looked at again. */
export async function markDraftsOf(connection: Queryable, customer: CustomerFacts): Promise<void> {
  const { rows } = await connection.query(
    `select id from invoices
     where customer_id = $1 and status = 'draft' and deleted_at is null
       and (customer_name, customer_email, raw->>'customer_phone') is distinct from ($2::text, $3::text, $4::text)`,
    [customer.id, customer.name, customer.email, customer.phone],
  )
  await mark(connection, 'invoice', rows)
}

/** An invoice sums up its credit notes: one that does not agree with those known here is looked at again. */
export async function markInvoiceOfNotes(connection: Queryable, invoiceId: string): Promise<void> {
  const { rows } = await connection.query(
    `select invoices.id from invoices, (
       select coalesce(sum(pre_payment_amount), 0) as pre, coalesce(sum(post_payment_amount), 0) as post
       from credit_notes where invoice_id = $1 and status = 'issued' and deleted_at is null
     ) as notes
     where invoices.id = $1
       and (pre_payment_credit_notes_amount <> notes.pre or post_payment_credit_notes_amount <> notes.post)`,
    [invoiceId],
  )
  await mark(connection, 'invoice', rows)
}

/** Objects that another one names and that no event has brought. */
export async function markUnknown(
  connection: Queryable,
  type: MirroredType,
  table: string,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await connection.query(
    `select id from unnest($1::text[]) as named (id) where not exists (select from ${table} where ${table}.id = named.id)`,
    [ids],
  )
  await mark(connection, type, rows)
}

async function mark(connection: Queryable, type: MirroredType, rows: { id: string }[]): Promise<void> {
  if (rows.length === 0) return
  await markAllDirty(
    connection,
    type,
    rows.map(({ id }) => id),
  )
  wakeWorkers()
}
