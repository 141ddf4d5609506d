import type Stripe from 'stripe'

/**
 * What a webhook endpoint has to send for the mirror to follow at once. What is not sent is found later, by polling and by
 * comparing.
 */
export const neededEvents = [
  'product.created',
  'product.updated',
  'product.deleted',
  'price.created',
  'price.updated',
  'price.deleted',
  'coupon.created',
  'coupon.updated',
  'coupon.deleted',
  'promotion_code.created',
  'promotion_code.updated',
  'tax_rate.created',
  'tax_rate.updated',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.discount.created',
  'customer.discount.updated',
  'customer.discount.deleted',
  'customer.tax_id.created',
  'customer.tax_id.updated',
  'customer.tax_id.deleted',
  'cash_balance.funds_available',
  'payment_method.attached',
  'payment_method.automatically_updated',
  'payment_method.detached',
  'payment_method.updated',
  'invoice.created',
  'invoice.updated',
  'invoice.deleted',
  'invoice.finalized',
  'invoice.finalization_failed',
  'invoice.sent',
  'invoice.paid',
  'invoice.overpaid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
  'invoice.voided',
  'invoice.marked_uncollectible',
  'invoice.overdue',
  'invoiceitem.created',
  'invoiceitem.deleted',
  'invoice_payment.paid',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.payment_failed',
  'payment_intent.succeeded',
  'payment_intent.canceled',
  'charge.succeeded',
  'charge.failed',
  'charge.pending',
  'charge.updated',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'refund.created',
  'refund.updated',
  'refund.failed',
  'credit_note.created',
  'credit_note.updated',
  'credit_note.voided',
] as const satisfies readonly Stripe.WebhookEndpointCreateParams.EnabledEvent[]

/** Which of them an endpoint with these `enabled_events` does not send; a family may be given as `invoice.*`. */
export function missingEvents(enabled: readonly string[]): string[] {
  const has = new Set(enabled)
  if (has.has('*')) return []
  return neededEvents.filter((type) => {
    const families = [...type.matchAll(/\./g)].map(({ index }) => `${type.slice(0, index)}.*`)
    return !has.has(type) && !families.some((family) => has.has(family))
  })
}
