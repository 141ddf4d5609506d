import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { type ErrorBody, StripeError } from '@/sandbox/http/errors'
import { moveCash } from '@/sandbox/resources/cash-transaction-record'
import type { ChargeRecord } from '@/sandbox/resources/charge-record'
import { type PaymentIntentRecord, serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { type PaymentMethodRecord, serializePaymentMethod } from '@/sandbox/resources/payment-method-record'
import { setTimer } from '@/sandbox/timers'

type Failure = { code: string; declineCode?: string; message: string; chargeId: string | null }

/** How an attempt ended. A failed one leaves the intent waiting for another method. */
export type Attempt =
  | { kind: 'succeeded' | 'authorized' | 'processing' | 'requires_action'; intent: PaymentIntentRecord }
  | { kind: 'failed'; intent: PaymentIntentRecord; failure: Failure }

/** How long a bank takes to carry out a debit, and a card keeps its promise, in seconds. */
const debitTakes = 86_400
const authorizationLasts = 7 * 86_400

type IntentEvent =
  | 'payment_intent.amount_capturable_updated'
  | 'payment_intent.canceled'
  | 'payment_intent.payment_failed'
  | 'payment_intent.processing'
  | 'payment_intent.requires_action'
  | 'payment_intent.succeeded'

function move(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  change: Partial<PaymentIntentRecord>,
  type: IntentEvent,
): PaymentIntentRecord {
  const moved = { ...intent, next_action: null, ...change }
  ctx.store.put('paymentIntents', moved)
  emit(ctx, type, serializePaymentIntent(ctx, moved))
  return moved
}

/** The money is there: nothing is asked of the intent any more. */
export function toSucceeded(ctx: Ctx, intent: PaymentIntentRecord, charge: ChargeRecord): Attempt {
  const change = {
    status: 'succeeded',
    amount_capturable: 0,
    amount_received: charge.amount_captured,
    latest_charge: charge.id,
    last_payment_error: null,
  } as const
  setTimer(ctx, 'payment_intent.expire', intent.id, null)
  return { kind: 'succeeded', intent: move(ctx, intent, change, 'payment_intent.succeeded') }
}

/** A card has promised the money, which is to be captured within a week. */
export function toAuthorized(ctx: Ctx, intent: PaymentIntentRecord, charge: ChargeRecord): Attempt {
  const change = {
    status: 'requires_capture',
    amount_capturable: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
  } as const
  setTimer(ctx, 'payment_intent.expire', intent.id, ctx.now + authorizationLasts)
  return { kind: 'authorized', intent: move(ctx, intent, change, 'payment_intent.amount_capturable_updated') }
}

/** A bank has been asked for the money. */
export function toProcessing(ctx: Ctx, intent: PaymentIntentRecord, charge: ChargeRecord): Attempt {
  const change = { status: 'processing', latest_charge: charge.id, last_payment_error: null } as const
  setTimer(ctx, 'payment_intent.settle', intent.id, ctx.now + debitTakes)
  return { kind: 'processing', intent: move(ctx, intent, change, 'payment_intent.processing') }
}

/** The payer has something to do first. */
export function toRequiresAction(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  nextAction: NonNullable<PaymentIntentRecord['next_action']>,
): Attempt {
  const change = { status: 'requires_action', next_action: nextAction } as const
  return { kind: 'requires_action', intent: move(ctx, intent, change, 'payment_intent.requires_action') }
}

/** Back to the start, with what went wrong. */
export function toFailed(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  failure: Failure,
): Attempt {
  const { code, declineCode, message, chargeId } = failure
  const change = {
    status: 'requires_payment_method',
    payment_method: null,
    last_payment_error: {
      type: 'card_error',
      code,
      message,
      payment_method: serializePaymentMethod(ctx, method),
      ...(declineCode === undefined ? {} : { decline_code: declineCode }),
      ...(chargeId === null ? {} : { charge: chargeId }),
    },
  } as const
  return { kind: 'failed', failure, intent: move(ctx, intent, change, 'payment_intent.payment_failed') }
}

/** Nothing is to be paid through it any more; cash that it has used is the customer's again. */
export function toCanceled(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  reason: PaymentIntentRecord['cancellation_reason'],
): PaymentIntentRecord {
  const change = {
    status: 'canceled',
    amount_capturable: 0,
    canceled_at: ctx.now,
    cancellation_reason: reason,
  } as const
  setTimer(ctx, 'payment_intent.expire', intent.id, null)
  if (intent.cashApplied > 0 && intent.customer !== null) {
    moveCash(ctx, intent.customer, {
      currency: intent.currency,
      net_amount: intent.cashApplied,
      type: 'unapplied_from_payment',
      unapplied_from_payment: { payment_intent: intent.id },
    })
  }
  return move(ctx, intent, { ...change, cashApplied: 0 }, 'payment_intent.canceled')
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
