import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest, StripeError } from '@/sandbox/http/errors'
import { methodOrToken } from '@/sandbox/resources/payment-method-new'
import {
  cardOf,
  type PaymentMethodRecord,
  serializePaymentMethod,
} from '@/sandbox/resources/payment-method-record'

/** @throws StripeError 400 unless the method is attached to this customer */
export function methodOfCustomer(ctx: Ctx, id: string, customer: string, param: string): PaymentMethodRecord {
  const method = ctx.store.get('paymentMethods', id)
  if (method?.customer !== customer) {
    throw invalidRequest(
      `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`,
      { code: 'resource_missing', param },
    )
  }
  return method
}

/**
 * Attaches a method, or a new one made from a test token.
 * @throws StripeError 402 for the cards that decline already here, 400 when it belongs to another customer
 */
export function attachPaymentMethod(
  ctx: Ctx,
  id: string,
  customer: string,
  param: string,
): PaymentMethodRecord {
  const method = methodOrToken(ctx, id, param)
  if (method.customer === customer) return method
  checkAttachable(method, param)
  const attached = { ...method, customer }
  ctx.store.put('paymentMethods', attached)
  emit(ctx, 'payment_method.attached', serializePaymentMethod(ctx, attached))
  return attached
}

/** @throws StripeError 402 for the cards that decline already here, 400 for what cannot be saved */
export function checkAttachable(method: PaymentMethodRecord, param: string): void {
  const unexpected = (message: string) =>
    invalidRequest(message, { code: 'payment_method_unexpected_state', param })
  if (method.isDetached) {
    throw unexpected(
      'The payment method you provided was detached from a customer and may not be used again.',
    )
  }
  if (method.customer !== null) {
    throw unexpected('The payment method you provided has already been attached to a customer.')
  }
  if (method.type === 'customer_balance') {
    throw unexpected('Payment methods of type `customer_balance` cannot be saved to customers.')
  }
  if (method.type === 'us_bank_account' && !method.isVerified) {
    throw unexpected('The bank account must be verified before it can be attached to a customer.')
  }
  if (method.type !== 'card') return
  const outcome = cardOf(method).attach
  if (outcome.kind !== 'decline') return
  throw new StripeError(402, {
    type: 'card_error',
    code: outcome.code,
    decline_code: outcome.declineCode,
    message: outcome.message,
  })
}
