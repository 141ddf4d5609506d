import { type Ctx, referred } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { writeAccountTransaction } from '@/sandbox/resources/balance-transaction-record'
import { type ChargeRecord, changeCharge } from '@/sandbox/resources/charge-record'
import { type DisputeRecord, serializeDispute } from '@/sandbox/resources/dispute-record'

export type DisputeKind = 'fraudulent' | 'product_not_received' | 'inquiry' | 'debit_not_authorized'

/** How long the account has to answer, in seconds. */
const answerWithin = 9 * 86_400

/** The networks' own codes for what cardholders say. */
const networkCodes: Record<DisputeKind, string | null> = {
  fraudulent: '10.4',
  product_not_received: '13.1',
  inquiry: '10.4',
  debit_not_authorized: null,
}

/** The payer contests a charge: unless it is only a question, the money leaves the account. */
export function openDispute(ctx: Ctx, chargeId: string, kind: DisputeKind): DisputeRecord {
  const charge = referred(ctx, 'charges', chargeId)
  const isQuestion = kind === 'inquiry'
  const id = ctx.newId('dp')
  const dispute: DisputeRecord = {
    id,
    object: 'dispute',
    amount: charge.amount_captured,
    charge: charge.id,
    created: ctx.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: ctx.now + answerWithin,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: isQuestion,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    ...methodDetails(charge, kind),
    reason: isQuestion ? 'fraudulent' : kind,
    status: isQuestion ? 'warning_needs_response' : 'needs_response',
    transactionIds: isQuestion ? [] : [withdraw(ctx, charge, id)],
  }
  ctx.store.put('disputes', dispute)
  changeCharge(ctx, charge, { disputed: true })
  emit(ctx, 'charge.dispute.created', serializeDispute(ctx, dispute))
  if (!isQuestion) emit(ctx, 'charge.dispute.funds_withdrawn', serializeDispute(ctx, dispute))
  return dispute
}

function methodDetails({ payment_method_details: details }: ChargeRecord, kind: DisputeKind) {
  if (!details?.card) return {}
  const card = {
    brand: details.card.brand ?? 'unknown',
    case_type: kind === 'inquiry' ? 'inquiry' : 'chargeback',
    network: details.card.network ?? 'unknown',
    network_reason_code: networkCodes[kind],
  }
  return { network_reason_code: networkCodes[kind], payment_method_details: { card, type: 'card' as const } }
}

function withdraw(ctx: Ctx, charge: ChargeRecord, disputeId: string): string {
  return writeAccountTransaction(ctx, {
    amount: -charge.amount_captured,
    available_on: ctx.now,
    currency: charge.currency,
    description: `Chargeback withdrawal for ${charge.id}`,
    reporting_category: 'dispute',
    source: disputeId,
    sourceType: charge.payment_method_details?.type === 'card' ? 'card' : 'bank_account',
    type: 'adjustment',
  }).id
}

const noEvidence: DisputeRecord['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}
