import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { mergeMetadata, metadata, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest, missingParameter } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { integer, oneOf, type Params, text, unbuilt } from '@/sandbox/http/params'
import type { ChargeRecord } from '@/sandbox/resources/charge-record'
import { createRefund } from '@/sandbox/resources/refund-create'
import { changeRefund, type RefundRecord, serializeRefund } from '@/sandbox/resources/refund-record'

const createShape = {
  amount: integer({ min: 1 }),
  charge: text(255),
  metadata,
  payment_intent: text(255),
  reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer'),
  currency: unbuilt(),
  customer: unbuilt(),
  instructions_email: unbuilt(),
  origin: unbuilt(),
  refund_application_fee: unbuilt((value) => value === 'false'),
  reverse_transfer: unbuilt((value) => value === 'false'),
}

/** The charge that a refund names, by itself or by its payment intent. */
function chargeOf(
  ctx: Ctx,
  { charge: chargeId, payment_intent: intentId }: Params<typeof createShape>,
): ChargeRecord {
  const charge = chargeId === undefined ? undefined : byParam(ctx, 'charges', chargeId, 'charge')
  if (intentId === undefined) {
    if (charge) return charge
    throw missingParameter('charge')
  }
  const intent = byParam(ctx, 'paymentIntents', intentId, 'payment_intent')
  const latest = intent.latest_charge ? ctx.store.get('charges', intent.latest_charge) : undefined
  if (latest?.status !== 'succeeded') {
    throw invalidRequest(`This PaymentIntent (${intentId}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    })
  }
  if (charge && charge.id !== latest.id) {
    throw invalidRequest(`The charge ${charge.id} does not belong to the PaymentIntent ${intentId}.`, {
      param: 'charge',
    })
  }
  return latest
}

export const refundEndpoints = [
  endpoint({
    route: 'POST /v1/refunds',
    returns: 'refund',
    params: createShape,
    run(ctx, params) {
      const { amount, reason } = params
      const keys = mergeMetadata({}, params.metadata)
      return serializeRefund(
        ctx,
        createRefund(ctx, chargeOf(ctx, params), { amount, reason, metadata: keys }),
      )
    },
  }),
  endpoint({
    route: 'GET /v1/refunds/:id',
    returns: 'refund',
    run: (ctx, _, id) => serializeRefund(ctx, atPath(ctx, 'refunds', id)),
  }),
  endpoint({
    route: 'POST /v1/refunds/:id',
    returns: 'refund',
    params: { metadata },
    run(ctx, params, id) {
      const refund = atPath(ctx, 'refunds', id)
      const keys = mergeMetadata(refund.metadata, params.metadata)
      return serializeRefund(ctx, changeRefund(ctx, refund, { ...refund, metadata: keys }))
    },
  }),
  endpoint({
    route: 'POST /v1/refunds/:id/cancel',
    returns: 'refund',
    run(ctx, _, id): RefundRecord {
      const { status } = atPath(ctx, 'refunds', id)
      throw invalidRequest(
        `You cannot cancel this refund because it has a status of ${status}. Only refunds that wait for the customer (\`requires_action\`) can be canceled.`,
      )
    },
  }),
  endpoint({
    route: 'GET /v1/refunds',
    returns: 'list of refund',
    params: { ...pageParams, charge: text(255), created: range, payment_intent: text(255) },
    run(ctx, { charge, created, payment_intent: intent, ...page }) {
      if (charge !== undefined) byParam(ctx, 'charges', charge, 'charge')
      if (intent !== undefined) byParam(ctx, 'paymentIntents', intent, 'payment_intent')
      return listPage(ctx, 'refunds', page, {
        url: '/v1/refunds',
        among: { charge, payment_intent: intent },
        keep: (refund) => created === undefined || created(refund.created),
        show: (refund) => serializeRefund(ctx, refund),
      })
    },
  }),
  endpoint({
    route: 'GET /v1/charges/:id/refunds',
    returns: 'list of refund',
    params: pageParams,
    run(ctx, page, id) {
      atPath(ctx, 'charges', id)
      return listPage(ctx, 'refunds', page, {
        url: `/v1/charges/${id}/refunds`,
        among: { charge: id },
        show: (refund) => serializeRefund(ctx, refund),
      })
    },
  }),
]
