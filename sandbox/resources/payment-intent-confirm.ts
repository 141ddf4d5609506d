import { type Ctx, referred } from '@/sandbox/context'
import { invalidRequest } from '@/sandbox/http/errors'
import type { Params } from '@/sandbox/http/params'
import { checkSecret } from '@/sandbox/resources/client-secret'
import { noteAttempt } from '@/sandbox/resources/invoice-pay'
import { returnUrlOf } from '@/sandbox/resources/next-actions'
import { attemptPayment, finishAuthentication } from '@/sandbox/resources/payment-intent-attempt'
import { withInput } from '@/sandbox/resources/payment-intent-input'
import { declined } from '@/sandbox/resources/payment-intent-moves'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import { checkMethod, isUndecided, unexpectedState } from '@/sandbox/resources/payment-intent-refusals'
import type { confirmationShape, confirmShape } from '@/sandbox/resources/payment-intent-shape'
import { attachPaymentMethod } from '@/sandbox/resources/payment-method-attach'
import { chosenMethod, type methodChoiceShape } from '@/sandbox/resources/payment-method-choice'
import type { CardMethod, PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

/** The method that the request chooses, if it does. @throws StripeError unless it may pay */
export function methodFrom(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  params: Params<typeof methodChoiceShape>,
): PaymentMethodRecord | undefined {
  const method = chosenMethod(ctx, params)
  if (method) checkMethod(intent, method)
  return method
}

/**
 * Confirms an intent with what the request says of it.
 * @throws StripeError 402 when the payment is declined, its side effects kept; 400 when its status does not allow it
 */
export function confirmIntent(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  params: Params<typeof confirmShape>,
): PaymentIntentRecord {
  if (!isUndecided(intent)) throw unexpectedState(ctx, intent, 'confirm')
  checkSecret(params.client_secret, intent)
  const { amount_to_confirm: expected } = params
  if (expected !== undefined && expected !== intent.amount) {
    throw invalidRequest(`The amount to confirm is not that of the PaymentIntent, ${intent.amount}.`, {
      param: 'amount_to_confirm',
    })
  }
  const described = intent.invoice === null ? withInput(intent, params) : intent
  return confirmWith(ctx, described, methodFrom(ctx, described, params), params)
}

/** @param method the method to use, or undefined to use the intent's own */
export function confirmWith(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord | undefined,
  params: Params<typeof confirmationShape>,
): PaymentIntentRecord {
  const chosen =
    method ?? (intent.payment_method ? referred(ctx, 'paymentMethods', intent.payment_method) : undefined)
  if (!chosen) {
    throw invalidRequest(
      "You cannot confirm this PaymentIntent because it's missing a payment method. Provide one and try again.",
      { code: 'payment_intent_unexpected_state', param: 'payment_method' },
    )
  }
  checkMethod(intent, chosen)
  const isOff = params.off_session !== undefined && params.off_session !== 'false'
  const mayAsk = !isOff && !params.error_on_requires_action
  const asked = { ...intent, returnUrl: returnUrlOf(params) }
  const attempt = attemptPayment(ctx, asked, chosen, mayAsk ? 'on' : 'off')
  if (attempt.kind === 'failed') {
    noteAttempt(ctx, attempt)
    throw declined(ctx, attempt)
  }
  if (attempt.kind !== 'requires_action') saveMethod(ctx, attempt.intent, chosen)
  noteAttempt(ctx, attempt)
  return referred(ctx, 'paymentIntents', intent.id)
}

/** What the cardholder made of the challenge that an intent waits for. */
export function authenticateIntent(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: CardMethod,
  passed: boolean,
): PaymentIntentRecord {
  const attempt = finishAuthentication(ctx, intent, method, passed)
  if (attempt.kind !== 'failed') saveMethod(ctx, attempt.intent, method)
  noteAttempt(ctx, attempt)
  return referred(ctx, 'paymentIntents', intent.id)
}

/** A method that is to be used again belongs to the intent's customer from now on. */
function saveMethod(ctx: Ctx, intent: PaymentIntentRecord, method: PaymentMethodRecord): void {
  const { customer, setup_future_usage: usage } = intent
  if (customer === null || usage === null || method.customer !== null || method.type === 'customer_balance')
    return
  attachPaymentMethod(ctx, method.id, customer, 'payment_method')
}
