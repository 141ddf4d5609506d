import 'server-only'
import type Stripe from 'stripe'
import type { Queryable } from '@/lib/db/changes'
import { impatient, stripe } from '@/lib/stripe/client'
import { type ParsedInvoice, parseInvoice } from '@/lib/stripe/parse-invoice'
import type { Sight } from './look'
import { orMissing } from './or-missing'
import { entomb, type Row, upsert, upsertMirrored } from './upsert'

/** Far more than the 250 lines that Stripe allows; the SDK wants a bound. */
const mostParts = 10_000
const nouns = ['invoices', 'overview', 'customers']

export async function lookAtInvoice(id: string): Promise<Sight> {
  const invoice = await orMissing(
    stripe().invoices.retrieve(id, { expand: ['payments.data.payment.payment_intent'] }, impatient),
  )
  if (invoice === null) {
    return { gone: true, topics: [...nouns, id], write: (connection) => entomb(connection, 'invoices', id) }
  }
  const parsed = parseInvoice(invoice, await allLines(invoice), await allPayments(invoice))
  return {
    gone: false,
    topics: [...nouns, id, parsed.customerId],
    write: (connection) => projectInvoice(connection, parsed),
  }
}

async function allLines(invoice: Stripe.Invoice): Promise<Stripe.InvoiceLineItem[]> {
  if (!invoice.lines.has_more) return invoice.lines.data
  return await stripe()
    .invoices.listLineItems(invoice.id, { limit: 100 }, impatient)
    .autoPagingToArray({ limit: mostParts })
}

async function allPayments(invoice: Stripe.Invoice): Promise<Stripe.InvoicePayment[]> {
  const { payments } = invoice
  if (payments === undefined) return []
  if (!payments.has_more) return payments.data
  return await stripe()
    .invoicePayments.list(
      { invoice: invoice.id, limit: 100, expand: ['data.payment.payment_intent'] },
      impatient,
    )
    .autoPagingToArray({ limit: mostParts })
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
