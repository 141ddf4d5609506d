import type { CardOutcome } from '@/sandbox/cards'
import { type Ctx, referred } from '@/sandbox/context'
import {
  authorizeCharge,
  failCharge,
  returnDebit,
  settleDebit,
  startDebit,
  succeedCharge,
} from '@/sandbox/resources/charge-create'
import { openDispute } from '@/sandbox/resources/dispute-open'
import { authenticateAction, verifyAction } from '@/sandbox/resources/next-actions'
import { awaitTransfer } from '@/sandbox/resources/payment-intent-cash'
import {
  type Attempt,
  toAuthorized,
  toFailed,
  toProcessing,
  toRequiresAction,
  toSucceeded,
} from '@/sandbox/resources/payment-intent-moves'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import {
  type BankMethod,
  bankAccountOf,
  type CardMethod,
  cardOf,
  type PaymentMethodRecord,
} from '@/sandbox/resources/payment-method-record'

/** Whether the payer is there to authenticate. */
export type Session = 'on' | 'off'

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
  const trying = { ...intent, payment_method: method.id }
  if (method.type === 'card') return attemptCard(ctx, trying, method, session)
  if (method.type === 'customer_balance') return awaitTransfer(ctx, trying, method)
  return method.isVerified
    ? debit(ctx, trying, method)
    : toRequiresAction(ctx, trying, verifyAction(ctx, trying))
}

function attemptCard(ctx: Ctx, intent: PaymentIntentRecord, method: CardMethod, session: Session): Attempt {
  const card = cardOf(method)
  const asked = intent.payment_method_options?.card?.request_three_d_secure
  const isAsked = session === 'on' && (asked === 'any' || asked === 'challenge')
  const outcome = session === 'on' ? card.onSession : card.charge
  if (outcome.kind === 'decline') return decline(ctx, intent, method, outcome)
  if (outcome.kind === 'ok' && !isAsked) return take(ctx, intent, method)
  if (session === 'on') return toRequiresAction(ctx, intent, authenticateAction(ctx, intent))
  return card.asksOnce && method.isAuthenticated
    ? take(ctx, intent, method)
    : decline(ctx, intent, method, authenticationRequired)
}

/** The cardholder has passed the challenge, or failed it. */
export function finishAuthentication(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: CardMethod,
  passed: boolean,
): Attempt {
  if (passed) {
    const authenticated = { ...method, isAuthenticated: true }
    ctx.store.put('paymentMethods', authenticated)
    return take(ctx, intent, authenticated)
  }
  return toFailed(ctx, intent, method, {
    code: 'payment_intent_authentication_failure',
    message:
      'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
    chargeId: null,
  })
}

function take(ctx: Ctx, intent: PaymentIntentRecord, method: CardMethod): Attempt {
  if (intent.capture_method === 'manual') {
    return toAuthorized(ctx, intent, authorizeCharge(ctx, intent, method))
  }
  const charge = succeedCharge(ctx, intent, method)
  const paid = toSucceeded(ctx, intent, charge)
  const { dispute } = cardOf(method)
  if (dispute !== null) openDispute(ctx, charge.id, dispute)
  return paid
}

function decline(ctx: Ctx, intent: PaymentIntentRecord, method: CardMethod, outcome: Decline): Attempt {
  const { id } = failCharge(ctx, intent, method, outcome)
  const { code, declineCode, message } = outcome
  return toFailed(ctx, { ...intent, latest_charge: id }, method, { code, declineCode, message, chargeId: id })
}

function debit(ctx: Ctx, intent: PaymentIntentRecord, method: BankMethod): Attempt {
  return toProcessing(ctx, intent, startDebit(ctx, intent, method))
}

/** What the bank made of a debit, when it is due; undefined when nothing is under way or nothing is ever heard. */
export function finishDebit(ctx: Ctx, intent: PaymentIntentRecord): Attempt | undefined {
  if (intent.status !== 'processing' || !intent.latest_charge || !intent.payment_method) return undefined
  const charge = referred(ctx, 'charges', intent.latest_charge)
  const method = referred(ctx, 'paymentMethods', intent.payment_method)
  if (method.type !== 'us_bank_account' && method.type !== 'sepa_debit') return undefined
  const { debit: outcome, isDisputed } = bankAccountOf(method)
  if (outcome.kind === 'stay') return undefined
  if (outcome.kind === 'fail') {
    const { code, failureCode, message } = outcome
    returnDebit(ctx, charge, method, { code: failureCode, message })
    return toFailed(ctx, intent, method, { code, message, chargeId: charge.id })
  }
  const paid = toSucceeded(ctx, intent, settleDebit(ctx, charge, method))
  if (isDisputed) openDispute(ctx, charge.id, 'debit_not_authorized')
  return paid
}
