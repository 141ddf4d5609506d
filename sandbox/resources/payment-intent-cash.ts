import { transferType } from '@/sandbox/bank-transfers'
import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { cashOf, moveCash } from '@/sandbox/resources/cash-transaction-record'
import { succeedCharge } from '@/sandbox/resources/charge-create'
import { type Attempt, toRequiresAction, toSucceeded } from '@/sandbox/resources/payment-intent-moves'
import { type PaymentIntentRecord, serializePaymentIntent } from '@/sandbox/resources/payment-intent-record'
import type { PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

/** What an intent still waits for, in minor units. */
function cashNeededBy({ amount, cashApplied }: PaymentIntentRecord): number {
  return amount - cashApplied
}

/** An intent that a bank transfer is to pay uses what its customer has sent already, and waits for the rest. */
export function awaitTransfer(ctx: Ctx, intent: PaymentIntentRecord, method: PaymentMethodRecord): Attempt {
  const customer = intent.customer === null ? undefined : referred(ctx, 'customers', intent.customer)
  const sent =
    customer && customer.reconciliation !== 'manual' ? cashOf(ctx, customer.id, intent.currency) : 0
  const waiting = toRequiresAction(ctx, intent, instructions(ctx, intent)).intent
  return sent === 0 ? { kind: 'requires_action', intent: waiting } : applyCash(ctx, waiting, method, sent)
}

/** Pays an intent with cash of its customer, as far as it goes. @param amount what may be used, in minor units */
export function applyCash(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  amount: number,
): Attempt {
  const used = Math.min(amount, cashNeededBy(intent))
  if (intent.customer !== null) {
    moveCash(ctx, intent.customer, {
      applied_to_payment: { payment_intent: intent.id },
      currency: intent.currency,
      net_amount: -used,
      type: 'applied_to_payment',
    })
  }
  const applied = { ...intent, cashApplied: intent.cashApplied + used }
  if (cashNeededBy(applied) === 0) return toSucceeded(ctx, applied, succeedCharge(ctx, applied, method))
  const partly = { ...applied, next_action: instructions(ctx, applied) }
  ctx.store.put('paymentIntents', partly)
  emit(ctx, 'payment_intent.partially_funded', serializePaymentIntent(ctx, partly))
  return { kind: 'requires_action', intent: partly }
}

/** The account's bank details are the sandbox's secret: there is no bank to send money to. */
function instructions(ctx: Ctx, intent: PaymentIntentRecord) {
  return {
    type: 'display_bank_transfer_instructions',
    display_bank_transfer_instructions: {
      amount_remaining: cashNeededBy(intent),
      currency: intent.currency,
      hosted_instructions_url: `${ctx.origin}/transfer/${intent.client_secret}`,
      reference: intent.id.slice(-12).toUpperCase(),
      type: transferType(intent.currency),
    },
  }
}
