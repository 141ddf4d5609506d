import type Stripe from 'stripe'
import { parseMethod } from './parse-method'
import { rawJson } from './raw'
import { idOrNull, instant } from './read'

/** `refunds` are all of them, in Stripe's order. */
export function parseCharge(charge: Stripe.Charge, refunds: Stripe.Refund[]) {
  const { refunds: _, ...rest } = charge
  const method = charge.payment_method_details ?? charge.source
  const look = method === null ? null : parseMethod(method)
  return {
    id: charge.id,
    paymentIntentId: idOrNull(charge.payment_intent),
    customerId: idOrNull(charge.customer),
    status: charge.status,
    amount: BigInt(charge.amount),
    amountRefunded: BigInt(charge.amount_refunded),
    currency: charge.currency,
    isDisputed: charge.disputed,
    paymentMethodType: look?.type ?? null,
    paymentMethodBrand: look?.brand ?? null,
    paymentMethodLast4: look?.last4 ?? null,
    failureCode: charge.failure_code,
    failureMessage: charge.failure_message,
    createdAt: instant(charge.created),
    raw: rawJson(rest),
    refunds: refunds.map(parseRefund),
  }
}

function parseRefund(refund: Stripe.Refund, position: number) {
  return {
    id: refund.id,
    position,
    amount: BigInt(refund.amount),
    currency: refund.currency,
    status: refund.status,
    reason: refund.reason,
    failureReason: refund.failure_reason ?? null,
    createdAt: instant(refund.created),
    raw: rawJson(refund),
  }
}
