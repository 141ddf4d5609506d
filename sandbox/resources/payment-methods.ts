import { cardByToken, checkCardForm } from '@/sandbox/cards'
import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { addressShape, mergeAddress, mergeMetadata, metadata } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest, missingParameter, noSuch, StripeError } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { clearable, hash, integer, oneOf, type Params, required, text } from '@/sandbox/http/params'
import { changeCustomer, livingCustomer } from '@/sandbox/resources/customer-record'
import { attachPaymentMethod, createCardMethod } from '@/sandbox/resources/payment-method-attach'
import { type PaymentMethodRecord, serializePaymentMethod } from '@/sandbox/resources/payment-method-record'

const billingDetails = hash({
  address: clearable(hash(addressShape)),
  email: clearable(text(512)),
  name: clearable(text(5000)),
  phone: clearable(text(20)),
})
const cardShape = {
  number: text(30),
  exp_month: integer(),
  exp_year: integer(),
  cvc: text(4),
  token: text(255),
}

function createFrom(ctx: Ctx, input: Params<typeof cardShape>): PaymentMethodRecord {
  if (input.token !== undefined) {
    const card = cardByToken(input.token.replace(/^tok_/, 'pm_card_'))
    if (!card) throw noSuch('token', input.token, 'card[token]', 400)
    return createCardMethod(ctx, card)
  }
  if (input.number === undefined) throw missingParameter('card[number]')
  if (input.exp_month === undefined) throw missingParameter('card[exp_month]')
  if (input.exp_year === undefined) throw missingParameter('card[exp_year]')
  const checked = checkCardForm(
    {
      number: input.number,
      expMonth: String(input.exp_month),
      expYear: String(input.exp_year),
      cvc: input.cvc ?? '123',
    },
    ctx.now,
  )
  if (!checked.ok) {
    const { code, message, declineCode } = checked
    throw new StripeError(402, { type: 'card_error', code, message, decline_code: declineCode })
  }
  const { card, expMonth, expYear } = checked
  return createCardMethod(ctx, card, { expMonth, expYear })
}

function listOf(ctx: Ctx, customer: string, url: string, page: Params<typeof pageParams>) {
  return listPage(ctx, 'paymentMethods', page, {
    url,
    among: ctx.store.table('paymentMethods').by('customer', customer),
    show: (method) => serializePaymentMethod(ctx, method),
  })
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
  if (customer?.invoice_settings.default_payment_method === method.id) {
    changeCustomer(ctx, customer, {
      invoice_settings: { ...customer.invoice_settings, default_payment_method: null },
    })
  }
  return detached
}

const types = oneOf('card')

export const paymentMethodEndpoints = [
  endpoint({
    route: 'POST /v1/payment_methods',
    returns: 'payment_method',
    params: {
      type: required(types),
      card: required(hash(cardShape)),
      billing_details: billingDetails,
      metadata,
    },
    run(ctx, { card, billing_details: details, metadata: keys }) {
      const method = createFrom(ctx, card)
      const { address, email = null, name = null, phone = null } = details ?? {}
      const described: PaymentMethodRecord = {
        ...method,
        billing_details: { address: mergeAddress(null, address ?? {}), email, name, phone, tax_id: null },
        metadata: mergeMetadata({}, keys),
      }
      ctx.store.put('paymentMethods', described)
      return serializePaymentMethod(ctx, described)
    },
  }),
  endpoint({
    route: 'GET /v1/payment_methods/:id',
    returns: 'payment_method',
    run: (ctx, _, id) => serializePaymentMethod(ctx, atPath(ctx, 'paymentMethods', id)),
  }),
  endpoint({
    route: 'GET /v1/payment_methods',
    returns: 'list of payment_method',
    params: { ...pageParams, customer: text(255), type: types },
    run(ctx, { customer, type: _, ...page }) {
      const url = '/v1/payment_methods'
      if (customer === undefined) return { object: 'list', data: [], has_more: false, url }
      byParam(ctx, 'customers', customer, 'customer')
      return listOf(ctx, customer, url, page)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/payment_methods',
    returns: 'list of payment_method',
    params: { ...pageParams, type: types },
    run(ctx, { type: _, ...page }, id) {
      atPath(ctx, 'customers', id, 'customer')
      return listOf(ctx, id, `/v1/customers/${id}/payment_methods`, page)
    },
  }),
  endpoint({
    route: 'GET /v1/customers/:id/payment_methods/:method',
    returns: 'payment_method',
    run(ctx, _, id, methodId) {
      const method = atPath(ctx, 'paymentMethods', methodId)
      if (method.customer !== id) throw noSuch('PaymentMethod', methodId, 'id', 404)
      return serializePaymentMethod(ctx, method)
    },
  }),
  endpoint({
    route: 'POST /v1/payment_methods/:id/attach',
    returns: 'payment_method',
    params: { customer: text(255) },
    run(ctx, { customer }, id) {
      if (customer === undefined) {
        throw invalidRequest(
          'You must provide a `customer` or `customer_account` to attach the payment method to.',
          {
            code: 'parameter_missing',
            param: 'customer',
          },
        )
      }
      livingCustomer(ctx, customer, 'customer', 400)
      if (!cardByToken(id)) atPath(ctx, 'paymentMethods', id)
      return serializePaymentMethod(ctx, attachPaymentMethod(ctx, id, customer, 'payment_method'))
    },
  }),
  endpoint({
    route: 'POST /v1/payment_methods/:id/detach',
    returns: 'payment_method',
    run: (ctx, _, id) => serializePaymentMethod(ctx, detach(ctx, atPath(ctx, 'paymentMethods', id))),
  }),
]
