import 'server-only'
import { impatient } from '@/lib/stripe/client'
import { idOf } from '@/lib/stripe/read'
import { markAllDirty } from './leases'
import type { Sight } from './look'
import { reader } from './reader'
import { wakeWorkers } from './wake'

/**
 * Finds the invoices that a PaymentIntent pays (no PaymentIntent and no charge names its invoice any more), marks them and
 * hands them the events that brought us here. Payments of no invoice are somebody else's business.
 */
export async function resolvePaymentIntent(id: string): Promise<Sight> {
  const payments = await reader()
    .invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: id }, limit: 100 }, impatient)
    .autoPagingToArray({ limit: 1_000 })
  const invoiceIds = [...new Set(payments.map((payment) => idOf(payment.invoice)))]
  const [firstInvoice = null] = invoiceIds
  return {
    gone: firstInvoice === null,
    topics: [],
    write: async (connection) => {
      await markAllDirty(connection, 'invoice', invoiceIds)
      await connection.query(
        `update stripe_events set object_type = case when $2::text is null then object_type else 'invoice' end,
           object_id = coalesce($2, object_id),
           state = case when $2 is null then 'ignored' else 'received' end::event_state,
           reason = case when $2 is null then 'payment of no invoice' end
         where object_type = 'payment_intent' and object_id = $1 and state in ('received', 'applied')`,
        [id, firstInvoice],
      )
      wakeWorkers()
    },
  }
}
