import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { serializeCharge } from '@/sandbox/resources/charge-record'
import { cancelInvoicePayment } from '@/sandbox/resources/invoice-payment-default'
import { toCanceled } from '@/sandbox/resources/payment-intent-moves'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'

/** Ends an intent that belongs to no invoice; what was authorized is released, what was attached to pay is taken off. */
export function releaseIntent(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  reason: PaymentIntentRecord['cancellation_reason'],
): PaymentIntentRecord {
  if (intent.status === 'requires_capture' && intent.latest_charge) {
    const charge = referred(ctx, 'charges', intent.latest_charge)
    const released = { ...charge, amount_refunded: charge.amount, refunded: true }
    ctx.store.put('charges', released)
    if (reason !== 'expired') emit(ctx, 'charge.refunded', serializeCharge(ctx, released))
  }
  for (const payment of ctx.store.table('invoicePayments').by('paymentIntent', intent.id)) {
    if (payment.status === 'open') cancelInvoicePayment(ctx, payment)
  }
  return toCanceled(ctx, intent, reason)
}
