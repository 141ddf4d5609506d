import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { serializeCharge } from '@/sandbox/resources/charge-record'
import { noteAttempt } from '@/sandbox/resources/invoice-pay'
import { finishDebit } from '@/sandbox/resources/payment-intent-attempt'
import { releaseIntent } from '@/sandbox/resources/payment-intent-cancel'

/** The bank has carried a debit out, or sent it back. */
export function settleIntent(ctx: Ctx, intentId: string): void {
  const intent = ctx.store.get('paymentIntents', intentId)
  const attempt = intent && finishDebit(ctx, intent)
  if (attempt) noteAttempt(ctx, attempt, 'bank')
}

/** A card's promise that was not captured in time is worth nothing any more. */
export function expireIntent(ctx: Ctx, intentId: string): void {
  const intent = ctx.store.get('paymentIntents', intentId)
  if (intent?.status !== 'requires_capture' || !intent.latest_charge) return
  releaseIntent(ctx, intent, 'expired')
  emit(ctx, 'charge.expired', serializeCharge(ctx, referred(ctx, 'charges', intent.latest_charge)))
}
