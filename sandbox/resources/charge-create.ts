import type { Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { writeAccountTransaction } from '@/sandbox/resources/balance-transaction-record'
import { methodDetails, outcomeOf, type Refusal } from '@/sandbox/resources/charge-details'
import { type ChargeRecord, serializeCharge } from '@/sandbox/resources/charge-record'
import type { PaymentIntentRecord } from '@/sandbox/resources/payment-intent-record'
import { cardOf, type PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'

/** How long Stripe keeps what was charged before it is available, in seconds. */
const pendingFor = 2 * 86_400

/** A charge that was refused; `charge.failed` tells of it. */
export function failCharge(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
  refusal: Refusal,
): ChargeRecord {
  const charge: ChargeRecord = {
    ...newCharge(ctx, intent, method),
    failure_code: refusal.code,
    failure_message: refusal.message,
    outcome: outcomeOf(method, refusal),
    status: 'failed',
  }
  return put(ctx, charge, 'charge.failed')
}

/** A card's promise of the money, to be captured later. */
export function authorizeCharge(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
): ChargeRecord {
  return put(ctx, { ...newCharge(ctx, intent, method), paid: true, status: 'succeeded' }, 'charge.succeeded')
}

/** A debit that the bank has yet to carry out. */
export function startDebit(ctx: Ctx, intent: PaymentIntentRecord, method: PaymentMethodRecord): ChargeRecord {
  return put(ctx, newCharge(ctx, intent, method), 'charge.pending')
}

/** A charge whose money has moved at once. */
export function succeedCharge(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  method: PaymentMethodRecord,
): ChargeRecord {
  return put(ctx, received(ctx, newCharge(ctx, intent, method), method, intent.amount), 'charge.succeeded')
}

/** The bank has carried a debit out. */
export function settleDebit(ctx: Ctx, charge: ChargeRecord, method: PaymentMethodRecord): ChargeRecord {
  return put(ctx, received(ctx, charge, method, charge.amount), 'charge.succeeded')
}

/** The bank has sent a debit back. */
export function returnDebit(
  ctx: Ctx,
  charge: ChargeRecord,
  method: PaymentMethodRecord,
  refusal: Refusal,
): ChargeRecord {
  const returned: ChargeRecord = {
    ...charge,
    failure_code: refusal.code,
    failure_message: refusal.message,
    outcome: outcomeOf(method, refusal),
    status: 'failed',
  }
  return put(ctx, returned, 'charge.failed')
}

/** Takes an authorized charge, or part of it; the rest is released. */
export function captureCharge(
  ctx: Ctx,
  charge: ChargeRecord,
  method: PaymentMethodRecord,
  amount: number,
): ChargeRecord {
  return put(ctx, received(ctx, charge, method, amount), 'charge.captured')
}

function put(
  ctx: Ctx,
  charge: ChargeRecord,
  type: 'charge.succeeded' | 'charge.failed' | 'charge.pending' | 'charge.captured',
): ChargeRecord {
  ctx.store.put('charges', charge)
  emit(ctx, type, serializeCharge(ctx, charge))
  return charge
}

/** The charge with `amount` of it on the account's balance. */
function received(ctx: Ctx, charge: ChargeRecord, method: PaymentMethodRecord, amount: number): ChargeRecord {
  const isAtOnce = method.type === 'card' && cardOf(method).bypassesPending
  const { id } = writeAccountTransaction(ctx, {
    amount,
    available_on: isAtOnce ? ctx.now : ctx.now + pendingFor,
    currency: charge.currency,
    description: charge.description,
    reporting_category: 'charge',
    source: charge.id,
    sourceType: method.type === 'card' ? 'card' : 'bank_account',
    type: method.type === 'card' ? 'charge' : 'payment',
  })
  return {
    ...charge,
    amount_captured: amount,
    balance_transaction: id,
    captured: true,
    paid: true,
    status: 'succeeded',
  }
}

/** One that is neither paid nor refused yet; the caller writes it. */
function newCharge(ctx: Ctx, intent: PaymentIntentRecord, method: PaymentMethodRecord): ChargeRecord {
  return {
    id: ctx.newId(method.type === 'card' ? 'ch' : 'py'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor:
      method.type === 'card' ? statementWith(intent.statement_descriptor_suffix) : null,
    captured: false,
    created: ctx.now,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(method, undefined),
    paid: false,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: methodDetails(method),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: 'pending',
    transfer_data: null,
    transfer_group: null,
  }
}

/** What the cardholder reads on the statement, at most 22 characters. */
export function statementWith(suffix: string | null): string {
  return suffix === null ? 'DUEBOOK SANDBOX' : `DUEBOOK* ${suffix}`.slice(0, 22)
}
