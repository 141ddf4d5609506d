import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emit, emitUpdate } from '@/sandbox/events'
import { mergeMetadata, metadata } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest, noSuch } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { clearable, hash, integer, oneOf, type Params, text, unbuilt } from '@/sandbox/http/params'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import { attachPaymentMethod } from '@/sandbox/resources/payment-method-attach'
import {
  allowRedisplay,
  billingDetails,
  changedBilling,
  createMethod,
  methodShape,
} from '@/sandbox/resources/payment-method-input'
import { isMethodToken } from '@/sandbox/resources/payment-method-new'
import { type PaymentMethodRecord, serializePaymentMethod } from '@/sandbox/resources/payment-method-record'
import { anyType } from '@/sandbox/resources/payment-method-types'
import { forgetDefault } from '@/sandbox/resources/source-record'

const listShape = { ...pageParams, allow_redisplay: allowRedisplay, type: anyType }

function listOf(ctx: Ctx, customer: string, url: string, params: Params<typeof listShape>) {
  const { allow_redisplay: redisplay, type, ...page } = params
  return listPage(ctx, 'paymentMethods', page, {
    url,
    among: { customer },
    keep: (method) =>
      (type === undefined || method.type === type) &&
      (redisplay === undefined || method.allow_redisplay === redisplay),
    show: (method) => serializePaymentMethod(ctx, method),
  })
}

const updateShape = {
  allow_redisplay: allowRedisplay,
  billing_details: billingDetails,
  card: hash({
    exp_month: integer({ min: 1, max: 12 }),
    exp_year: integer({ min: 1 }),
    networks: hash({ preferred: clearable(oneOf('cartes_bancaires', 'mastercard', 'visa')) }),
  }),
  metadata,
  us_bank_account: hash({
    account_holder_type: oneOf('company', 'individual'),
    account_type: oneOf('checking', 'savings'),
  }),
}

/** @throws StripeError 400 for a method that belongs to nobody, or for details of another kind of method */
function update(
  ctx: Ctx,
  method: PaymentMethodRecord,
  input: Params<typeof updateShape>,
): PaymentMethodRecord {
  if (method.customer === null) {
    throw invalidRequest('You must save this PaymentMethod to a customer before you can update it.', {
      code: 'payment_method_unexpected_state',
    })
  }
  for (const type of ['card', 'us_bank_account'] as const) {
    if (input[type] !== undefined && method.type !== type) {
      throw invalidRequest(`You cannot set \`${type}\` on a PaymentMethod of type ${method.type}.`, {
        param: type,
      })
    }
  }
  const changed: PaymentMethodRecord = {
    ...withDetails(method, input),
    allow_redisplay: input.allow_redisplay ?? method.allow_redisplay,
    billing_details: changedBilling(method.billing_details, input.billing_details),
    metadata: mergeMetadata(method.metadata, input.metadata),
  }
  ctx.store.put('paymentMethods', changed)
  const [before, after] = [serializePaymentMethod(ctx, method), serializePaymentMethod(ctx, changed)]
  emitUpdate(ctx, 'payment_method.updated', before, after)
  return changed
}

function withDetails(method: PaymentMethodRecord, input: Params<typeof updateShape>): PaymentMethodRecord {
  if (method.type === 'card') {
    const { networks, ...expiry } = input.card ?? {}
    const preferred = networks?.preferred
    const { networks: known } = method.card
    const choice = preferred === undefined || !known ? known : { ...known, preferred }
    return { ...method, card: { ...method.card, ...expiry, networks: choice } }
  }
  if (method.type !== 'us_bank_account') return method
  return { ...method, us_bank_account: { ...method.us_bank_account, ...input.us_bank_account } }
}

function detach(ctx: Ctx, method: PaymentMethodRecord): PaymentMethodRecord {
  if (method.customer === null) {
    throw invalidRequest(
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    )
  }
  const detached = { ...method, customer: null, isDetached: true }
  ctx.store.put('paymentMethods', detached)
  emit(ctx, 'payment_method.detached', serializePaymentMethod(ctx, detached), { customer: method.customer })
  const customer = ctx.store.get('customers', method.customer)
  if (customer) forgetDefault(ctx, customer, method.id)
  return detached
}

export const paymentMethodEndpoints = [
  endpoint({
    route: 'POST /v1/payment_methods',
    returns: 'payment_method',
    params: { ...methodShape, customer: unbuilt(), payment_method: unbuilt() },
    run: (ctx, input) => serializePaymentMethod(ctx, createMethod(ctx, input)),
  }),
  endpoint({
    route: 'GET /v1/payment_methods/:id',
    returns: 'payment_method',
    run: (ctx, _, id) => serializePaymentMethod(ctx, atPath(ctx, 'paymentMethods', id)),
  }),
  endpoint({
    route: 'POST /v1/payment_methods/:id',
    returns: 'payment_method',
    params: updateShape,
    run: (ctx, input, id) =>
      serializePaymentMethod(ctx, update(ctx, atPath(ctx, 'paymentMethods', id), input)),
  }),
  endpoint({
    route: 'GET /v1/payment_methods',
    returns: 'list of payment_method',
    params: { ...listShape, customer: text(255), customer_account: unbuilt() },
    run(ctx, { customer, ...params }) {
      const url = '/v1/payment_methods'
      if (customer === undefined) return { object: 'list', data: [], has_more: false, url }
      byParam(ctx, 'customers', customer, 'customer')
      return listOf(ctx, customer, url, params)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/payment_methods',
    returns: 'list of payment_method',
    params: listShape,
    run(ctx, params, id) {
      atPath(ctx, 'customers', id, 'customer')
      return listOf(ctx, id, `/v1/customers/${id}/payment_methods`, params)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/payment_methods/:method',
    returns: 'payment_method',
    run(ctx, _, id, methodId) {
      atPath(ctx, 'customers', id, 'customer')
      const method = atPath(ctx, 'paymentMethods', methodId)
      if (method.customer !== id) throw noSuch('PaymentMethod', methodId, 'id', 404)
      return serializePaymentMethod(ctx, method)
    },
  }),
  endpoint({
    route: 'POST /v1/payment_methods/:id/attach',
    returns: 'payment_method',
    params: { customer: text(255), customer_account: unbuilt() },
    run(ctx, { customer }, id) {
      if (customer === undefined) {
        throw invalidRequest(
          'You must provide a `customer` or `customer_account` to attach the payment method to.',
          { code: 'parameter_missing', param: 'customer' },
        )
      }
      livingCustomer(ctx, customer, 'customer', 400)
      if (!isMethodToken(id)) atPath(ctx, 'paymentMethods', id)
      return serializePaymentMethod(ctx, attachPaymentMethod(ctx, id, customer, 'payment_method'))
    },
  }),
  endpoint({
    route: 'POST /v1/payment_methods/:id/detach',
    returns: 'payment_method',
    run: (ctx, _, id) => serializePaymentMethod(ctx, detach(ctx, atPath(ctx, 'paymentMethods', id))),
  }),
]
