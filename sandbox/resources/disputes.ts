import { atPath, byParam, type Ctx, referred } from '@/sandbox/context'
import { emit, emitUpdate } from '@/sandbox/events'
import { mergeMetadata, metadata, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { bool, clearable, hash, oneOf, type Params, text, unbuilt } from '@/sandbox/http/params'
import { writeAccountTransaction } from '@/sandbox/resources/balance-transaction-record'
import {
  type DisputeRecord,
  type DisputeStatus,
  isClosed,
  isInquiry,
  serializeDispute,
} from '@/sandbox/resources/dispute-record'

const words = clearable(text(20_000))

/** What is said against a decision of the bank. */
const appeal = clearable(
  hash({ card: clearable(hash({ reason_for_filing: words, supporting_files: unbuilt() })) }),
)

const updateShape = {
  evidence: hash({
    access_activity_log: words,
    appeal,
    billing_address: words,
    cancellation_policy: unbuilt(),
    cancellation_policy_disclosure: words,
    cancellation_rebuttal: words,
    customer_communication: unbuilt(),
    customer_email_address: words,
    customer_name: words,
    customer_purchase_ip: words,
    customer_signature: unbuilt(),
    duplicate_charge_documentation: unbuilt(),
    duplicate_charge_explanation: words,
    duplicate_charge_id: words,
    enhanced_evidence: unbuilt(),
    product_description: words,
    receipt: unbuilt(),
    refund_policy: unbuilt(),
    refund_policy_disclosure: words,
    refund_refusal_explanation: words,
    service_date: words,
    service_documentation: unbuilt(),
    shipping_address: words,
    shipping_carrier: words,
    shipping_date: words,
    shipping_documentation: unbuilt(),
    shipping_tracking_number: words,
    uncategorized_file: unbuilt(),
    uncategorized_text: words,
  }),
  intended_submission_method: oneOf('manual', 'prefer_manual', 'prefer_smart_disputes', 'smart_disputes'),
  metadata,
  submit: bool,
}

function checkOpen(dispute: DisputeRecord): void {
  if (isClosed(dispute)) throw invalidRequest('This dispute is already closed.')
}

/** Answers the payer's bank. Stripe's test words `winning_evidence` and `losing_evidence` decide it at once. */
function updateDispute(
  ctx: Ctx,
  dispute: DisputeRecord,
  { evidence, intended_submission_method: method, submit = true, ...rest }: Params<typeof updateShape>,
): DisputeRecord {
  if (evidence) checkOpen(dispute)
  const { evidence_details: details } = dispute
  const isSubmitted = evidence !== undefined && submit
  const review = isInquiry(dispute) ? 'warning_under_review' : 'under_review'
  const updated: DisputeRecord = {
    ...dispute,
    evidence: evidenceWith(dispute.evidence, evidence),
    evidence_details: {
      ...details,
      has_evidence: details.has_evidence || evidence !== undefined,
      submission_count: details.submission_count + (isSubmitted ? 1 : 0),
      submission_method: isSubmitted ? 'manual' : details.submission_method,
    },
    intended_submission_method: method ?? dispute.intended_submission_method,
    metadata: mergeMetadata(dispute.metadata, rest.metadata),
    status: isSubmitted ? review : dispute.status,
  }
  put(ctx, dispute, updated)
  const word = isSubmitted ? evidence.uncategorized_text : undefined
  if (word === 'winning_evidence') return decide(ctx, updated, true)
  return word === 'losing_evidence' ? decide(ctx, updated, false) : updated
}

type Evidence = DisputeRecord['evidence']

function evidenceWith(
  current: Evidence,
  { appeal: change, ...words }: NonNullable<Params<typeof updateShape>['evidence']> = {},
): Evidence {
  const evidence = { ...current, ...words }
  if (change === undefined) return evidence
  if (change === null || change.card === null) return { ...evidence, appeal: change && {} }
  const { reason_for_filing: reason = current.appeal?.card?.reason_for_filing } = change.card ?? {}
  return { ...evidence, appeal: { card: reason ? { reason_for_filing: reason } : {} } }
}

function put(ctx: Ctx, before: DisputeRecord, after: DisputeRecord): void {
  ctx.store.put('disputes', after)
  emitUpdate(ctx, 'charge.dispute.updated', serializeDispute(ctx, before), serializeDispute(ctx, after))
}

/** Ends a dispute; a won one gives the money back to the account. */
function decide(ctx: Ctx, dispute: DisputeRecord, isWon: boolean): DisputeRecord {
  checkOpen(dispute)
  const isMoneyBack = isWon && !isInquiry(dispute)
  const closed: DisputeRecord = {
    ...dispute,
    status: closedStatus(dispute, isWon),
    transactionIds: isMoneyBack
      ? [...dispute.transactionIds, reinstate(ctx, dispute)]
      : dispute.transactionIds,
  }
  put(ctx, dispute, closed)
  emit(ctx, 'charge.dispute.closed', serializeDispute(ctx, closed))
  if (isMoneyBack) emit(ctx, 'charge.dispute.funds_reinstated', serializeDispute(ctx, closed))
  return closed
}

function closedStatus(dispute: DisputeRecord, isWon: boolean): DisputeStatus {
  if (isInquiry(dispute)) return 'warning_closed'
  return isWon ? 'won' : 'lost'
}

function reinstate(ctx: Ctx, { id, amount, charge, currency }: DisputeRecord): string {
  const details = referred(ctx, 'charges', charge).payment_method_details
  return writeAccountTransaction(ctx, {
    amount,
    available_on: ctx.now,
    currency,
    description: `Chargeback reversal for ${charge}`,
    reporting_category: 'dispute_reversal',
    source: id,
    sourceType: details?.type === 'card' ? 'card' : 'bank_account',
    type: 'adjustment',
  }).id
}

export const disputeEndpoints = [
  endpoint({
    route: 'GET /v1/disputes/:id',
    returns: 'dispute',
    run: (ctx, _, id) => serializeDispute(ctx, atPath(ctx, 'disputes', id)),
  }),
  endpoint({
    route: 'POST /v1/disputes/:id',
    returns: 'dispute',
    params: updateShape,
    run: (ctx, params, id) => serializeDispute(ctx, updateDispute(ctx, atPath(ctx, 'disputes', id), params)),
  }),
  endpoint({
    route: 'POST /v1/disputes/:id/close',
    returns: 'dispute',
    run: (ctx, _, id) => serializeDispute(ctx, decide(ctx, atPath(ctx, 'disputes', id), false)),
  }),
  endpoint({
    route: 'GET /v1/disputes',
    returns: 'list of dispute',
    params: { ...pageParams, charge: text(255), created: range, payment_intent: text(255) },
    run(ctx, { charge, created, payment_intent: intent, ...page }) {
      if (charge !== undefined) byParam(ctx, 'charges', charge, 'charge')
      if (intent !== undefined) byParam(ctx, 'paymentIntents', intent, 'payment_intent')
      return listPage(ctx, 'disputes', page, {
        url: '/v1/disputes',
        among: { charge, payment_intent: intent },
        keep: (dispute) => created === undefined || created(dispute.created),
        show: (dispute) => serializeDispute(ctx, dispute),
      })
    },
  }),
]
