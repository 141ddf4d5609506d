import { atPath, byParam, type Ctx } from '@/sandbox/context'
import { emit } from '@/sandbox/events'
import { currency, metadata, range } from '@/sandbox/http/common-params'
import { endpoint } from '@/sandbox/http/endpoint'
import { invalidRequest } from '@/sandbox/http/errors'
import { listPage, pageParams } from '@/sandbox/http/pagination'
import { clearable, integer, list, oneOf, type Params, required, text, unbuilt } from '@/sandbox/http/params'
import { applyCustomerBalance } from '@/sandbox/resources/cash-balance'
import { checkSecret } from '@/sandbox/resources/client-secret'
import { livingCustomer } from '@/sandbox/resources/customer-record'
import { releaseIntent } from '@/sandbox/resources/payment-intent-cancel'
import { captureIntent, incrementAuthorization } from '@/sandbox/resources/payment-intent-capture'
import { confirmIntent, confirmWith, methodFrom } from '@/sandbox/resources/payment-intent-confirm'
import { withInput } from '@/sandbox/resources/payment-intent-input'
import { verifyMicrodeposits } from '@/sandbox/resources/payment-intent-microdeposits'
import {
  newPaymentIntent,
  type PaymentIntentRecord,
  serializePaymentIntent,
} from '@/sandbox/resources/payment-intent-record'
import {
  checkAmount,
  checkIsOwn,
  checkMethod,
  isUndecided,
  unexpectedState,
} from '@/sandbox/resources/payment-intent-refusals'
import { confirmShape, createShape, updateShape } from '@/sandbox/resources/payment-intent-shape'

/** @throws StripeError 400; 402 with the intent kept when it is confirmed at once and the payment is declined */
function createIntent(ctx: Ctx, params: Params<typeof createShape>): PaymentIntentRecord {
  const { amount, currency: code, customer = null, confirm } = params
  checkAmount(amount, code)
  if (customer !== null) livingCustomer(ctx, customer, 'customer', 400)
  if (params.off_session !== undefined && !confirm) {
    throw invalidRequest('You may only specify `off_session` when `confirm` is true.', {
      param: 'off_session',
    })
  }
  const asked = { amount, currency: code, customer, description: null, invoice: null }
  const intent: PaymentIntentRecord = {
    ...withInput(newPaymentIntent(ctx, asked), params),
    automatic_payment_methods: params.automatic_payment_methods ?? null,
    confirmation_method: params.confirmation_method ?? 'automatic',
  }
  const chosen = withMethod(intent, methodFrom(ctx, intent, params)?.id)
  ctx.store.put('paymentIntents', chosen)
  emit(ctx, 'payment_intent.created', serializePaymentIntent(ctx, chosen))
  return confirm ? confirmWith(ctx, chosen, undefined, params) : chosen
}

function withMethod(intent: PaymentIntentRecord, methodId: string | undefined): PaymentIntentRecord {
  if (methodId === undefined) return intent
  return { ...intent, next_action: null, payment_method: methodId, status: 'requires_confirmation' }
}

/** Fields that are settled once an intent has been confirmed. */
const coreFields = [
  'allowed_payment_method_types',
  'amount',
  'capture_method',
  'currency',
  'customer',
  'excluded_payment_method_types',
  'payment_method',
  'payment_method_data',
  'payment_method_options',
  'setup_future_usage',
] as const

function updateIntent(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  params: Params<typeof updateShape>,
): PaymentIntentRecord {
  checkIsOwn(intent, 'update')
  const core = coreFields.find((field) => params[field] !== undefined)
  if (core !== undefined && !isUndecided(intent)) throw unexpectedState(ctx, intent, `update the ${core} of`)
  const { amount = intent.amount, currency: code = intent.currency, customer = intent.customer } = params
  if (params.amount !== undefined || params.currency !== undefined) checkAmount(amount, code)
  if (params.customer !== undefined) livingCustomer(ctx, params.customer, 'customer', 400)
  const changed = { ...withInput(intent, params), amount, currency: code, customer }
  const kept = intent.payment_method ? ctx.store.get('paymentMethods', intent.payment_method) : undefined
  if (kept && core !== undefined && params.payment_method === undefined) checkMethod(changed, kept)
  const updated = withMethod(changed, methodFrom(ctx, changed, params)?.id)
  ctx.store.put('paymentIntents', updated)
  followAmount(ctx, updated)
  return updated
}

/** The invoices that an intent was attached to are asked for as much as it now brings. */
function followAmount(ctx: Ctx, { id, amount }: PaymentIntentRecord): void {
  for (const payment of ctx.store.table('invoicePayments').by('paymentIntent', id)) {
    if (payment.status === 'open') ctx.store.put('invoicePayments', { ...payment, amount_requested: amount })
  }
}

