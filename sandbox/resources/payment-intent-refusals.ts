import type { Ctx } from '@/sandbox/context'
import { maximumCharge, minimumCharge, smallestStep } from '@/sandbox/currencies'
import { invalidRequest, StripeError } from '@/sandbox/http/errors'
import {
  methodTypesOf,
  type PaymentIntentRecord,
  serializePaymentIntent,
} from '@/sandbox/resources/payment-intent-record'
import type { PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

/** The states in which it is still open who pays how much. */
const undecided = ['requires_payment_method', 'requires_confirmation', 'requires_action'] as const

export function isUndecided({ status }: PaymentIntentRecord): boolean {
  return undecided.some((each) => each === status)
}

/** The intent's status does not allow what was asked of it. */
export function unexpectedState(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  verb: string,
  code = 'payment_intent_unexpected_state',
): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    code,
    message: `You cannot ${verb} this PaymentIntent because it has a status of ${intent.status}.`,
    payment_intent: serializePaymentIntent(ctx, intent),
  })
}

/** @throws StripeError 400 for an intent that an invoice made for itself */
export function checkIsOwn(intent: PaymentIntentRecord, verb: string): void {
  if (intent.invoice === null) return
  throw invalidRequest(
    `You cannot ${verb} this PaymentIntent because it belongs to an invoice. Change, pay or void the invoice instead.`,
    { code: 'payment_intent_unexpected_state' },
  )
}

/** @param amount in minor units of `currency` @throws StripeError 400 outside what Stripe charges */
export function checkAmount(amount: number, currency: string, param = 'amount'): void {
  const [least, most] = [minimumCharge(currency), maximumCharge(currency)]
  if (amount < least) {
    throw invalidRequest(`Amount must be at least ${least} ${currency} in the smallest currency unit.`, {
      code: 'amount_too_small',
      param,
    })
  }
  if (amount > most) {
    throw invalidRequest(`Amount must be no more than ${most} ${currency} in the smallest currency unit.`, {
      code: 'amount_too_large',
      param,
    })
  }
  const step = smallestStep(currency)
  if (amount % step !== 0) {
    throw invalidRequest(`Amounts in ${currency} must be divisible by ${step}.`, { param })
  }
}

/** @throws StripeError 400 unless the method may pay this intent: its customer's or nobody's, of a kind that fits */
export function checkMethod(intent: PaymentIntentRecord, method: PaymentMethodRecord): void {
  const param = 'payment_method'
  if (method.isDetached) {
    throw invalidRequest(
      'The provided PaymentMethod was detached from a customer and may not be used again.',
      { code: 'payment_method_unexpected_state', param },
    )
  }
  if (method.customer !== null && method.customer !== intent.customer) {
    throw invalidRequest(
      'The provided PaymentMethod is attached to another customer than the PaymentIntent.',
      { code: 'resource_missing', param },
    )
  }
  if (method.type === 'customer_balance' && intent.customer === null) {
    throw invalidRequest('A PaymentIntent that a bank transfer pays needs a customer.', { param: 'customer' })
  }
  const needed = { sepa_debit: 'eur', us_bank_account: 'usd', card: null, customer_balance: null }[
    method.type
  ]
  if (needed !== null && needed !== intent.currency) {
    throw invalidRequest(
      `A PaymentMethod of type ${method.type} cannot pay in ${intent.currency}: it needs ${needed}.`,
      { code: 'payment_method_currency_mismatch', param },
    )
  }
  if (!methodTypesOf(intent).includes(method.type)) {
    throw invalidRequest(
      `The provided PaymentMethod is of type ${method.type}, which this PaymentIntent does not allow.`,
      { code: 'payment_intent_incompatible_payment_method', param },
    )
  }
}
