import 'server-only'
import type Stripe from 'stripe'
import type { Queryable } from '@/lib/db/changes'
import { invoiceTransitions } from '@/lib/domain/transitions'
import { impatient } from '@/lib/stripe/client'
import { allLines, allPayments } from '@/lib/stripe/fetch-parts'
import { isCollectible, type ParsedInvoice, parseInvoice } from '@/lib/stripe/parse-invoice'
import { defineKind } from './kind'
import { noteTransitions } from './note-transitions'
import { reader } from './reader'
import { markUnknown } from './stale'

const nouns = ['invoices', 'overview', 'customers']

export const invoices = defineKind<Stripe.Invoice>({
  type: 'invoice',
  table: 'invoices',
  parts: { tables: ['invoice_lines', 'invoice_payments'], owner: 'invoiceId' },
  topics: nouns,
  retrieve: (id) =>
    reader().invoices.retrieve(id, { expand: ['payments.data.payment.payment_intent'] }, impatient),
  // Lists cannot be expanded deeply enough for the PaymentIntents.
  list: (page) => reader().invoices.list({ ...page, expand: ['data.payments'] }, impatient),
  isWholeInLists: (invoice) => !isCollectible(invoice) || invoice.payments?.data.length === 0,
  parse: async (invoice) => {
    const parts = [allLines(reader(), invoice), allPayments(reader(), invoice)] as const
    const parsed = parseInvoice(invoice, ...(await Promise.all(parts)))
    const { lines, payments, chargeIds: _, ...row } = parsed
    return {
      row,
      parts: { invoice_lines: lines, invoice_payments: payments },
      topics: [...nouns, row.id, row.customerId],
      afterwards: (connection) => followUp(connection, parsed),
    }
  },
})

async function followUp(connection: Queryable, invoice: ParsedInvoice): Promise<void> {
  await noteTransitions(connection, { type: 'invoice', id: invoice.id }, invoiceTransitions(invoice))
  await noteSent(connection, invoice.id)
  await markUnknown(connection, 'charge', 'charges', invoice.chargeIds)
}

/** Stripe keeps no such field on the object. Events are kept for a while only, so an older answer stands. */
async function noteSent(connection: Queryable, id: string): Promise<void> {
  const { rows } = await connection.query(
    `update invoices set sent_at = greatest(sent_at, (
       select max(created_at) from stripe_events
       where object_type = 'invoice' and object_id = $1 and type = 'invoice.sent' and state <> 'quarantined'
     )) where id = $1
     returning sent_at`,
    [id],
  )
  const happenedAt: Date | null = rows[0]?.sent_at ?? null
  if (happenedAt)
    await noteTransitions(connection, { type: 'invoice', id }, [{ transition: 'sent', happenedAt }])
}