function cancelIntent(
  ctx: Ctx,
  intent: PaymentIntentRecord,
  reason: PaymentIntentRecord['cancellation_reason'],
): PaymentIntentRecord {
  checkIsOwn(intent, 'cancel')
  if (!isUndecided(intent) && intent.status !== 'requires_capture')
    throw unexpectedState(ctx, intent, 'cancel')
  return releaseIntent(ctx, intent, reason)
}

/** @throws StripeError 404, or 400 for a secret that is not the intent's */
function intentAt(ctx: Ctx, id: string, { client_secret }: { client_secret?: string } = {}) {
  const intent = atPath(ctx, 'paymentIntents', id, 'intent')
  checkSecret(client_secret, intent)
  return intent
}

export const paymentIntentEndpoints = [
  endpoint({
    route: 'POST /v1/payment_intents',
    returns: 'payment_intent',
    params: createShape,
    run: (ctx, params) => serializePaymentIntent(ctx, createIntent(ctx, params)),
  }),
  endpoint({
    route: 'GET /v1/payment_intents/:id',
    returns: 'payment_intent',
    params: { client_secret: text(255) },
    run: (ctx, params, id) => serializePaymentIntent(ctx, intentAt(ctx, id, params)),
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id',
    returns: 'payment_intent',
    params: updateShape,
    run: (ctx, params, id) => serializePaymentIntent(ctx, updateIntent(ctx, intentAt(ctx, id), params)),
  }),
  endpoint({
    route: 'GET /v1/payment_intents',
    returns: 'list of payment_intent',
    params: { ...pageParams, created: range, customer: text(255), customer_account: unbuilt() },
    run(ctx, { created, customer, ...page }) {
      if (customer !== undefined) byParam(ctx, 'customers', customer, 'customer')
      return listPage(ctx, 'paymentIntents', page, {
        url: '/v1/payment_intents',
        among: { customer },
        keep: (intent) => created === undefined || created(intent.created),
        show: (intent) => serializePaymentIntent(ctx, intent),
      })
    },
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id/confirm',
    returns: 'payment_intent',
    params: confirmShape,
    run: (ctx, params, id) => serializePaymentIntent(ctx, confirmIntent(ctx, intentAt(ctx, id), params)),
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id/capture',
    returns: 'payment_intent',
    params: {
      amount_details: unbuilt(),
      amount_to_capture: integer({ min: 1 }),
      application_fee_amount: unbuilt(),
      final_capture: unbuilt((value) => value === 'true'),
      hooks: unbuilt(),
      metadata,
      payment_details: unbuilt(),
      statement_descriptor: text(22),
      statement_descriptor_suffix: text(22),
      transfer_data: unbuilt(),
    },
    run(ctx, { amount_to_capture: amount, metadata, ...told }, id) {
      const intent = withInput(intentAt(ctx, id), { ...told, metadata })
      return serializePaymentIntent(ctx, captureIntent(ctx, intent, amount, told))
    },
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id/increment_authorization',
    returns: 'payment_intent',
    params: {
      amount: required(integer({ min: 1 })),
      amount_details: unbuilt(),
      application_fee_amount: unbuilt(),
      description: clearable(text(1000)),
      hooks: unbuilt(),
      metadata,
      payment_details: unbuilt(),
      statement_descriptor: text(22),
      transfer_data: unbuilt(),
    },
    run: (ctx, params, id) =>
      serializePaymentIntent(ctx, incrementAuthorization(ctx, intentAt(ctx, id), params)),
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id/verify_microdeposits',
    returns: 'payment_intent',
    params: { amounts: list(integer({ min: 1 })), client_secret: text(255), descriptor_code: text(6) },
    run: (ctx, params, id) =>
      serializePaymentIntent(ctx, verifyMicrodeposits(ctx, intentAt(ctx, id, params), params)),
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id/apply_customer_balance',
    returns: 'payment_intent',
    params: { amount: integer({ min: 1 }), currency },
    run: (ctx, params, id) =>
      serializePaymentIntent(ctx, applyCustomerBalance(ctx, intentAt(ctx, id), params)),
  }),
  endpoint({
    route: 'POST /v1/payment_intents/:id/cancel',
    returns: 'payment_intent',
    params: {
      cancellation_reason: oneOf('abandoned', 'duplicate', 'fraudulent', 'requested_by_customer'),
    },
    run: (ctx, { cancellation_reason: reason = null }, id) =>
      serializePaymentIntent(ctx, cancelIntent(ctx, intentAt(ctx, id), reason)),
  }),
]
