import { atPath, byParam, type Ctx, referred } from '@/sandbox/context'
import { email, mergeMetadata, metadata, parcelFrom, parcelRule, range } from '@/sandbox/http/common-params'
import { endpoint, unbuiltEndpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { clearable, hash, integer, oneOf, type Params, required, text, unbuilt } from '@/sandbox/http/params'
import { type ChargeRecord, changeCharge, serializeCharge } from '@/sandbox/resources/charge-record'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import { captureIntent } from '@/sandbox/resources/payment-intent-capture'
import { descriptor } from '@/sandbox/resources/payment-intent-shape'

const updateShape = {
  customer: text(255),
  description: clearable(text(40_000)),
  fraud_details: hash({ user_report: required(clearable(oneOf('fraudulent', 'safe'))) }),
  metadata,
  receipt_email: clearable(email),
  shipping: parcelRule,
  transfer_group: unbuilt(),
}

const captureShape = {
  amount: integer({ min: 1 }),
  application_fee: unbuilt(),
  application_fee_amount: unbuilt(),
  receipt_email: email,
  statement_descriptor: descriptor,
  statement_descriptor_suffix: descriptor,
  transfer_data: unbuilt(),
  transfer_group: unbuilt(),
}

/** @throws StripeError 400 for a charge that has a customer already */
function update(ctx: Ctx, charge: ChargeRecord, input: Params<typeof updateShape>): ChargeRecord {
  const { customer, description, fraud_details: fraud, receipt_email: email, shipping } = input
  if (customer !== undefined) {
    livingCustomer(ctx, customer, 'customer', 400)
    if (charge.customer !== null && charge.customer !== customer) {
      throw invalidRequest('You cannot change the customer of a charge that already has one.', {
        param: 'customer',
      })
    }
  }
  const report = fraud?.user_report
  return changeCharge(ctx, charge, {
    ...(customer === undefined ? {} : { customer }),
    ...(description === undefined ? {} : { description }),
    ...(report === undefined ? {} : { fraud_details: report === null ? {} : { user_report: report } }),
    ...(email === undefined ? {} : { receipt_email: email }),
    ...(shipping === undefined ? {} : { shipping: parcelFrom(shipping) }),
    metadata: mergeMetadata(charge.metadata, input.metadata),
  })
}

/** @throws StripeError 400 for a charge that does not wait to be captured */
function capture(
  ctx: Ctx,
  charge: ChargeRecord,
  { amount, ...told }: Params<typeof captureShape>,
): ChargeRecord {
  const intent = charge.payment_intent ? ctx.store.get('paymentIntents', charge.payment_intent) : undefined
  if (charge.captured || intent?.status !== 'requires_capture') {
    throw invalidRequest(`Charge ${charge.id} has already been captured, or cannot be.`, {
      code: charge.captured ? 'charge_already_captured' : 'charge_expired_for_capture',
    })
  }
  captureIntent(ctx, intent, amount, told)
  return referred(ctx, 'charges', charge.id)
}

export const chargeEndpoints = [
  unbuiltEndpoint('POST /v1/charges'),
  endpoint({
    route: 'GET /v1/charges/:id',
    returns: 'charge',
    run: (ctx, _, id) => serializeCharge(ctx, atPath(ctx, 'charges', id)),
  }),
  endpoint({
    route: 'POST /v1/charges/:id',
    returns: 'charge',
    params: updateShape,
    run: (ctx, input, id) => serializeCharge(ctx, update(ctx, atPath(ctx, 'charges', id), input)),
  }),
  endpoint({
    route: 'POST /v1/charges/:id/capture',
    returns: 'charge',
    params: captureShape,
    run: (ctx, params, id) => serializeCharge(ctx, capture(ctx, atPath(ctx, 'charges', id), params)),
  }),
  endpoint({
    route: 'GET /v1/charges',
    returns: 'list of charge',
    params: {
      ...pageParams,
      created: range,
      customer: text(255),
      payment_intent: text(255),
      transfer_group: unbuilt(),
    },
    run(ctx, { created, customer, payment_intent: intent, ...page }) {
      if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
      return listPage(ctx, 'charges', page, {
        url: '/v1/charges',
        among: { customer, payment_intent: intent },
        keep: (charge) => created === undefined || created(charge.created),
        show: (charge) => serializeCharge(ctx, charge),
      })
    },
  }),
]
