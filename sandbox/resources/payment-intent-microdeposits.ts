import { type Ctx, referred } from '@/sandbox/context'
import { invalidRequest } from '@/sandbox/http/errors'
import { noteAttempt } from '@/sandbox/resources/invoice-pay'
import { type Answer, checkMicrodeposits } from '@/sandbox/resources/microdeposits'
import { attemptPayment } from '@/sandbox/resources/payment-intent-attempt'
import { declined, toFailed } from '@/sandbox/resources/payment-intent-moves'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import { unexpectedState } from '@/sandbox/resources/payment-intent-refusals'
import type { BankMethod } from '@/sandbox/resources/payment-method-record'

/**
 * Proves that a bank account is the payer's; the debit that waited for it begins.
 * @throws StripeError 400 unless the intent waits for it, or for a wrong answer
 */
export function verifyMicrodeposits(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  answer: Answer,
): PaymentIntentRecord {
  const method = intent.payment_method ? ctx.store.get('paymentMethods', intent.payment_method) : undefined
  if (intent.next_action?.type !== 'verify_with_microdeposits' || method?.type !== 'us_bank_account') {
    throw unexpectedState(ctx, intent, 'verify microdeposits of', 'intent_invalid_state')
  }
  const result = checkMicrodeposits(answer)
  if (result.kind === 'mismatch') throw invalidRequest(result.message, { code: result.code })
  if (result.kind === 'over') {
    const failure = { code: result.code, message: result.message, chargeId: null }
    const attempt = toFailed(ctx, intent, method, failure)
    noteAttempt(ctx, attempt)
    if (attempt.kind === 'failed') throw declined(ctx, attempt)
  }
  const verified: BankMethod = { ...method, isVerified: true }
  ctx.store.put('paymentMethods', verified)
  noteAttempt(ctx, attemptPayment(ctx, intent, verified, 'on'))
  return referred(ctx, 'paymentIntents', intent.id)
}
