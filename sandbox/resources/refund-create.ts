import type Stripe from 'stripe'
import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { invalidRequest } from '@/sandbox/http/errors'
import { mailRefund } from '@/sandbox/mails/receipt-mail'
import { writeAccountTransaction } from '@/sandbox/resources/balance-transaction-record'
import { moveCash } from '@/sandbox/resources/cash-transaction-record'
import {
  type ChargeRecord,
  changeCharge,
  refundableOf,
  serializeCharge,
} from '@/sandbox/resources/charge-record'
import { isInquiry } from '@/sandbox/resources/dispute-record'
import { cardOf, type PaymentMethodRecord } from '@/sandbox/resources/payment-method-record'
import { changeRefund, type RefundRecord, serializeRefund } from '@/sandbox/resources/refund-record'
import { setTimer } from '@/sandbox/timers'

type RefundInput = {
  /** Minor units; unset gives back everything that is left. */
  amount?: number
  reason?: Stripe.RefundCreateParams.Reason
  metadata?: Record<string, string>
}

/** How long a refund that does not succeed at once takes to end, in seconds. */
const settlesAfter = 3600

/**
 * Gives money of a charge back to where it came from. It does not touch the invoice that the charge paid: that is what
 * credit notes are for.
 * @throws StripeError 400 when there is not so much left, or nothing at all (`charge_already_refunded`)
 */
export function createRefund(ctx: Ctx, charge: ChargeRecord, input: RefundInput = {}): RefundRecord {
  const amount = input.amount ?? refundableOf(charge)
  checkRefundable(ctx, charge, amount)
  const method = charge.payment_method ? ctx.store.get('paymentMethods', charge.payment_method) : undefined
  const course = method ? courseOf(method) : 'succeeds'
  const id = ctx.newId(charge.id.startsWith('py_') ? 'pyr' : 're')
  const refund: RefundRecord = {
    id,
    object: 'refund',
    amount,
    balance_transaction: giveBack(ctx, charge, id, amount),
    charge: charge.id,
    created: ctx.now,
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    ...destinationOf(method, course),
    metadata: input.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(course === 'pends' ? { pending_reason: 'processing' as const } : {}),
    reason: input.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: course === 'pends' ? 'pending' : 'succeeded',
    transfer_reversal: null,
  }
  ctx.store.put('refunds', refund)
  const reduced = withRefunded(charge, charge.amount_refunded + amount)
  ctx.store.put('charges', reduced)
  if (method?.type === 'customer_balance' && charge.customer !== null) {
    moveCash(ctx, charge.customer, {
      currency: charge.currency,
      net_amount: amount,
      refunded_from_payment: { refund: id },
      type: 'refunded_from_payment',
    })
  }
  if (course !== 'succeeds') setTimer(ctx, 'refund.settle', id, ctx.now + settlesAfter)
  emit(ctx, 'charge.refunded', serializeCharge(ctx, reduced))
  emit(ctx, 'refund.created', serializeRefund(ctx, refund))
  mailRefund(ctx, reduced, amount)
  return refund
}

/** What has become of a refund that did not succeed at once. */
export function settleRefund(ctx: Ctx, refundId: string): void {
  const refund = ctx.store.get('refunds', refundId)
  if (!refund) return
  if (refund.status === 'pending') {
    const { pending_reason: _, ...succeeded } = refund
    changeRefund(ctx, refund, { ...succeeded, status: 'succeeded' })
  } else if (refund.status === 'succeeded') failRefund(ctx, refund)
}

/** The bank would not take the money: it is the account's again. */
function failRefund(ctx: Ctx, refund: RefundRecord): void {
  const charge = referred(ctx, 'charges', refund.charge)
  const { id } = writeAccountTransaction(ctx, {
    amount: refund.amount,
    available_on: ctx.now,
    currency: refund.currency,
    description: `REFUND FAILURE (${charge.description ?? charge.id})`,
    reporting_category: 'refund_failure',
    source: refund.id,
    sourceType: 'card',
    type: 'refund_failure',
  })
  const failed = changeRefund(ctx, refund, {
    ...refund,
    failure_balance_transaction: id,
    failure_reason: 'unknown',
    status: 'failed',
  })
  emit(ctx, 'refund.failed', serializeRefund(ctx, failed))
  changeCharge(ctx, charge, withRefunded(charge, charge.amount_refunded - refund.amount))
}

function withRefunded(charge: ChargeRecord, amount: number): ChargeRecord {
  return { ...charge, amount_refunded: amount, refunded: amount === charge.amount_captured }
}

function checkRefundable(ctx: Ctx, charge: ChargeRecord, amount: number): void {
  const { id, status, captured, refunded } = charge
  if (refunded) {
    throw invalidRequest(`Charge ${id} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  if (status !== 'succeeded' || !captured) {
    throw invalidRequest(`Charge ${id} cannot be refunded: its money has not been received.`, {
      code: 'charge_not_refundable',
    })
  }
  const [dispute] = ctx.store.table('disputes').by('charge', id)
  if (dispute && !isInquiry(dispute) && dispute.status !== 'won') {
    throw invalidRequest(`Charge ${id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    })
  }
  const left = refundableOf(charge)
  if (amount > left) {
    throw invalidRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}), in the smallest unit of ${charge.currency}.`,
      { param: 'amount' },
    )
  }
}

/** Banks take their time to give money back; the customer's cash balance has it at once. */
function courseOf(method: PaymentMethodRecord): 'succeeds' | 'pends' | 'fails' {
  if (method.type === 'card') return cardOf(method).refund
  return method.type === 'customer_balance' ? 'succeeds' : 'pends'
}

function destinationOf(
  method: PaymentMethodRecord | undefined,
  course: 'succeeds' | 'pends' | 'fails',
): Pick<RefundRecord, 'destination_details'> {
  const untold = { reference: null, reference_status: null }
  switch (method?.type) {
    case 'us_bank_account':
      return { destination_details: { type: 'us_bank_transfer', us_bank_transfer: untold } }
    case 'sepa_debit':
      return { destination_details: { type: 'eu_bank_transfer', eu_bank_transfer: untold } }
    case 'customer_balance':
      return { destination_details: { type: 'customer_cash_balance', customer_cash_balance: {} } }
    default: {
      const type = course === 'pends' ? 'pending' : 'refund'
      const card = { reference_status: 'pending', reference_type: 'acquirer_reference_number', type }
      return { destination_details: { type: 'card', card } }
    }
  }
}

function giveBack(ctx: Ctx, charge: ChargeRecord, refundId: string, amount: number): string {
  const isCard = charge.payment_method_details?.type === 'card'
  return writeAccountTransaction(ctx, {
    amount: -amount,
    available_on: ctx.now,
    currency: charge.currency,
    description: `REFUND FOR CHARGE (${charge.description ?? charge.id})`,
    reporting_category: 'refund',
    source: refundId,
    sourceType: isCard ? 'card' : 'bank_account',
    type: isCard ? 'refund' : 'payment_refund',
  }).id
}
