import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest, StripeError } from '@/sandbox/http/errors'
import { checkMicrodeposits } from '@/sandbox/resources/microdeposits'
import { authenticateAction, returnUrlOf, verifyAction } from '@/sandbox/resources/next-actions'
import { attachPaymentMethod } from '@/sandbox/resources/payment-method-attach'
import {
  type CardMethod,
  cardOf,
  type PaymentMethodRecord,
  serializePaymentMethod,
} from '@/sandbox/resources/payment-method-record'
import { type SetupIntentRecord, serializeSetupIntent } from '@/sandbox/resources/setup-intent-record'

type SetupEvent =
  | 'setup_intent.canceled'
  | 'setup_intent.requires_action'
  | 'setup_intent.setup_failed'
  | 'setup_intent.succeeded'

/** Writes the intent in its new state and the event that tells of it. */
export function moveSetup(
  ctx: Ctx,
  intent: SetupIntentRecord,
  change: Partial<SetupIntentRecord>,
  type: SetupEvent,
): SetupIntentRecord {
  const moved = { ...intent, next_action: null, ...change }
  ctx.store.put('setupIntents', moved)
  emit(ctx, type, serializeSetupIntent(ctx, moved))
  return moved
}

/** The intent's status does not allow what was asked of it. */
export function unexpectedSetup(ctx: Ctx, intent: SetupIntentRecord, verb: string): StripeError {
  return new StripeError(400, {
    type: 'invalid_request_error',
    code: 'setup_intent_unexpected_state',
    message: `You cannot ${verb} this SetupIntent because it has a status of ${intent.status}.`,
    setup_intent: serializeSetupIntent(ctx, intent),
  })
}

/**
 * Makes a method ready to be used while its owner is away, and saves it to the customer.
 * @throws StripeError 402 when the bank refuses, with what that changed kept; 400 when there is no method
 */
export function confirmSetup(
  ctx: Ctx,
  before: SetupIntentRecord,
  params: Parameters<typeof returnUrlOf>[0],
): SetupIntentRecord {
  const intent = { ...before, returnUrl: returnUrlOf(params) }
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw unexpectedSetup(ctx, intent, 'confirm')
  }
  if (intent.payment_method === null) {
    throw invalidRequest(
      "You cannot confirm this SetupIntent because it's missing a payment method. Provide one and try again.",
      { code: 'setup_intent_unexpected_state', param: 'payment_method' },
    )
  }
  const method = referred(ctx, 'paymentMethods', intent.payment_method)
  if (method.type === 'us_bank_account' && !method.isVerified) return awaitMicrodeposits(ctx, intent)
  if (method.type !== 'card') return succeed(ctx, intent, method)
  const { attach, onSession } = cardOf(method)
  if (attach.kind === 'decline') throw refuse(ctx, intent, method, attach)
  if (onSession.kind !== 'authenticate') return succeed(ctx, intent, method)
  const change = { status: 'requires_action', next_action: authenticateAction(ctx, intent) } as const
  return moveSetup(ctx, intent, change, 'setup_intent.requires_action')
}

function succeed(ctx: Ctx, intent: SetupIntentRecord, method: PaymentMethodRecord): SetupIntentRecord {
  if (intent.customer !== null) attachPaymentMethod(ctx, method.id, intent.customer, 'payment_method')
  return moveSetup(ctx, intent, { status: 'succeeded', last_setup_error: null }, 'setup_intent.succeeded')
}

type Refusal = { code: string; message: string; declineCode?: string }

function errorOf({ code, declineCode, message }: Refusal) {
  return {
    type: 'card_error',
    code,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
    message,
  } as const
}

/** Back to the start, with what went wrong. */
function fail(
  ctx: Ctx,
  intent: SetupIntentRecord,
  method: PaymentMethodRecord,
  refusal: Refusal,
): SetupIntentRecord {
  const change = {
    status: 'requires_payment_method',
    payment_method: null,
    last_setup_error: { ...errorOf(refusal), payment_method: serializePaymentMethod(ctx, method) },
  } as const
  return moveSetup(ctx, intent, change, 'setup_intent.setup_failed')
}

/** The 402 that tells of a failed attempt; what the attempt wrote stays. */
function refuse(
  ctx: Ctx,
  intent: SetupIntentRecord,
  method: PaymentMethodRecord,
  refusal: Refusal,
): StripeError {
  const failed = fail(ctx, intent, method, refusal)
  return new StripeError(402, { ...errorOf(refusal), setup_intent: serializeSetupIntent(ctx, failed) }, true)
}

function awaitMicrodeposits(ctx: Ctx, intent: SetupIntentRecord): SetupIntentRecord {
  const change = { status: 'requires_action', next_action: verifyAction(ctx, intent) } as const
  return moveSetup(ctx, intent, change, 'setup_intent.requires_action')
}

/** What the cardholder made of the challenge that an intent waits for. */
export function authenticateSetup(
  ctx: Ctx,
  intent: SetupIntentRecord,
  method: CardMethod,
  passed: boolean,
): SetupIntentRecord {
  if (passed) {
    const authenticated = { ...method, isAuthenticated: true }
    ctx.store.put('paymentMethods', authenticated)
    return succeed(ctx, intent, authenticated)
  }
  return fail(ctx, intent, method, {
    code: 'setup_intent_authentication_failure',
    message: 'The latest attempt to set up the payment method has failed because authentication failed.',
  })
}

/** @throws StripeError 400 for a wrong answer, 402 when it was the last one */
export function verifySetup(
  ctx: Ctx,
  intent: SetupIntentRecord,
  answer: Parameters<typeof checkMicrodeposits>[0],
): SetupIntentRecord {
  const method = intent.payment_method ? ctx.store.get('paymentMethods', intent.payment_method) : undefined
  if (intent.next_action?.type !== 'verify_with_microdeposits' || method?.type !== 'us_bank_account') {
    throw unexpectedSetup(ctx, intent, 'verify microdeposits of')
  }
  const result = checkMicrodeposits(answer)
  if (result.kind === 'mismatch') throw invalidRequest(result.message, { code: result.code })
  if (result.kind === 'over') throw refuse(ctx, intent, method, result)
  const verified = { ...method, isVerified: true }
  ctx.store.put('paymentMethods', verified)
  return succeed(ctx, intent, verified)
}
