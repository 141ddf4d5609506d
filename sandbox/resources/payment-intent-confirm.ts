import type { CardOutcome } from '@/sandbox/cards'
import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { type ErrorBody, StripeError } from '@/sandbox/http/errors'
import { type ChargeRecord, serializeCharge } from '@/sandbox/resources/charge-record'
import { type PaymentIntentRecord, serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { cardOf } from '@/sandbox/resources/payment-method-attach'
import { type PaymentMethodRecord, serializePaymentMethod } from '@/sandbox/resources/payment-method-record'

/** Whether the cardholder is there to authenticate. */
export type Session = 'on' | 'off'

type Failure = { code: string; declineCode?: string; message: string; chargeId: string | null }

/** How an attempt ended. A failed one leaves the intent waiting for another method. */
export type Attempt =
  | { kind: 'succeeded'; intent: PaymentIntentRecord }
  | { kind: 'requires_action'; intent: PaymentIntentRecord }
  | { kind: 'failed'; intent: PaymentIntentRecord; failure: Failure }

type Decline = Extract<CardOutcome, { kind: 'decline' }>

const authenticationRequired: Decline = {
  kind: 'decline',
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
}

/** Tries to move the money with a method; writes the charge, the intent and their events. */
export function attemptPayment(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  session: Session,
): Attempt {
  const card = cardOf(method)
  const outcome = session === 'on' ? card.onSession : card.charge
  if (outcome.kind === 'ok') return succeed(ctx, intent, method)
  if (outcome.kind === 'decline') return decline(ctx, intent, method, outcome)
  if (session === 'off') return decline(ctx, intent, method, authenticationRequired)
  return askForAction(ctx, intent, method)
}

/** The cardholder has passed the challenge, or failed it. */
export function finishAuthentication(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  passed: boolean,
): Attempt {
  if (passed) return succeed(ctx, intent, method)
  return fail(ctx, intent, method, {
    code: 'payment_intent_authentication_failure',
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    chargeId: null,
  })
}

/** The 402 that tells of a failed attempt; what the attempt wrote stays. */
export function declined(ctx: Ctx, { intent, failure }: Extract<Attempt, { kind: 'failed' }>): StripeError {
  const body: ErrorBody = {
    type: 'card_error',
    code: failure.code,
    ...(failure.declineCode === undefined ? {} : { decline_code: failure.declineCode }),
    message: failure.message,
    ...(failure.chargeId === null ? {} : { charge: failure.chargeId }),
    payment_intent: serializePaymentIntent(ctx, intent),
  }
  return new StripeError(402, body, true)
}

function succeed(ctx: Ctx, intent: PaymentIntentRecord, method: PaymentMethodRecord): Attempt {
  const charge = writeCharge(ctx, intent, method, undefined)
  emit(ctx, 'charge.succeeded', serializeCharge(ctx, charge))
  const paid: PaymentIntentRecord = {
    ...intent,
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    payment_method: method.id,
    last_payment_error: null,
    next_action: null,
  }
  ctx.store.put('paymentIntents', paid)
  emit(ctx, 'payment_intent.succeeded', serializePaymentIntent(ctx, paid))
  return { kind: 'succeeded', intent: paid }
}

function decline(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  outcome: Decline,
): Attempt {
  const charge = writeCharge(ctx, intent, method, outcome)
  emit(ctx, 'charge.failed', serializeCharge(ctx, charge))
  const { code, declineCode, message } = outcome
  return fail(ctx, { ...intent, latest_charge: charge.id }, method, {
    code,
    declineCode,
    message,
    chargeId: charge.id,
  })
}

function fail(ctx: Ctx, intent: PaymentIntentRecord, method: PaymentMethodRecord, failure: Failure): Attempt {
  const { code, declineCode, message, chargeId } = failure
  const failed: PaymentIntentRecord = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_payment_error: {
      type: 'card_error',
      code,
      message,
      payment_method: serializePaymentMethod(ctx, method),
      ...(declineCode === undefined ? {} : { decline_code: declineCode }),
      ...(chargeId === null ? {} : { charge: chargeId }),
    },
  }
  ctx.store.put('paymentIntents', failed)
  emit(ctx, 'payment_intent.payment_failed', serializePaymentIntent(ctx, failed))
  return { kind: 'failed', intent: failed, failure }
}

function askForAction(ctx: Ctx, intent: PaymentIntentRecord, method: PaymentMethodRecord): Attempt {
  const waiting: PaymentIntentRecord = {
    ...intent,
    status: 'requires_action',
    payment_method: method.id,
    next_action: { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } },
  }
  ctx.store.put('paymentIntents', waiting)
  emit(ctx, 'payment_intent.requires_action', serializePaymentIntent(ctx, waiting))
  return { kind: 'requires_action', intent: waiting }
}

/** @param refusal undefined when the money moved */
function writeCharge(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  refusal: Decline | undefined,
): ChargeRecord {
  const paid = refusal === undefined
  const charge: ChargeRecord = {
    id: ctx.newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'DUEBOOK SANDBOX',
    captured: paid,
    created: ctx.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: refusal?.code ?? null,
    failure_message: refusal?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(method, refusal),
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { type: 'card', card: cardDetails(method) },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: null,
    status: paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  }
  ctx.store.put('charges', charge)
  return charge
}

function outcomeOf(method: PaymentMethodRecord, refusal: Decline | undefined): ChargeRecord['outcome'] {
  const { risk } = cardOf(method)
  const blocked = refusal !== undefined && risk === 'highest'
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status:
      refusal === undefined ? 'approved_by_network' : blocked ? 'not_sent_to_network' : 'declined_by_network',
    reason:
      refusal === undefined
        ? risk === 'elevated'
          ? 'elevated_risk_level'
          : null
        : (refusal.declineCode ?? null),
    risk_level: risk,
    seller_message:
      refusal === undefined
        ? 'Payment complete.'
        : blocked
          ? 'Stripe blocked this payment as too risky.'
          : 'The bank did not return any further details with this decline.',
    type: refusal === undefined ? 'authorized' : blocked ? 'blocked' : 'issuer_declined',
  }
}

function cardDetails({ card }: PaymentMethodRecord) {
  return {
    amount_authorized: null,
    authorization_code: null,
    brand: card.brand,
    checks: card.checks,
    country: card.country,
    electronic_commerce_indicator: null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    fingerprint: card.fingerprint,
    funding: card.funding,
    installments: null,
    last4: card.last4,
    mandate: null,
    network: card.brand,
    network_transaction_id: null,
    regulated_status: card.regulated_status,
    three_d_secure: null,
    transaction_link_id: null,
    wallet: null,
  }
}
