import 'server-only'
import type Stripe from 'stripe'
import { pool } from '@/lib/db/client'
import { chargeTransitions } from '@/lib/domain/transitions'
import { impatient } from '@/lib/stripe/client'
import { allRefunds } from '@/lib/stripe/fetch-parts'
import { parseCharge } from '@/lib/stripe/parse-charge'
import { idOf, idOrNull } from '@/lib/stripe/read'
import { defineKind } from './kind'
import { noteTransitions } from './note-transitions'
import { reader } from './reader'

/** Only charges that pay invoices are mirrored; an account may have millions of others. */
export const charges = defineKind<Stripe.Charge>({
  type: 'charge',
  table: 'charges',
  parts: { tables: ['refunds'], owner: 'chargeId' },
  topics: ['invoices'],
  retrieve: (id) => reader().charges.retrieve(id, { expand: ['refunds'] }, impatient),
  list: (page) => reader().charges.list({ ...page, expand: ['data.refunds'] }, impatient),
  parse: async (charge, from) => {
    const invoiceIds = await invoicesPaidBy(charge, from === 'itself')
    if (invoiceIds.length === 0) return { notOurs: 'payment of no invoice' }
    const { refunds, ...row } = parseCharge(charge, await allRefunds(reader(), charge))
    return {
      row,
      parts: { refunds },
      topics: ['invoices', 'overview', row.id, ...invoiceIds],
      afterwards: (connection) =>
        noteTransitions(connection, { type: 'charge', id: row.id }, chargeTransitions({ ...row, refunds })),
    }
  },
})

/** The mirror may not know the payment yet, so Stripe is asked before a charge is taken for somebody else's. */
async function invoicesPaidBy(charge: Stripe.Charge, mayAsk: boolean): Promise<string[]> {
  const intent = idOrNull(charge.payment_intent)
  const { rows } = await pool().query<{ id: string }>(
    'select distinct invoice_id as id from invoice_payments where payment_id = any ($1)',
    [[charge.id, intent]],
  )
  if (rows.length > 0) return rows.map(({ id }) => id)
  if (intent === null || !mayAsk) return []
  const { data } = await reader().invoicePayments.list(
    { payment: { type: 'payment_intent', payment_intent: intent }, limit: 100 },
    impatient,
  )
  return [...new Set(data.map(({ invoice }) => idOf(invoice)))]
}
