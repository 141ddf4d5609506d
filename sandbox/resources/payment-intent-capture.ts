import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { mergeMetadata } from '@/sandbox/http/common-params'
import { invalidRequest } from '@/sandbox/http/errors'
import { captureCharge, statementWith } from '@/sandbox/resources/charge-create'
import type { ChargeRecord } from '@/sandbox/resources/charge-record'
import { noteAttempt } from '@/sandbox/resources/invoice-pay'
import { toSucceeded } from '@/sandbox/resources/payment-intent-moves'
import { type PaymentIntentRecord, serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import { checkAmount, unexpectedState } from '@/sandbox/resources/payment-intent-refusals'

type Told = Partial<
  Pick<ChargeRecord, 'receipt_email' | 'statement_descriptor' | 'statement_descriptor_suffix'>
>

/**
 * Takes what a card has promised, or a part of it; the rest is released.
 * @param amount in minor units; unset takes all of it
 * @param told what the charge says from now on
 * @throws StripeError 400 unless the intent waits for it, or for more than was promised
 */
export function captureIntent(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  amount = intent.amount_capturable,
  told: Told = {},
): PaymentIntentRecord {
  const { latest_charge: chargeId, payment_method: methodId } = intent
  if (intent.status !== 'requires_capture' || !chargeId || !methodId) {
    throw unexpectedState(ctx, intent, 'capture')
  }
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      `You cannot capture more than was authorized, ${intent.amount_capturable} ${intent.currency}.`,
      { code: 'amount_too_large', param: 'amount_to_capture' },
    )
  }
  const method = referred(ctx, 'paymentMethods', methodId)
  const charge = captureCharge(ctx, retold(referred(ctx, 'charges', chargeId), told), method, amount)
  noteAttempt(ctx, toSucceeded(ctx, intent, charge))
  return referred(ctx, 'paymentIntents', intent.id)
}

/** A card's statement has room for a suffix only: a descriptor without one takes its place. */
function retold(charge: ChargeRecord, told: Told): ChargeRecord {
  const suffix = told.statement_descriptor_suffix ?? told.statement_descriptor
  return {
    ...charge,
    ...told,
    ...(suffix ? { calculated_statement_descriptor: statementWith(suffix) } : {}),
  }
}

type Increment = { amount: number; description?: string | null; metadata?: Record<string, string> | null }

/**
 * Asks the card for more than it has promised so far.
 * @param input `amount` is the new whole, in minor units
 * @throws StripeError 400 unless the intent asked for that possibility and waits to be captured
 */
export function incrementAuthorization(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  input: Increment,
): PaymentIntentRecord {
  const { latest_charge: chargeId, payment_method_options: options } = intent
  if (intent.status !== 'requires_capture' || !chargeId) {
    throw unexpectedState(ctx, intent, 'increment the authorization of', 'intent_invalid_state')
  }
  if (options?.card?.request_incremental_authorization !== 'if_available') {
    throw invalidRequest(
      'The authorization of this PaymentIntent cannot be incremented: it was not confirmed with `payment_method_options[card][request_incremental_authorization]=if_available`.',
      { code: 'payment_intent_unexpected_state' },
    )
  }
  if (input.amount <= intent.amount) {
    throw invalidRequest(`The amount must be greater than the ${intent.amount} authorized so far.`, {
      param: 'amount',
    })
  }
  checkAmount(input.amount, intent.currency)
  const charge = referred(ctx, 'charges', chargeId)
  ctx.store.put('charges', { ...charge, amount: input.amount })
  const incremented: PaymentIntentRecord = {
    ...intent,
    amount: input.amount,
    amount_capturable: input.amount,
    description: input.description === undefined ? intent.description : input.description,
    metadata: mergeMetadata(intent.metadata, input.metadata),
  }
  ctx.store.put('paymentIntents', incremented)
  emit(ctx, 'payment_intent.amount_capturable_updated', serializePaymentIntent(ctx, incremented))
  return incremented
}
